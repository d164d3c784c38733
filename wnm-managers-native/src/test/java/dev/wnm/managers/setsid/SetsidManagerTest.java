package dev.wnm.managers.setsid;

import static dev.wnm.managers.setsid.Bench.done;
import static dev.wnm.managers.setsid.Bench.reason;
import static dev.wnm.managers.setsid.Bench.state;
import static dev.wnm.managers.setsid.Bench.up;
import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.managers.support.NodeDescription;
import dev.wnm.managers.support.UdpSockets;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.manager.Firewall;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.StorageMarker;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.testkit.Executables;
import dev.wnm.testkit.antnode.StandInAntnode;
import dev.wnm.testkit.manager.ContractMachine;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the conformance suite does not know of: how this back end does it. */
class SetsidManagerTest {
  private Bench bench;

  @BeforeEach
  void prepare(@TempDir Path folder) throws IOException {
    bench = new Bench(folder);
  }

  @AfterEach
  void endAllNodes() throws CommandFailedException {
    bench.close();
  }

  // How a node's process is made

  @Test
  void aNodeLeadsASessionOfItsOwnAndHasNothingToRead() throws IOException {
    long pid = up(bench.manager(), bench.ask(1));

    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    assertThat(fields[3]).as("session").isEqualTo(Long.toString(pid));
    assertThat(Files.readSymbolicLink(Path.of("/proc/" + pid + "/fd/0"))).isEqualTo(Path.of("/dev/null"));
    assertThat(Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd"))).isEqualTo(Path.of("/"));
  }

  @Test
  void aNodeSeesItsAccountAndItsOwnVariablesAndNothingElse() {
    Map<String, String> around = Map.of("PATH", System.getenv("PATH"), "LANG", "C.UTF-8", "TZ", "Asia/Tokyo",
        "LC_ALL", "de_DE.UTF-8", "SSH_AUTH_SOCK", "/tmp/agent", "WNM_SECRET", "x");
    NodeSpec node = bench.ask(1, System.getProperty("user.name"), Map.of("RUST_LOG", "a b", "TZ", "UTC"));

    long pid = up(bench.manager(around), node);

    String user = System.getProperty("user.name");
    assertThat(bench.table.environment(pid)).isEqualTo(Map.of("HOME", bench.home.toString(), "USER", user, "LOGNAME", user,
        "PATH", System.getenv("PATH"), "LANG", "C.UTF-8", "TZ", "UTC", "RUST_LOG", "a b"));
  }

  @Test
  void whatHoldsANodesKeysIsClosedToOthers() throws IOException {
    NodeSpec node = bench.ask(1);
    done(bench.manager().create(node));

    assertThat(permissions(node.rootDir())).isEqualTo("rwx------");
    assertThat(permissions(node.logDir())).isEqualTo("rwx------");
    assertThat(permissions(node.binary())).isEqualTo("rwxr-xr-x");
    assertThat(permissions(NodeDescription.fileOf(node.rootDir()))).isEqualTo("rw-------");
  }

  @Test
  void aNodeIsToldToStopOnUpgradeOnlyIfItsVersionKnowsThat() throws IOException {
    SetsidManager manager = bench.manager();
    Path older = StandInAntnode.installInto(bench.home.resolve("older"), StandInAntnode.VERSION, Set.of("--stop-on-upgrade"));
    NodeSpec knowing = bench.ask(1);
    NodeSpec ignorant = Bench.from(older, bench.ask(2));

    long first = up(manager, knowing);
    long second = up(manager, ignorant);

    assertThat(bench.table.find(first).orElseThrow().argv()).contains("--stop-on-upgrade");
    assertThat(bench.table.find(second).orElseThrow().argv()).doesNotContain("--stop-on-upgrade");
  }

  @Test
  void aNodeThatHandsOverToItsSuccessorIsFoundAgainAndNotDoubled() throws IOException {
    SetsidManager manager = bench.manager();
    Path older = StandInAntnode.installInto(bench.home.resolve("older"), StandInAntnode.VERSION, Set.of("--stop-on-upgrade"));
    NodeSpec node = Bench.from(older, bench.ask(1));
    long pid = up(manager, node);

    StandInAntnode.configure(node.rootDir(), Map.of("upgrade_to", bench.antnode.toString()));
    eventually("the successor runs alone", () -> bench.table.find(pid).isEmpty());

    assertThat(done(manager.start(node)).changed()).isFalse();
    assertThat(bench.processesOf(node)).singleElement().satisfies(one -> assertThat(one.pid()).isNotEqualTo(pid));
    assertThat(done(manager.stop(node)).changed()).isTrue();
    assertThat(bench.processesOn(node.rootDir())).isEmpty();
  }

  @Test
  void aNodeOutlivesTheWnmThatStartedIt() throws Exception {
    NodeSpec node = bench.ask(1);
    done(bench.manager().create(node));
    Process wnm = new ProcessBuilder("setsid", "--wait", Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp", System.getProperty("java.class.path"), OneStart.class.getName(), bench.storage.toString(),
        bench.home.toString(), bench.antnode.toString(), Integer.toString(node.ports().node()),
        Integer.toString(node.ports().metrics().orElseThrow())).redirectErrorStream(true).start();
    String said = wnm.inputReader().readLine();
    assertThat(said).matches("up [0-9]+ [0-9]+");
    long wnmPid = Long.parseLong(said.split(" ")[1]);

    new ProcessBuilder("sh", "-c", "kill -s HUP -- \"-$1\"; kill -s KILL -- \"-$1\"", "sh", Long.toString(wnmPid)).start()
        .waitFor();
    assertThat(wnm.waitFor(60, TimeUnit.SECONDS)).isTrue();

    assertThat(ProcessHandle.of(wnmPid).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(bench.processesOf(node)).singleElement()
        .satisfies(process -> assertThat(process.pid()).isEqualTo(Long.parseLong(said.split(" ")[2])));
  }

  // What can go wrong

  @Test
  void aNodeThatEndsAtOnceIsReportedWithItsExitCodeAndItsLastWords() {
    SetsidManager manager = bench.manager();
    NodeSpec node =
        bench.ask(1, System.getProperty("user.name"), Map.of(StandInAntnode.variable("exit_at_start"), "7"));
    done(manager.create(node));

    assertThat(reason(manager.start(node)))
        .contains("antnode0001.service", "ended at once with exit code 7", "told to die at start");
    assertThat(node.logDir().resolve("console.log")).content().contains("told to die at start");
    assertThat(state(manager, node)).isInstanceOfSatisfying(ProcessState.Stopped.class,
        stopped -> assertThat(stopped.detail()).contains("told to die at start"));
  }

  @Test
  void aNodeIsNotStartedWhileAnotherProgramHoldsItsPorts() throws IOException {
    SetsidManager manager = bench.manager();
    NodeSpec node = bench.ask(1);
    done(manager.create(node));

    try (DatagramSocket holder = new DatagramSocket(node.ports().node())) {
      assertThat(reason(manager.start(node))).contains("UDP port " + holder.getLocalPort() + " is in use by another program");
    }
    try (ServerSocket holder = new ServerSocket(node.ports().metrics().orElseThrow(), 1, InetAddress.getByAddress(new byte[4]))) {
      assertThat(reason(manager.start(node))).contains("TCP port " + holder.getLocalPort() + " (metrics) is in use by another program");
    }
    assertThat(bench.processesOf(node)).isEmpty();
    // A program that another test starts at this moment has this JVM's sockets until it is itself.
    eventually("it starts once the ports are free", () -> manager.start(node) instanceof OperationResult.Done started && started.changed());
  }

  @Test
  void anAntnodeThatRunsOnTheFolderFromElsewhereIsNeitherTakenForTheNodeNorDisturbed() throws IOException {
    SetsidManager manager = bench.manager();
    NodeSpec node = bench.ask(1);
    done(manager.create(node));
    Process stranger = new ProcessBuilder(bench.antnode.toString(), "--root-dir", node.rootDir().toString(),
        "--rewards-address", Bench.WALLET).start();
    eventually("the stranger runs", () -> !bench.processesOn(node.rootDir()).isEmpty());

    assertThat(state(manager, node)).isInstanceOf(ProcessState.Unknown.class);
    assertThat(reason(manager.start(node))).contains("process " + stranger.pid() + " runs on " + node.rootDir());
    assertThat(reason(manager.remove(node))).contains("process " + stranger.pid());
    assertThat(done(manager.stop(node)).changed()).isFalse();
    assertThat(stranger.isAlive()).isTrue();
    assertThat(node.binary()).exists();
  }

  @Test
  void aCreateThatFailsHalfWayLeavesNothingBehind() throws IOException {
    Path broken = Executables.write(bench.home.resolve("broken"), "#!/bin/sh\necho 'GLIBC_2.99 not found' >&2\nexit 1\n");
    NodeSpec node = Bench.from(broken, bench.ask(1));

    assertThat(reason(bench.manager().create(node))).contains("GLIBC_2.99 not found", "exit 1");

    assertThat(bench.stored()).isEmpty();
    assertThat(bench.logs).isEmptyDirectory();
  }

  @Test
  void aFolderOfSomethingElseIsNotMadeANode() throws IOException {
    NodeSpec node = bench.ask(1);
    Files.createDirectory(node.rootDir());
    Files.writeString(node.rootDir().resolve("beach.jpg"), "x");

    assertThat(reason(bench.manager().create(node))).contains("is no node's folder");
    assertThat(node.rootDir()).isDirectoryNotContaining("glob:**antnode");
  }

  @Test
  void aDescriptionThatAnOlderWnmLeftInItsOwnAccountsFolderIsStillRead() throws IOException {
    SetsidManager manager = bench.manager();
    NodeSpec node = bench.ask(1);
    done(manager.create(node));
    Files.writeString(node.rootDir().resolve("secret-key"), "k".repeat(32));
    Path description = NodeDescription.fileOf(node.rootDir());
    Files.writeString(description, Files.readString(description).replaceAll("  \"colony\".*\n", ""));
    Files.move(description, node.rootDir().resolve("wnm-node.json"));

    assertThat(Bench.survey(manager)).singleElement().satisfies(found -> assertThat(found.wallet()).hasValue(Bench.WALLET));
    assertThat(reason(manager.create(node))).as("it does not say whose the key is").contains("holds the key", "--import");
    done(manager.start(node));
    assertThat(description).as("a start writes it where it belongs").exists();
  }

  @Test
  void aProcessThatBecameAnotherProgramIsStillTheNodesAndEndsWithIt() throws IOException {
    SetsidManager manager = bench.manager();
    NodeSpec node = Bench.from(antnodeThatBecomesSleep(), bench.ask(1));
    long first = up(manager, node);
    becomesSleep(first);
    assertThat(state(manager, node)).isEqualTo(new ProcessState.Running(OptionalLong.of(first)));
    long second = done(manager.start(node)).facts().pid().orElseThrow();
    assertThat(ProcessHandle.of(first)).as("what is no node any more makes room for it").isEmpty();
    becomesSleep(second);
    assertThat(done(manager.stop(node)).changed()).isTrue();
    assertThat(ProcessHandle.of(second)).isEmpty();
    assertThat(state(manager, node)).isInstanceOf(ProcessState.Stopped.class);
    long third = done(manager.start(node)).facts().pid().orElseThrow();
    becomesSleep(third);

    done(manager.remove(node));

    assertThat(ProcessHandle.of(third)).isEmpty();
    assertThat(node.rootDir()).doesNotExist();
  }

  /** Has the stand-in below become another program, as an antnode under a wrapper or a debugger may. */
  private static void becomesSleep(long pid) throws IOException {
    new ProcessBuilder("sh", "-c", "kill -s USR1 " + pid).start().onExit().join();
    Path cmdline = Path.of("/proc/" + pid + "/cmdline");
    eventually("the process becomes another program", () -> {
      try {
        return Files.readString(cmdline).startsWith("/bin/sleep");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  private Path antnodeThatBecomesSleep() throws IOException {
    Path antnode = Files.createDirectory(bench.home.resolve("changing")).resolve("antnode");
    Files.copy(bench.antnode, antnode, StandardCopyOption.COPY_ATTRIBUTES);
    Files.writeString(antnode, Files.readString(antnode).replaceFirst("\nuse strict;",
        "\n\\$SIG{USR1} = sub { exec '/bin/sleep', '3600' };\nuse strict;"));
    return antnode;
  }

  @Test
  void aHugeDescriptionIsNotRead() throws IOException {
    SetsidManager manager = bench.manager();
    NodeSpec node = bench.ask(1);
    done(manager.create(node));
    Files.delete(NodeDescription.fileOf(node.rootDir()));
    try (RandomAccessFile huge = new RandomAccessFile(node.rootDir().resolve("wnm-node.json").toFile(), "rw")) {
      huge.setLength(3_000_000_000L);
    }

    assertThat(Bench.survey(manager)).singleElement().satisfies(found -> assertThat(found.wallet()).isEmpty());
  }

  @Test
  @Timeout(60)
  void aPipeInThePlaceOfALogKeepsNobodyWaiting() throws Exception {
    SetsidManager manager = bench.manager();
    NodeSpec node = bench.ask(1);
    done(manager.create(node));
    for (String log : List.of("console.log", "critical_failure.log")) {
      assertThat(new ProcessBuilder("mkfifo", node.logDir().resolve(log).toString()).start().waitFor()).isZero();
    }

    assertThat(reason(manager.start(node))).contains("console.log is a pipe or a device");
    assertThat(state(manager, node)).isEqualTo(new ProcessState.Stopped(""));
    done(manager.remove(node));
  }

  @Test
  void aCreateThatFailsTakesFromAFolderThatWasThereOnlyWhatItPutThere() throws IOException {
    SetsidManager manager = bench.manager();
    NodeSpec asked = bench.ask(1);
    NodeSpec node = asked.toBuilder().placement(NodePlacement.of(asked.service(), asked.rootDir())).build();
    Files.createDirectories(node.rootDir().resolve("record_store/kept"));
    Path broken = Executables.write(bench.home.resolve("broken-antnode"), "#!/bin/sh\nexit 3\n");

    reason(manager.create(node.toBuilder().source(broken).build()));

    assertThat(bench.stored()).containsExactly("antnode0001");
    assertThat(node.rootDir()).isDirectoryContaining(path -> path.endsWith("record_store"));
    assertThat(node.binary()).doesNotExist();
    assertThat(node.logDir()).doesNotExist();
    assertThat(node.rootDir().resolve("record_store/kept")).exists();
  }

  @Test
  void anEmptyStorageIsTakenForADiskThatIsNotMounted() throws IOException {
    StorageMarker.erase(ContractMachine.COLONY, bench.storage);
    assertThat(state(bench.manager(), bench.ask(1))).isEqualTo(new ProcessState.Unknown(
        "the node storage " + bench.storage + " does not carry the colony's marker; is its disk mounted?"));
  }

  @Test
  void logsGoWithTheNodeUnlessTheyAreNotItsOwn() throws IOException {
    SetsidManager manager = bench.manager();
    NodeSpec own = bench.ask(1);
    up(manager, own);
    NodeSpec asked = bench.ask(2);
    NodeSpec sharing = NodeSpec.builder(2, asked.placement().withLogDir(bench.logs), asked.ports()).source(asked.source())
        .user(asked.user()).wallet(asked.wallet()).bootstrapCache(asked.bootstrapCache()).build();
    done(manager.create(sharing));

    done(manager.remove(own));
    done(manager.remove(sharing));

    assertThat(own.logDir()).doesNotExist();
    assertThat(sharing.rootDir()).doesNotExist();
    assertThat(bench.logs).exists();
    assertThat(bench.progress).singleElement().asString().contains("its logs are left", "is not called antnode0002");
  }

  @Test
  void theFirewallIsOpenedForANodeThatRunsAndClosedAfterIt() {
    SetsidManager manager = bench.manager();
    NodeSpec node = bench.ask(1);
    up(manager, node);
    done(manager.start(node));
    done(manager.stop(node));
    done(manager.stop(node));

    assertThat(bench.firewallCalls).containsExactly(
        "open " + node.ports().node() + " antnode0001.service", "close " + node.ports().node());
  }

  @Test
  void aFirewallThatFailsIsToldAndStopsNothing() {
    Firewall failing = new Firewall() {
      @Override
      public void open(int udpPort, String comment) throws CommandFailedException {
        throw new CommandFailedException("ufw: exit 1");
      }

      @Override
      public void close(int udpPort) throws CommandFailedException {
        throw new CommandFailedException("ufw: exit 1");
      }
    };
    SetsidManager manager =
        SetsidManager.forMyself(bench.context(failing), bench.table, Setup.GRACES, System.getenv());
    NodeSpec node = bench.ask(1);

    up(manager, node);
    done(manager.remove(node));

    assertThat(bench.progress).hasSize(2).allSatisfy(said -> assertThat(said).contains("firewall was not", "ufw: exit 1"));
  }

  // Surveys

  @Test
  void aStoppedNodeIsDescribedByItsFolder() {
    SetsidManager manager = bench.manager();
    NodeSpec node = bench.ask(12, System.getProperty("user.name"), Map.of("RUST_LOG", "a b"));
    done(manager.create(node));

    FoundNode found = Bench.survey(manager).get(0);

    assertThat(Bench.survey(manager)).hasSize(1);
    assertThat(found.facts().service()).isEqualTo("antnode0012.service");
    assertThat(found.facts().logDir()).isEqualTo(node.logDir());
    assertThat(found.facts().binary()).isEqualTo(node.binary());
    assertThat(found.id()).hasValue(12);
    assertThat(found.nodePort()).hasValue(node.ports().node());
    assertThat(found.metricsPort()).hasValue(node.ports().metrics().orElseThrow());
    assertThat(found.wallet()).contains(Bench.WALLET);
    assertThat(found.network()).contains("evm-arbitrum-one");
    assertThat(found.user()).isEqualTo(node.user());
    assertThat(found.environment()).isEqualTo(Map.of("RUST_LOG", "a b"));
    assertThat(found.version()).contains(StandInAntnode.VERSION);
    assertThat(found.state()).isInstanceOf(ProcessState.Stopped.class);
  }

  @Test
  void aNodeThatSomeoneElseStartedIsDescribedByItsProcess() throws IOException {
    NodeSpec node = bench.ask(3);
    Path binary = StandInAntnode.installInto(node.rootDir());
    ProcessBuilder byHand = new ProcessBuilder(binary.toString(), "--root-dir=" + node.rootDir(), "--enable-metrics-server",
        "--port", Integer.toString(node.ports().node()), "--metrics-server-port", Integer.toString(node.ports().metrics().orElseThrow()),
        "--rewards-address", Bench.WALLET, "evm-arbitrum-sepolia-test");
    byHand.environment().put("RUST_LOG", "debug");
    long pid = byHand.start().pid();
    eventually("it runs", () -> UdpSockets.ofThisSystem().ports().contains(node.ports().node()));

    assertThat(Bench.survey(bench.manager())).singleElement().satisfies(found -> {
      assertThat(found.facts().pid()).hasValue(pid);
      assertThat(found.facts().service()).isEqualTo("antnode0003.service");
      assertThat(found.id()).hasValue(3);
      assertThat(found.metricsPort()).hasValue(node.ports().metrics().orElseThrow());
      assertThat(found.network()).contains("evm-arbitrum-sepolia-test");
      assertThat(found.environment()).containsEntry("RUST_LOG", "debug").doesNotContainKeys("PATH", "HOME", "PWD");
      assertThat(found.user()).isEqualTo(System.getProperty("user.name"));
      assertThat(found.state()).isInstanceOf(ProcessState.Running.class);
    });
  }

  @Test
  void whatOnlyLooksLikeANodeFromAfarIsNotFound() throws IOException {
    Files.createDirectory(bench.storage.resolve("antnode0001"));
    Files.createDirectory(bench.storage.resolve("antnode0002"));
    Files.writeString(bench.storage.resolve("antnode0002/beach.jpg"), "x");
    Files.createDirectory(bench.storage.resolve("backup"));
    Files.writeString(bench.storage.resolve("backup/secret-key"), "x");
    Process other = new ProcessBuilder("perl", "-e", "sleep 600", "--", "--root-dir",
        bench.storage.resolve("antnode0003").toString()).start();

    assertThat(Bench.survey(bench.manager())).isEmpty();
    other.destroyForcibly();
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
