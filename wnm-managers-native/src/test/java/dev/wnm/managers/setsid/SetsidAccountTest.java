package dev.wnm.managers.setsid;

import static dev.wnm.managers.setsid.Bench.done;
import static dev.wnm.managers.setsid.Bench.reason;
import static dev.wnm.managers.setsid.Bench.state;
import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.managers.support.Account;
import dev.wnm.managers.support.Accounts;
import dev.wnm.managers.support.NodeDescription;
import dev.wnm.managers.support.NodeLogs;
import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.InstallsBinaries;
import dev.wnm.spi.manager.KeepsStorages;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.NodeStorage;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.StorageMarker;
import dev.wnm.spi.manager.StorageState;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.testkit.manager.ContractMachine;
import dev.wnm.testkit.manager.Offered;
import dev.wnm.testkit.manager.WithoutSudo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes of another account. Needs root, or sudo without a password; fails where there is neither. */
class SetsidAccountTest {
  private Bench bench;

  @BeforeAll
  static void theAccountOfNodes() throws CommandFailedException {
    Setup.makeAccount();
  }

  @BeforeEach
  void prepare(@TempDir Path folder) throws IOException {
    bench = new Bench(folder);
  }

  @AfterEach
  void endAllNodes() throws CommandFailedException {
    bench.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aNodeRunsAsItsAccountWithNoOtherRightsInASessionOfItsOwn(boolean throughSudo) throws Exception {
    NodeSpec node = bench.ask(1, "ant", Map.of("RUST_LOG", "a b"));
    ProcessManager manager = manager(throughSudo);
    Account ant = new Accounts(new ProcessCommandRunner()).of("ant");

    done(manager.create(node));
    long pid = done(manager.start(node)).facts().pid().orElseThrow();

    String status = Files.readString(Path.of("/proc/" + pid + "/status"));
    assertThat(status).containsPattern("Uid:(\\s" + ant.uid() + "){4}\n").containsPattern("Gid:(\\s" + ant.gid() + "){4}\n")
        .containsPattern("Groups:\\s*\n").containsPattern("CapEff:\\s0+\n").containsPattern("NoNewPrivs:\\s1\n");
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    assertThat(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[3]).as("session").isEqualTo(Long.toString(pid));
    assertThat(Files.readSymbolicLink(Path.of("/proc/" + pid + "/fd/0"))).isEqualTo(Path.of("/dev/null"));
    assertThat(bench.table.environment(pid)).containsEntry("HOME", ant.home().toString()).containsEntry("USER", "ant")
        .containsEntry("RUST_LOG", "a b").doesNotContainKeys("SUDO_USER", "SUDO_UID", "LC_ALL", "NO_COLOR");

    assertThat(done(manager.stop(node)).changed()).isTrue();
    assertThat(done(manager.remove(node)).changed()).isTrue();
    assertThat(bench.stored()).isEmpty();
    assertThat(bench.logs).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aNodesFoldersAreItsAccountsAndWhatWnmBelievesOfItIsNot(boolean throughSudo) throws IOException {
    NodeSpec node = bench.ask(1, "ant", Map.of());

    done(manager(throughSudo).create(node));

    assertThat(ownerAndMode(node.rootDir())).isEqualTo("ant rwx------");
    assertThat(ownerAndMode(node.logDir())).isEqualTo("ant rwx------");
    assertThat(ownerAndMode(node.bootstrapCache())).isEqualTo("ant rwxr-xr-x");
    assertThat(ownerAndMode(node.binary())).as("by sudo it is put there by the account").isEqualTo(
        throughSudo ? "ant rwxr-xr-x" : "root rwxr-xr-x");
    assertThat(ownerAndMode(NodeDescription.fileOf(node.rootDir()))).isEqualTo("root rw-------");
    assertThat(bench.storage).isDirectoryNotContaining("glob:**.wnm-new");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLinkThatANodePutInPlaceOfItsLogIsNotWrittenThroughByRoot(boolean throughSudo) throws IOException {
    NodeSpec node = bench.ask(1, "ant", Map.of());
    ProcessManager manager = manager(throughSudo);
    done(manager.create(node));
    Path precious = Files.writeString(bench.home.resolve("precious"), "x");
    Files.createSymbolicLink(NodeLogs.consoleOf(node), precious);

    manager.start(node);

    assertThat(precious).hasContent("x");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void logsThatAreReplacedByALinkAreNotFollowed(boolean throughSudo) throws Exception {
    NodeSpec node = inside(bench.ask(1, "ant", Map.of()));
    ProcessManager manager = manager(throughSudo);
    done(manager.create(node));
    Path precious = Files.createDirectory(bench.home.resolve("precious"));
    String before = ownerAndMode(precious);
    Files.delete(node.logDir());
    Files.createSymbolicLink(node.logDir(), precious);

    assertThat(reason(manager.start(node))).contains(node.logDir().toString(), "link");

    assertThat(ownerAndMode(precious)).isEqualTo(before);
    assertThat(precious).isEmptyDirectory();
    done(manager.remove(node));
    assertThat(precious).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anUpgradeThatIsTakenBackCopiesNothingThroughALink(boolean throughSudo) throws Exception {
    NodeSpec node = bench.ask(1, "ant", Map.of());
    ProcessManager manager = manager(throughSudo);
    done(manager.create(node));
    Path precious = Files.writeString(bench.home.resolve("precious"), "only for root");
    Files.setPosixFilePermissions(precious, PosixFilePermissions.fromString("rw-------"));
    Files.delete(node.binary());
    Files.createSymbolicLink(node.binary(), precious);
    Files.createSymbolicLink(node.keptBinary(), precious);
    Files.createSymbolicLink(node.stagedBinary(), precious);

    done(Offered.by(manager, InstallsBinaries.class).stage(node));
    done(Offered.by(manager, InstallsBinaries.class).swap(node));
    assertThat(node.binary()).isExecutable().hasSameBinaryContentAs(bench.antnode);
    done(Offered.by(manager, InstallsBinaries.class).restore(node));

    assertThat(Files.readSymbolicLink(node.binary())).isEqualTo(precious);
    assertThat(precious).hasContent("only for root");
    assertThat(ownerAndMode(precious)).isEqualTo("root rw-------");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsWrittenIntoANodesFolderDecidesNothing(boolean throughSudo) throws Exception {
    NodeSpec node = bench.ask(1, "ant", Map.of());
    SetsidManager manager = (SetsidManager) manager(throughSudo);
    done(manager.create(node));
    Path own = NodeDescription.fileOf(node.rootDir());
    Files.move(own, node.rootDir().resolve("wnm-node.json"));
    Files.writeString(node.rootDir().resolve("wnm-node.json"),
        Files.readString(node.rootDir().resolve("wnm-node.json")).replace("\"ant\"", "\"root\"").replace(Bench.WALLET, "0xevil"));

    assertNothingBelieved(Bench.survey(manager), node);

    // One of the account's own beside the folder, as in a storage that is the account's, says nothing either.
    Files.copy(node.rootDir().resolve("wnm-node.json"), own);
    Files.setAttribute(own, "unix:uid", new Accounts(new ProcessCommandRunner()).of("ant").uid());
    assertNothingBelieved(Bench.survey(manager), node);
  }

  private static void assertNothingBelieved(List<FoundNode> survey, NodeSpec node) {
    assertThat(survey).singleElement().satisfies(found -> {
      assertThat(found.user()).isEqualTo("ant");
      assertThat(found.wallet()).isEmpty();
      assertThat(found.nodePort()).isEmpty();
      assertThat(found.facts().binary()).isEqualTo(node.binary());
      assertThat(found.facts().logDir()).isEqualTo(node.rootDir().resolve("logs"));
    });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatAProcessOfTheAccountSaysDecidesNoPathAndNoVariable(boolean throughSudo) throws Exception {
    NodeSpec node = bench.ask(1, "ant", Map.of());
    SetsidManager manager = (SetsidManager) manager(throughSudo);
    done(manager.create(node));
    Files.delete(NodeDescription.fileOf(node.rootDir()));
    Path elsewhere = Files.setPosixFilePermissions(
        Files.createDirectory(bench.home.resolve("antnode0001")), PosixFilePermissions.fromString("rwxrwxrwx"));
    Account ant = new Accounts(new ProcessCommandRunner()).of("ant");
    Process pretender = new ProcessBuilder("setpriv", "--reuid=" + ant.uid(), "--regid=" + ant.gid(), "--clear-groups", "env",
        "LD_PRELOAD=" + node.rootDir().resolve("evil.so"), bench.antnode.toString(), "--root-dir", node.rootDir().toString(),
        "--log-output-dest", elsewhere.toString(), "--port", Integer.toString(node.ports().node()), "--enable-metrics-server",
        "--metrics-server-port", Integer.toString(node.ports().metrics().orElseThrow()), "--rewards-address", Bench.WALLET,
        "evm-arbitrum-one").redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    try {
      eventually("it runs", () -> Bench.survey(manager).stream().anyMatch(found -> found.state() instanceof ProcessState.Running));

      assertThat(Bench.survey(manager)).singleElement().satisfies(found -> {
        assertThat(found.wallet()).as("it does pay there").hasValue(Bench.WALLET);
        assertThat(found.facts().binary()).isEqualTo(node.binary());
        assertThat(found.facts().logDir()).isEqualTo(node.rootDir().resolve("logs"));
        assertThat(found.environment()).isEmpty();
      });
    } finally {
      pretender.destroyForcibly().waitFor();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aStorageIsMadeMarkedAndReleasedWithTheRightsOfTheMode(boolean throughSudo) throws Exception {
    NodeStorage storage = new NodeStorage(bench.home.resolve("new/nodes"), Optional.empty());
    ProcessManager manager = manager(throughSudo);

    assertThat(Offered.by(manager, KeepsStorages.class).claim(ContractMachine.COLONY, storage)).isEmpty();
    assertThat(Offered.by(manager, KeepsStorages.class).claim(ContractMachine.COLONY, storage)).as("once more").isEmpty();

    assertThat(StorageMarker.look(ContractMachine.COLONY, storage.path())).isInstanceOf(StorageState.Ours.class);
    assertThat(ownerAndMode(storage.path())).isEqualTo("root rwxr-xr-x");
    assertThat(ownerAndMode(storage.path().resolve(StorageMarker.nameFor(ContractMachine.COLONY)))).isEqualTo("root rw-r--r--");
    assertThat(Offered.by(manager, KeepsStorages.class).release(ContractMachine.COLONY, storage)).isEmpty();
    assertThat(storage.path()).isEmptyDirectory();
    assertThat(Offered.by(manager, KeepsStorages.class).claim(ContractMachine.COLONY, new NodeStorage(Path.of("/proc/nope"), Optional.empty())))
        .hasValueSatisfying(why -> assertThat(why).contains("/proc/nope", "cannot be marked"));
  }

  private static NodeSpec inside(NodeSpec node) {
    return node.toBuilder().placement(NodePlacement.of(node.service(), node.rootDir())).build();
  }

  @Test
  void anAccountThatDoesNotExistIsToldWithHowToMakeIt() throws IOException {
    NodeSpec node = bench.ask(1, "no-such-ant", Map.of());

    assertThat(reason(manager(false).create(node)))
        .contains("there is no account 'no-such-ant'", "useradd --system", "no-such-ant");
    assertThat(bench.stored()).isEmpty();
  }

  @Test
  void theStatusOfANodeOfAnotherAccountIsKnown() {
    NodeSpec node = bench.ask(1, "ant", Map.of());
    SetsidManager manager = (SetsidManager) manager(true);
    done(manager.create(node));

    assertThat(state(manager, node)).isInstanceOf(ProcessState.Stopped.class);
    long pid = done(manager.start(node)).facts().pid().orElseThrow();
    assertThat(state(manager, node)).isEqualTo(new ProcessState.Running(OptionalLong.of(pid)));
    assertThat(Bench.survey(manager)).singleElement().satisfies(found -> {
      assertThat(found.user()).isEqualTo("ant");
      assertThat(found.facts().pid()).hasValue(pid);
    });
  }

  private ProcessManager manager(boolean throughSudo) {
    ManagerContext context = bench.context();
    return throughSudo ? new ThroughSudo().create("setsid+sudo", WithoutSudo.in(context)) : Setup.provider().create("setsid+sudo", context);
  }

  private static String ownerAndMode(Path file) throws IOException {
    PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
    return attributes.owner().getName() + " " + PosixFilePermissions.toString(attributes.permissions());
  }
}
