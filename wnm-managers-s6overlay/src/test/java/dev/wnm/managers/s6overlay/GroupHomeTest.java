package dev.wnm.managers.s6overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.managers.support.Patience;
import dev.wnm.managers.support.Sentences;
import dev.wnm.managers.support.docker.Owner;
import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.manager.Firewall;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.GroupLayout;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.manager.StorageMarker;
import dev.wnm.spi.model.Container;
import dev.wnm.spi.model.NodePlacement;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of nodes in a volume that belongs to another account, without any container. Needs root. */
class GroupHomeTest {
  private static final int ACCOUNT = 4242;
  private static final int OTHERS_PORT = 55_999;

  private Path home;
  private Path storage;
  private Path antnode;
  private GroupSettings settings;
  private GroupHome homes;

  @BeforeEach
  void aColonyOfRoot(@TempDir Path folder) throws IOException {
    home = Files.setPosixFilePermissions(folder.toRealPath(), PosixFilePermissions.fromString("rwxr-xr-x"));
    storage = Files.createDirectory(home.resolve("storage"));
    StorageMarker.write(ContractMachine.COLONY, storage);
    antnode = StandInAntnode.installInto(Files.createDirectory(home.resolve("bin")));
    ManagerContext context = new ManagerContext(ContractMachine.COLONY, new ProcessCommandRunner(), Firewall.NONE, Clock.systemUTC(),
        storage, home, words -> {}).with(new GroupLayout(1, 4, 55, 13));
    settings = GroupSettings.of(context);
    homes = new GroupHome(context, settings, new Volumes(settings, new Owner(ACCOUNT, 4343, 0)));
  }

  private NodeSpec node(String wallet, int port) {
    Path root = storage.resolve("a1/antnode0001");
    return NodeSpec.builder(1, NodePlacement.of("antnode0001", root), NodePorts.of(port, 13_001))
        .source(antnode).user("ant").wallet(wallet).environment(Map.of("RUST_LOG", "info"))
        .bootstrapCache(home.resolve("cache")).group(Optional.of("a1")).build();
  }

  private NodeSpec node() {
    return node(GroupBench.WALLET, 55_001);
  }

  private NodeDefinition definition(NodeSpec node, boolean stops) {
    return NodeDefinition.of(stops ? node.withStartArgs(List.of("--stop-on-upgrade")) : node, settings.volume("a1"),
        Patience.OF_PROGRAMS);
  }

  private FoundNode survey() throws Exception {
    Container container = new Container(Optional.empty(), "a1", "", "image", false, Instant.EPOCH);
    List<FoundNode> found = new NodeFinder(settings, homes).of("a1", container, new Snapshot.Down());
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  @Test
  void whatTheNodesAccountWritesIntoTheRegistryDecidesNothing() throws Exception {
    homes.make(node(), definition(node(), false));
    Path registered = settings.volume("a1").registry().resolve("antnode0001");
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
    homes.make(node(), definition(node(), false));
    Path memo = storage.resolve(".a1.antnode0001.node");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(memo))).isEqualTo("rw-------");

    Files.setAttribute(memo, "unix:uid", ACCOUNT);

    assertThat(survey().wallet()).isEmpty();
  }

  @Test
  void aKeyThatNobodyKnowsIsLeftAlone() throws Exception {
    Files.createDirectories(storage.resolve("a1/antnode0001"));
    Path key = Files.writeString(storage.resolve("a1/antnode0001").resolve("secret-key"), "whose?");

    assertThatThrownBy(() -> homes.make(node(), definition(node(), false))).hasMessageContaining("holds the key")
        .hasMessageContaining("--import");

    assertThat(key).hasContent("whose?");
    assertThat(storage.resolve(".a1.antnode0001.node")).doesNotExist();
  }

  @Test
  void aNodeWhoseDefinitionWasLostIsFoundByItsFolder() throws Exception {
    homes.make(node(), definition(node(), false));
    Files.delete(settings.volume("a1").registry().resolve("antnode0001"));

    assertThat(survey().facts().rootDir()).isEqualTo(node().rootDir());
    assertThat(survey().id()).hasValue(1);
    assertThat(survey().wallet()).isEmpty();
    assertThat(survey().nodePort()).isEmpty();
  }

  @Test
  void whatCannotBeReadIsAFailureAndNotNothing() throws Exception {
    homes.make(node(), definition(node(), false));
    Path registry = settings.volume("a1").registry();
    Files.move(registry, registry.resolveSibling("aside"));
    Files.createSymbolicLink(registry, home);

    assertThatThrownBy(() -> homes.registry().definitions("a1")).isInstanceOf(IOException.class).hasMessageContaining("it is a link");
    assertThatThrownBy(() -> homes.make(node(), definition(node(), false))).isInstanceOf(IOException.class);
    assertThat(node().binary()).as("what was there before is not taken back").isExecutable();
  }

  @Test
  void foldersOfNodesAreClosedToOthers() throws Exception {
    homes.make(node(), definition(node(), false));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(node().rootDir()))).isEqualTo("rwx------");
    assertThat(Files.getAttribute(node().rootDir(), "unix:uid")).isEqualTo(ACCOUNT);
  }

  @Test
  void theKeyOfANodeIsKeptForRootAloneAndNoLinkLeadsItAstray() throws Exception {
    homes.make(node(), definition(node(), false));
    Path kept = storage.resolve("kept-keys");
    assertThat(homes.keepKey(node(), kept.resolve("antnode0001-x"))).as("it never ran").isFalse();
    Path key = Files.writeString(node().rootDir().resolve("secret-key"), "mine");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    Files.setAttribute(key, "unix:uid", ACCOUNT);

    assertThat(homes.keepKey(node(), kept.resolve("antnode0001-x"))).isTrue();

    Path copy = kept.resolve("antnode0001-x/secret-key");
    assertThat(copy).hasContent("mine");
    for (Path own : List.of(kept, copy.getParent(), copy)) {
      assertThat(Files.getAttribute(own, "unix:uid")).isEqualTo(0);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own))).endsWith("------");
    }
    Path elsewhere = Files.createDirectory(home.resolve("elsewhere"));
    Files.move(kept, home.resolve("aside"));
    Files.createSymbolicLink(kept, elsewhere);
    assertThatThrownBy(() -> homes.keepKey(node(), kept.resolve("antnode0001-x"))).isInstanceOf(IOException.class);
    assertThat(elsewhere).isEmptyDirectory();
    Files.delete(kept);
    Files.delete(key);
    Files.createSymbolicLink(key, Files.writeString(home.resolve("others"), "of root"));
    assertThatThrownBy(() -> homes.keepKey(node(), kept.resolve("antnode0001-x"))).isInstanceOf(CommandFailedException.class);
  }

  @Test
  void whatIsTakenBackIsStartedAsItWasBefore() throws Exception {
    homes.make(node(), definition(node(), false));
    homes.stage(node());
    homes.swap(node(), definition(node(), true));
    assertThat(homes.registry().definition(node()).orElseThrow().argv()).contains("--stop-on-upgrade");

    homes.restore(node());

    assertThat(homes.registry().definition(node()).orElseThrow().argv()).doesNotContain("--stop-on-upgrade");
    homes.forgetKept(node());
    assertThat(homes.delete(node())).isTrue();
    assertThat(settings.volume("a1").registry()).isEmptyDirectory();
    assertThat(Files.list(storage).map(path -> path.getFileName().toString())).containsExactlyInAnyOrder("a1",
        StorageMarker.nameFor(ContractMachine.COLONY));
  }

  @Test
  void theOwnerOfANodesFolderLeadsNobodyAstray() throws Exception {
    homes.make(node(), definition(node(), false));
    try (HostileOwner inFolder = HostileOwner.in(node().rootDir(), Files.createDirectory(home.resolve("precious")));
        HostileOwner inVolume = HostileOwner.in(settings.volume("a1").registry(), Files.createDirectory(home.resolve("precious2")))) {
      for (int round = 0; inFolder.goesOn(round); round++) {
        for (Step step : List.<Step>of(() -> homes.make(node(), definition(node(), false)), () -> homes.stage(node()),
            () -> homes.swap(node(), definition(node(), true)), () -> homes.restore(node()), () -> homes.registry().markDown(node()),
            () -> homes.prepareStart(node(), definition(node(), false)), () -> homes.forgetKept(node()),
            () -> homes.registry().definitions("a1"), () -> homes.delete(node()))) {
          try {
            step.run();
          } catch (OperationFailedException | CommandFailedException e) {
            assertThat(e.getMessage()).contains(" ");
          } catch (IOException e) {
            assertThat(Sentences.of(e)).contains(" ");
          }
        }
      }
      inFolder.assertNothingElseWasTouched();
      inVolume.assertNothingElseWasTouched();
    }
  }

  @FunctionalInterface
  private interface Step {
    void run() throws OperationFailedException, CommandFailedException, IOException;
  }
}
