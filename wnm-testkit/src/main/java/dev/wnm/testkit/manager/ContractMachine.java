package dev.wnm.testkit.manager;

import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.manager.Firewall;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.Progress;
import dev.wnm.spi.manager.StorageMarker;
import dev.wnm.spi.model.ColonyId;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The folders, binaries and ports of one run of the conformance suite, or of a test beside it. */
public final class ContractMachine {
  public static final Version OLD = new Version("0.4.17");
  public static final Version NEW = new Version("0.4.18");
  public static final String WALLET = "0x00455d78f850b0358E8cea5be24d415E01E107CF";

  /** Whose nodes they are, where a test has nothing that others on this machine could meet. */
  public static final ColonyId COLONY = new ColonyId("wnm-c0117ac7");

  private final StandIn standIn;
  private final Path home;
  private final Path nodeStorage;
  private final Path oldAntnode;
  private final Path newAntnode;

  /**
   * @param storageName what the folder that holds the nodes' folders is called
   * @param standIn what nodes are made of
   * @param installer puts the binary of a version into a folder
   */
  ContractMachine(Path folder, String storageName, StandIn standIn, Installer installer) throws IOException {
    this.standIn = standIn;
    Path real = folder.toRealPath();
    home = Files.createDirectories(real.resolve("home"));
    nodeStorage = Files.createDirectories(real.resolve(storageName));
    StorageMarker.write(colony(), nodeStorage);
    oldAntnode = installer.install(real.resolve("old"), standIn.older());
    newAntnode = installer.install(real.resolve("new"), standIn.newer());
  }

  @FunctionalInterface
  interface Installer {
    Path install(Path folder, Version version) throws IOException;
  }

  public Path home() {
    return home;
  }

  public Path nodeStorage() {
    return nodeStorage;
  }

  public Path oldAntnode() {
    return oldAntnode;
  }

  public Path newAntnode() {
    return newAntnode;
  }

  /** Whose nodes they are: tests run side by side, and their containers and units must not meet. */
  public ColonyId colony() {
    return ColonyId.of(home);
  }

  ManagerContext context(CommandRunner runner) {
    return new ManagerContext(colony(), runner, Firewall.NONE, Clock.systemUTC(), nodeStorage, home,
        Progress.SILENT);
  }

  /** A node as core would ask for it, with ports that are free. */
  public NodeSpec node(int id, Optional<String> group) {
    String name = "antnode" + String.format(Locale.ROOT, "%04d", id);
    Path root = nodeStorage.resolve(name);
    NodePlacement placement = NodePlacement.of(name + ".service", root).withBinary(root.resolve(standIn.program().name()));
    return NodeSpec.builder(id, placement, standIn.ports()).program(standIn.program()).source(oldAntnode)
        .user(System.getProperty("user.name")).wallet(WALLET).bootstrapCache(home.resolve("bootstrap-cache"))
        .group(group).build();
  }

  /** Everything in the storage folder. */
  public SortedSet<Path> stored() throws IOException {
    try (Stream<Path> files = Files.walk(nodeStorage)) {
      return files.collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /** A folder with the files of a node and a file of its owner. */
  static Path folderLikeANode(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("record_store"));
    Files.write(folder.resolve("secret-key"), new byte[32]);
    Files.writeString(folder.resolve("antnode"), "#!/bin/sh\n");
    Files.writeString(folder.resolve("dear.txt"), "keep me");
    return folder;
  }
}
