package dev.wnm.managers.s6overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.managers.support.docker.Owner;
import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.manager.Firewall;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.GroupLayout;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.NodeFolder;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.manager.StorageMarker;
import dev.wnm.spi.model.Container;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.testkit.antnode.StandInAntnode;
import dev.wnm.testkit.hostile.HostileOwner;
import dev.wnm.testkit.manager.ContractMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of nodes in a volume that belongs to another account, without any container. Needs root. */
class NodeFilesTest {
  private static final int ACCOUNT = 4242;
  private static final int OTHERS_PORT = 55_999;

  private Path home;
  private Path storage;
  private Path antnode;
  private Plan plan;
  private NodeFiles files;

  @BeforeEach
  void aColonyOfRoot(@TempDir Path folder) throws IOException {
    home = Files.setPosixFilePermissions(folder.toRealPath(), PosixFilePermissions.fromString("rwxr-xr-x"));
    storage = Files.createDirectory(home.resolve("storage"));
    StorageMarker.write(ContractMachine.COLONY, storage);
    antnode = StandInAntnode.installInto(Files.createDirectory(home.resolve("bin")));
    ManagerContext context = new ManagerContext(ContractMachine.COLONY, new ProcessCommandRunner(), Firewall.NONE, Clock.systemUTC(),
        storage, home, words -> {}).with(new GroupLayout(1, 4, 55, 13));
    plan = Plan.of(context);
    files = new NodeFiles(context, plan, new Volumes(plan, new Owner(ACCOUNT, 4343, 0)));
  }

  private NodeSpec node(String wallet, int port) {
    Path root = storage.resolve("a1/antnode0001");
    return new NodeSpec(1, "antnode0001", root, root.resolve("logs"), root.resolve("antnode"), antnode,
        new NodePorts(port, 13_001, 0), "127.0.0.1", "ant", wallet, "evm-arbitrum-one", false, Map.of("RUST_LOG", "info"), List.of(),
        home.resolve("cache"), Optional.of("a1"), OptionalLong.empty());
  }

  private NodeSpec node() {
    return node(GroupBench.WALLET, 55_001);
  }

  private NodeDefinition definition(NodeSpec node, boolean stops) {
    return NodeDefinition.of(node, plan.volume("a1"), stops);
  }

  private FoundNode survey() {
    Container container = new Container(Optional.empty(), "a1", "", "image", false, Instant.EPOCH);
    List<FoundNode> found = new NodeFinder(plan, files).of("a1", container, new Sight.Down());
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  @Test
  void whatTheNodesAccountWritesIntoTheRegistryDecidesNothing() throws Exception {
    files.make(node(), definition(node(), false));
    Path registered = plan.volume("a1").registry().resolve("antnode0001");
    Files.writeString(registered, definition(node("0xevil", OTHERS_PORT), false).line().replace("info", "evil") + "\n");

    assertThat(survey().wallet()).as("as wnm wrote it down").hasValue(GroupBench.WALLET);
    assertThat(survey().nodePort()).hasValue(55_001);
    assertThat(survey().environment()).containsEntry("RUST_LOG", "info");

    Files.delete(storage.resolve(".a1.antnode0001.node"));
    assertThat(survey().wallet()).as("nobody that can be believed has said it").isEmpty();
    assertThat(survey().nodePort()).as("a port of another group").isEmpty();
    assertThat(survey().metricsPort()).hasValue(13_001);
    assertThat(survey().environment()).isEmpty();
    assertThat(survey().facts().rootDir()).isEqualTo(storage.resolve("a1/antnode0001"));
    assertThat(survey().facts().binary()).isEqualTo(storage.resolve("a1/antnode0001/antnode"));
  }

  @Test
  void onlyAFileOfRootsSaysWhatDecides() throws Exception {
    files.make(node(), definition(node(), false));
    Path memo = storage.resolve(".a1.antnode0001.node");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(memo))).isEqualTo("rw-------");

    Files.setAttribute(memo, "unix:uid", ACCOUNT);

    assertThat(survey().wallet()).isEmpty();
  }

  @Test
  void aKeyThatNobodyKnowsIsLeftAlone() throws Exception {
    Files.createDirectories(storage.resolve("a1/antnode0001"));
    Path key = Files.writeString(storage.resolve("a1/antnode0001").resolve(NodeFolder.KEY_FILE), "whose?");

    assertThatThrownBy(() -> files.make(node(), definition(node(), false))).hasMessageContaining("holds the key")
        .hasMessageContaining("--import");
    assertThatThrownBy(() -> files.requireNoKey(node())).hasMessageContaining("holds the key");

    assertThat(key).hasContent("whose?");
    assertThat(storage.resolve(".a1.antnode0001.node")).doesNotExist();
  }

  @Test
  void whatIsTakenBackIsStartedAsItWasBefore() throws Exception {
    files.make(node(), definition(node(), false));
    files.stage(node());
    files.swap(node(), definition(node(), true));
    assertThat(files.definition(node()).orElseThrow().stopsOnUpgrade()).isTrue();

    files.restore(node());

    assertThat(files.definition(node()).orElseThrow().stopsOnUpgrade()).isFalse();
    files.forgetKept(node());
    assertThat(files.delete(node())).isTrue();
    assertThat(plan.volume("a1").registry()).isEmptyDirectory();
    assertThat(Files.list(storage).map(path -> path.getFileName().toString())).containsExactlyInAnyOrder("a1",
        StorageMarker.nameFor(ContractMachine.COLONY));
  }

  @Test
  void theOwnerOfANodesFolderLeadsNobodyAstray() throws Exception {
    files.make(node(), definition(node(), false));
    try (HostileOwner inFolder = HostileOwner.in(node().rootDir(), Files.createDirectory(home.resolve("precious")));
        HostileOwner inVolume = HostileOwner.in(plan.volume("a1").registry(), Files.createDirectory(home.resolve("precious2")))) {
      for (int round = 0; inFolder.goesOn(round); round++) {
        for (Step step : List.<Step>of(() -> files.make(node(), definition(node(), false)), () -> files.stage(node()),
            () -> files.swap(node(), definition(node(), true)), () -> files.restore(node()), () -> files.markDown(node()),
            () -> files.prepareStart(node(), definition(node(), false)), () -> files.forgetKept(node()), () -> files.requireNoKey(node()),
            () -> files.definitions("a1"), () -> files.delete(node()))) {
          try {
            step.run();
          } catch (OperationFailedException e) {
            assertThat(e.getMessage()).contains(" ");
          }
        }
      }
      inFolder.assertNothingElseWasTouched();
      inVolume.assertNothingElseWasTouched();
    }
  }

  @FunctionalInterface
  private interface Step {
    void run() throws OperationFailedException;
  }
}
