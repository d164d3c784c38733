package dev.wnm.managers.setsid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.managers.support.NodeProcess;
import dev.wnm.managers.support.Poll;
import dev.wnm.managers.support.ProcessTable;
import dev.wnm.managers.support.Rights;
import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.manager.Firewall;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.OperationResult.Done;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.StorageMarker;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.testkit.FreePorts;
import dev.wnm.testkit.antnode.StandInAntnode;
import dev.wnm.testkit.manager.ContractMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** A home with a node storage, a stand-in antnode, and nodes that all end with the test. */
final class Bench implements AutoCloseable {
  static final String WALLET = "0x00455d78f850b0358E8cea5be24d415E01E107CF";

  final Path home;
  final Path storage;
  final Path logs;
  final Path antnode;
  final ProcessTable table = ProcessTable.ofThisSystem();
  final NodeFinder finder = new NodeFinder(table);
  final List<String> firewallCalls = new ArrayList<>();
  final List<String> progress = new ArrayList<>();
  private final List<NodeSpec> nodes = new ArrayList<>();

  /** @param folder an empty folder; opened to all, so that nodes of another account reach theirs in it */
  Bench(Path folder) throws IOException {
    Path real = Files.setPosixFilePermissions(folder.toRealPath(), PosixFilePermissions.fromString("rwxr-xr-x"));
    home = Files.createDirectory(real.resolve("home"));
    storage = Files.createDirectory(real.resolve("node"));
    StorageMarker.write(ContractMachine.COLONY, storage);
    logs = Files.createDirectory(real.resolve("logs"));
    antnode = StandInAntnode.installInto(real.resolve("bin"));
  }

  ManagerContext context() {
    return context(new Firewall() {
      @Override
      public void open(int udpPort, String comment) {
        firewallCalls.add("open " + udpPort + " " + comment);
      }

      @Override
      public void close(int udpPort) {
        firewallCalls.add("close " + udpPort);
      }
    });
  }

  ManagerContext context(Firewall firewall) {
    return new ManagerContext(ContractMachine.COLONY, new ProcessCommandRunner(), firewall, Clock.systemUTC(), storage, home, progress::add);
  }

  /** What is in the storage besides its marker. */
  List<String> stored() throws IOException {
    try (Stream<Path> entries = Files.list(storage)) {
      return entries.map(entry -> entry.getFileName().toString()).filter(name -> !StorageMarker.isOne(name)).toList();
    }
  }

  /** A manager of the mode without sudo that sees these variables around itself. */
  SetsidManager manager(Map<String, String> environment) {
    return SetsidManager.forMyself(context(), table, Setup.GRACES, environment);
  }

  SetsidManager manager() {
    return manager(System.getenv());
  }

  /** A node that core would ask for, of the account that runs this test. */
  NodeSpec ask(int id) {
    return ask(id, System.getProperty("user.name"), Map.of());
  }

  NodeSpec ask(int id, String user, Map<String, String> environment) {
    String name = String.format(Locale.ROOT, "antnode%04d", id);
    Path root = storage.resolve(name);
    NodePlacement placement = NodePlacement.of(name + ".service", root).withLogDir(logs.resolve(name));
    NodeSpec node = NodeSpec.builder(id, placement, NodePorts.of(FreePorts.next(), FreePorts.next()))
        .source(antnode).user(user).wallet(WALLET).environment(environment)
        .bootstrapCache(home.resolve("bootstrap-cache")).build();
    nodes.add(node);
    return node;
  }

  /** Another antnode for a node that {@link #ask} gave. */
  static NodeSpec from(Path source, NodeSpec node) {
    return node.toBuilder().source(source).build();
  }

  /** Creates and starts a node. @return its pid */
  static long up(SetsidManager manager, NodeSpec node) {
    done(manager.create(node));
    return done(manager.start(node)).facts().pid().orElseThrow();
  }

  static Done done(OperationResult result) {
    assertThat(result).isInstanceOf(Done.class);
    return (Done) result;
  }

  static String reason(OperationResult result) {
    assertThat(result).isInstanceOf(OperationResult.Failed.class);
    return result.failure().orElseThrow().reason();
  }

  /** The processes of a node. */
  List<NodeProcess> processesOf(NodeSpec node) {
    return look().of(node);
  }

  /** Those that run on a root folder, from whatever binary. */
  List<NodeProcess> processesOn(Path rootDir) {
    return look().on(rootDir);
  }

  private NodeFinder.Found look() {
    try {
      return finder.look();
    } catch (OperationFailedException e) {
      throw new AssertionError(e);
    }
  }

  static List<FoundNode> survey(ProcessManager manager) {
    try {
      return manager.survey();
    } catch (ManagerUnavailableException e) {
      throw new AssertionError(e);
    }
  }

  static ProcessState state(SetsidManager manager, NodeSpec node) {
    return manager.status(List.of(node)).get(node.id());
  }

  @Override
  public void close() throws CommandFailedException {
    NodeStopper killer = new NodeStopper(table, new ProcessCommandRunner(),
        Rights.own(new ProcessCommandRunner()), Setup.GRACES);
    for (NodeSpec node : nodes) {
      for (NodeProcess process : processesOn(node.rootDir())) {
        killer.signal("KILL", process);
        assertThat(Poll.until(Setup.GRACES.afterKill(), () -> table.find(process.pid()).isEmpty())).isTrue();
      }
    }
  }
}
