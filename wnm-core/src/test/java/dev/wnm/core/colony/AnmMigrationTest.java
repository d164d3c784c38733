package dev.wnm.core.colony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.managers.ManagerRegistry;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.testkit.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Order(2)
@Execution(value = ExecutionMode.CONCURRENT, reason = "each test has a home of its own, and waits for nodes that do not answer")
class AnmMigrationTest {
  @TempDir
  private Path home;

  @Test
  void aMachineIsTakenOverWithItsNodesOfWhichNoneIsTouched() throws Exception {
    try (AnmMachine anm = new AnmMachine(home); LogLines log = new LogLines()) {
      Files.setPosixFilePermissions(anm.file("etc/cron.d/anm"), PosixFilePermissions.fromString("rw-r--r--"));

      anm.migrate();

      assertThat(anm.colony.nodes()).extracting(Node::id, Node::service, Node::status).containsExactly(
          tuple(1, "antnode0001.service", NodeStatus.RUNNING), tuple(2, "antnode0002.service", NodeStatus.RUNNING));
      assertThat(anm.colony.stored()).contains(Map.entry("node_cap", "4"), Map.entry("cpu_less_than", "51"),
          Map.entry("hd_remove", "86"), Map.entry("max_load_average_allowed", "8.0"), Map.entry("delay_start", "300"),
          Map.entry("delay_restart", "360"), Map.entry("delay_upgrade", "420"), Map.entry("delay_remove", "600"),
          Map.entry("node_storage", home.resolve("nodes").toString()), Map.entry("rewards_address", ColonyHarness.WALLET),
          Map.entry("docker_image", "autonomi/node:latest"),
          Map.entry("port_start", Integer.toString(anm.colony.nodes().get(0).ports().node() / 1_000)));
      assertThat(anm.file("etc/cron.d/anm")).doesNotExist();
      assertThat(anm.file("var/antctl/anm-cron.backup")).hasContent(AnmMachine.CRON);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(anm.file("var/antctl/anm-cron.backup"))))
          .isEqualTo("rw-r--r--");
      assertThat(anm.asRoot).containsExactly("sudo -n -- mv -f -T -- " + anm.file("etc/cron.d/anm") + " "
          + anm.file("var/antctl/anm-cron.backup"));
      assertThat(log.at(Level.INFO)).contains("took over 2 nodes: antnode0001.service, antnode0002.service",
          "anm is no longer called by cron; this gives the machine back to it: sudo mv "
              + anm.file("var/antctl/anm-cron.backup") + " " + anm.file("etc/cron.d/anm"));
      assertThat(log.at(Level.WARNING)).isEmpty();
      assertThat(anm.isUntouched()).isTrue();
      assertThat(anm.colony.cycle("--node_cap", "2").outcomes()).isEmpty();
    }
  }

  @Test
  void whatAnOperatorSaysWinsOverWhatAnmSaid() throws Exception {
    try (AnmMachine anm = new AnmMachine(home)) {
      Files.createDirectories(home.resolve("wnm"));
      Files.writeString(home.resolve("wnm/config"), "mem_remove = 90\nhd_remove = 91\n");

      Settings settings = anm.migrate("--cpu_remove", "88", "--hd_remove", "92");

      assertThat(settings.get(Options.CPU_LESS_THAN)).isEqualTo(51); // anm
      assertThat(settings.get(Options.MEM_REMOVE)).isEqualTo(90); // the config file
      assertThat(settings.get(Options.HD_REMOVE)).isEqualTo(92); // the command line
      assertThat(settings.get(Options.CPU_REMOVE)).isEqualTo(88);
      assertThat(settings.get(Options.SURVEY_DELAY)).isZero(); // the default
    }
  }

  @Test
  void theNodesAreUnitsOfTheSystemUnlessAnOperatorSaysOtherwise() throws Exception {
    try (AnmMachine anm = new AnmMachine(home)) {
      Dependencies tools = anm.colony.tools(folder -> ManagerRegistry.of(
          List.of(new NamedProvider(anm.colony.machine, "systemd+user", "systemd+sudo", "setsid+user"))));

      anm.migrate(tools);

      assertThat(anm.colony.stored()).containsEntry("process_manager", "systemd+sudo");
      assertThat(anm.colony.nodes()).extracting(Node::managerType).containsOnly("systemd+sudo");
    }
  }

  @Test
  void aDryRunSaysWhatWouldBeDoneAndChangesNothing() throws Exception {
    try (AnmMachine anm = new AnmMachine(home); LogLines log = new LogLines()) {
      Map<String, String> before = anm.files();

      anm.migrate("--dry_run");

      assertThat(anm.files()).isEqualTo(before);
      assertThat(log.at(Level.WARNING)).containsExactly("DRYRUN: " + anm.file("etc/cron.d/anm")
          + " would have been put aside as " + anm.file("var/antctl/anm-cron.backup"),
          "DRYRUN: would have taken over 2 nodes: antnode0001.service, antnode0002.service");
      assertThat(anm.asRoot).isEmpty();
    }
  }

  @Test
  void withoutTheScriptOrItsPortBaseThatOfAnmIsSupposedAndSaid() throws Exception {
    try (AnmMachine anm = new AnmMachine(home); LogLines log = new LogLines()) {
      anm.write("usr/bin/anms.sh", "#!/bin/sh\nexit\n");

      anm.migrate();

      assertThat(log.at(Level.WARNING)).containsExactly("no line ntpr=… was found in " + anm.file("usr/bin/anms.sh")
          + ", so node ports are taken to begin at 55000, unless those of the nodes tell otherwise");
      assertThat(anm.colony.nodes()).extracting(Node::id).containsExactly(1, 2);
    }
  }

  @Test
  void keysThatAnmAlwaysWritesAndThatAreMissingAreSaid() throws Exception {
    try (AnmMachine anm = new AnmMachine(home); LogLines log = new LogLines()) {
      Path config = anm.file("var/antctl/config");
      Files.writeString(config, Files.readString(config).replace("CpuRemove=66\n", ""));

      anm.migrate();

      assertThat(log.at(Level.WARNING))
          .containsExactly(config + " does not say CpuRemove; wnm's defaults hold for these");
    }
  }

  private static final String SWITCHED_TO = "0x2222222222222222222222222222222222222222";
  private static final String WALLET_FILE = "home/op/.local/share/anm-wallet";

  @Test
  void theWalletThatTheOperatorHasSwitchedToIsTheOneThatAnmsAccountHas() throws Exception {
    try (AnmMachine anm = new AnmMachine(home)) {
      anm.config("RewardsAddress=\"--rewards-address " + SWITCHED_TO + "\"");
      anm.write(WALLET_FILE, "# switched\nRewardsAddress=\"--rewards-address " + ColonyHarness.WALLET + "\"\n");
      anm.write("root/.local/share/anm-wallet", "RewardsAddress=\"--rewards-address " + SWITCHED_TO + "\"\n");

      Settings settings = anm.migrate();

      assertThat(settings.get(Options.REWARDS_ADDRESS)).isEqualTo(ColonyHarness.WALLET);
      assertThat(settings.source(Options.REWARDS_ADDRESS)).isEqualTo("RewardsAddress in " + anm.file(WALLET_FILE));
    }
  }

  @Test
  void whereAnmsAccountCannotBeToldTheOperatorsHomeIsLookedAt() throws Exception {
    try (AnmMachine anm = new AnmMachine(home); LogLines log = new LogLines()) {
      anm.config("RewardsAddress=\"--rewards-address " + SWITCHED_TO + "\"");
      anm.delete("etc/passwd");
      Path file = anm.colony.home.resolve(".local/share/anm-wallet");
      Files.createDirectories(file.getParent());
      Files.writeString(file, "RewardsAddress=\"--rewards-address " + ColonyHarness.WALLET + "\"\n");

      assertThat(anm.migrate().get(Options.REWARDS_ADDRESS)).isEqualTo(ColonyHarness.WALLET);
      assertThat(log.at(Level.WARNING)).containsExactly(
          "the home of op, which anm runs as, is not known; an anm-wallet in it is not read");
    }
  }

  @Test
  void runningNodesThatPayToAnotherWalletStopTheMigrationUnlessTheCommandLineNamesOne() throws Exception {
    try (AnmMachine anm = new AnmMachine(home); LogLines log = new LogLines()) {
      anm.write(WALLET_FILE, "RewardsAddress=\"--rewards-address " + SWITCHED_TO + "\"\n");
      Map<String, String> before = anm.files();

      assertThatThrownBy(anm::migrate).isInstanceOf(BadInputException.class).hasMessage("--migrate_anm: the running"
          + " antnode0001.service, antnode0002.service pay to " + ColonyHarness.WALLET + ", while --rewards_address is "
          + SWITCHED_TO + " (RewardsAddress in " + anm.file(WALLET_FILE) + "); say with --rewards_address where the rewards of"
          + " new nodes go");
      assertThat(anm.files()).isEqualTo(before);
      assertThat(anm.isUntouched()).isTrue();

      anm.migrate("--rewards_address", SWITCHED_TO);
      assertThat(anm.colony.stored()).containsEntry("rewards_address", SWITCHED_TO);
      assertThat(log.at(Level.WARNING)).singleElement().asString().startsWith("antnode0001.service, antnode0002.service pay to "
          + ColonyHarness.WALLET + ", while --rewards_address is " + SWITCHED_TO + " (the command line)");
    }
  }

  @Test
  void aWalletFileThatCannotBeUnderstoodDoesNotMatterWhereTheWalletIsNamed() throws Exception {
    try (AnmMachine anm = new AnmMachine(home)) {
      anm.write(WALLET_FILE, "if true; then\n");

      assertThat(anm.migrate("--rewards_address", ColonyHarness.WALLET).get(Options.REWARDS_ADDRESS))
          .isEqualTo(ColonyHarness.WALLET);
    }
  }

  /** What spoils a machine. */
  private interface Spoiling {
    void of(AnmMachine anm) throws IOException;
  }

  /**
   * @param name what is wrong
   * @param sentence how wnm says so; {@code /…} is where the test's files are
   */
  record Refusal(String name, Spoiling spoiling, String sentence, String... options) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Refusal> refusals() {
    return List.of(
        new Refusal("no anm", anm -> anm.delete("var/antctl/system"),
            "--migrate_anm: there is no anm on this machine: /…/var/antctl/system does not exist"),
        new Refusal("anm at work", anm -> anm.write("var/antctl/block", ""),
            "--migrate_anm: anm is at work (/…/var/antctl/block exists); try again in a minute, and if it stays, an anm that"
                + " was killed has left it: delete it"),
        new Refusal("no configuration", anm -> anm.delete("var/antctl/config"),
            "--migrate_anm: /…/var/antctl/config does not exist"),
        new Refusal("a folder for a configuration", anm -> {
          anm.delete("var/antctl/config");
          anm.write("var/antctl/config/x", "");
        }, "--migrate_anm: /…/var/antctl/config is not a file of anm"),
        new Refusal("a configuration that is no text", anm ->
            Files.write(anm.file("var/antctl/config"), new byte[] {(byte) 0xc0, (byte) 0xc0}),
            "--migrate_anm: /…/var/antctl/config is not UTF-8 text"),
        new Refusal("an empty configuration", anm -> anm.write("var/antctl/config", ""),
            "--migrate_anm: /…/var/antctl/config is empty"),
        new Refusal("half a configuration", anm -> anm.write("var/antctl/config", "RewardsAddress=donate\nCpuLessThan=5\n"),
            "--migrate_anm: /…/var/antctl/config does not say NodeStorage, so it seems to be cut off; complete it first"),
        new Refusal("a value that is none", anm -> anm.config("CpuRemove=900"),
            "--cpu_remove must be a whole number from 1 to 100 (%), but CpuRemove in /…/var/antctl/config says '900'"),
        new Refusal("a wallet that is none", anm -> anm.config("RewardsAddress=\"--rewards-address EtheriumAddress\""),
            "--rewards_address"),
        new Refusal("the zero address for a wallet", anm -> anm.config("RewardsAddress=0x" + "0".repeat(40)),
            "--rewards_address: wallet 0x0000000000000000000000000000000000000000 is the zero address"),
        new Refusal("a wallet file that is a script", anm -> anm.write(WALLET_FILE, "if true; then\n"),
            "--migrate_anm: /…/home/op/.local/share/anm-wallet line 1: 'if true; then' is not of the form KEY=value"),
        new Refusal("a wallet file without a wallet", anm -> anm.write(WALLET_FILE, "Other=1\n"),
            "--migrate_anm: /…/home/op/.local/share/anm-wallet does not say RewardsAddress; say with --rewards_address"),
        new Refusal("a delay that is none", anm -> anm.config("DelayStart=soon"),
            "--delay_start must be a whole number from 0 to 31536000 (s), but DelayStart in /…/var/antctl/config (in runs of"
                + " a minute) says 'soon'"),
        new Refusal("a port base that is none", anm -> anm.write("usr/bin/anms.sh", "ntpr=999\n"), "--port_start must be"),
        new Refusal("thresholds that contradict each other", anm -> anm.config("CpuRemove=45"),
            "--cpu_less_than (51, CpuLessThan in /…/var/antctl/config) must be below --cpu_remove (45, CpuRemove in"
                + " /…/var/antctl/config)"),
        new Refusal("fewer nodes wanted than there are", anm -> anm.config("NodeCap=1"),
            "--migrate_anm: NodeCap in /…/var/antctl/config says 1, but there are 2 nodes, and wnm would delete the excess; say"
                + " with --node_cap how many are to stay"),
        new Refusal("a listing beside it", anm -> {
          anm.write("listing", "");
          anm.colony.machine.tool().lists("", List.of());
        }, "--import_file does not go with --migrate_anm", "--import_file", "top/listing"),
        new Refusal("no antnode", anm -> Files.delete(anm.colony.home.resolve(".local/bin/antnode")), "the node program is missing"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void whatCannotBeTakenOverIsRefusedBeforeAnythingIsTouched(Refusal refusal) throws Exception {
    try (AnmMachine anm = new AnmMachine(home)) {
      refusal.spoiling().of(anm);
      Map<String, String> before = anm.files();

      assertThatThrownBy(() -> anm.migrate(refusal.options())).isInstanceOf(BadInputException.class)
          .hasMessageStartingWith(refusal.sentence().replace("/…", anm.top.toString()));

      assertThat(anm.files()).isEqualTo(before);
      assertThat(anm.asRoot).isEmpty();
      assertThat(anm.isUntouched()).isTrue();
    }
  }

  @Test
  void aMachineWithoutNodesIsRefused() throws Exception {
    try (AnmMachine anm = new AnmMachine(home); ColonyHarness empty = new ColonyHarness(home)) {
      Map<String, String> before = anm.files();

      assertThatThrownBy(() -> anm.migrate(empty.tools(), "--process_manager", "memory+user"))
          .isInstanceOf(BadInputException.class)
          .hasMessage("--migrate_anm: memory+user runs no node that could be taken over");

      assertThat(anm.files()).isEqualTo(before);
    }
  }

  @Test
  void nodesThatCannotBeListedAreAnObstacleBeforeAnythingIsTouched() throws Exception {
    try (AnmMachine anm = new AnmMachine(home)) {
      anm.colony.machine.tool().breaksDown("the tool does not answer");
      Map<String, String> before = anm.files();

      assertThatThrownBy(anm::migrate).isInstanceOf(ManagerUnavailableException.class).hasMessage("the tool does not answer");

      assertThat(anm.files()).isEqualTo(before);
    }
  }

  @Test
  void aProcessManagerThatCannotWorkHereIsAnObstacleBeforeAnythingIsTouched() throws Exception {
    try (AnmMachine anm = new AnmMachine(home)) {
      Dependencies tools = anm.colony.tools(folder -> ManagerRegistry.of(
          List.of(new NamedProvider(anm.colony.machine, "systemd+sudo").unable("sudo asks for a password"))));
      Map<String, String> before = anm.files();

      assertThatThrownBy(() -> anm.migrate(tools)).isInstanceOf(ManagerUnavailableException.class)
          .hasMessage("process manager systemd+sudo cannot work here: sudo asks for a password");

      assertThat(anm.files()).isEqualTo(before);
    }
  }

  @Test
  void aCronEntryThatCannotBePutAsideIsAnObstacle() throws Exception {
    try (AnmMachine anm = new AnmMachine(home)) {
      anm.colony.runner = AnmMachine.withoutRights(anm.colony.runner);
      Map<String, String> before = anm.files();

      assertThatThrownBy(anm::migrate).isInstanceOf(BadInputException.class)
          .hasMessageStartingWith("--migrate_anm: anm's cron entry could not be put aside: sudo failed")
          .hasMessageContaining("sudo -n -- mv -f -T -- ").hasMessageContaining("exit 1").hasMessageEndingWith("stderr ends: sudo: a password is required");

      assertThat(anm.files()).isEqualTo(before);
    }
  }

  @Test
  void anAnmThatHasJustBegunGetsItsCronEntryBack() throws Exception {
    try (AnmMachine anm = new AnmMachine(home)) {
      Map<String, String> before = anm.files();
      anm.colony.meanwhile = () -> {
        assertThat(anm.file("etc/cron.d/anm")).doesNotExist();
        write(anm, "var/antctl/block");
      };

      assertThatThrownBy(anm::migrate).isInstanceOf(BadInputException.class).hasMessageContaining("anm is at work");

      anm.delete("var/antctl/block");
      assertThat(anm.files()).isEqualTo(before);
    }
  }

  @Test
  void whateverGoesWrongOnceItIsAsideTheCronEntryIsPutBack() throws Exception {
    try (AnmMachine anm = new AnmMachine(home)) {
      Map<String, String> before = anm.files();
      anm.colony.meanwhile = () -> anm.colony.machine.tool().breaksDown("the tool does not answer");

      assertThatThrownBy(anm::migrate).isInstanceOf(ManagerUnavailableException.class);

      assertThat(anm.files()).isEqualTo(before);
      anm.colony.machine.tool().recovers();
      anm.colony.meanwhile = () -> {};
      anm.migrate();
      assertThat(anm.colony.nodes()).hasSize(2);
    }
  }

  @Test
  void aSignalThatEndsWnmMeanwhilePutsTheCronEntryBackToo() throws Exception {
    Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
        System.getProperty("java.class.path"), TakeOverSlowly.class.getName(), home.toString())
        .redirectErrorStream(true).redirectOutput(home.resolve("out").toFile()).start();
    Eventually.eventually("the cron entry is aside", () -> Files.exists(home.resolve("paused")));
    assertThat(home.resolve("top/etc/cron.d/anm")).doesNotExist();

    process.destroy();

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(home.resolve("top/etc/cron.d/anm")).hasContent(AnmMachine.CRON);
    assertThat(home.resolve("colony.db")).doesNotExist();
  }

  /** Takes a machine over and hangs while the cron entry is aside. */
  static final class TakeOverSlowly {
    private TakeOverSlowly() {}

    public static void main(String[] args) throws Exception {
      try (AnmMachine anm = new AnmMachine(Path.of(args[0]))) {
        anm.colony.meanwhile = () -> {
          try {
            Files.createFile(Path.of(args[0], "paused"));
            new CountDownLatch(1).await();
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
        anm.migrate();
      }
    }
  }

  @Test
  void aCronEntryThatCannotBePutBackIsSaidWithWhatToDo() throws Exception {
    try (AnmMachine anm = new AnmMachine(home); LogLines log = new LogLines()) {
      anm.colony.meanwhile = () -> {
        write(anm, "var/antctl/block");
        write(anm, "etc/cron.d/anm/in the way");
      };

      assertThatThrownBy(anm::migrate).isInstanceOf(BadInputException.class).hasMessageContaining("anm is at work");

      assertThat(log.at(Level.SEVERE)).singleElement().asString().startsWith("anm's cron entry could not be put back (")
          .endsWith("do it by hand: sudo mv " + anm.file("var/antctl/anm-cron.backup") + " " + anm.file("etc/cron.d/anm"));
    }
  }

  @Test
  void aMigrationThatWasKilledIsRepeated() throws Exception {
    try (AnmMachine anm = new AnmMachine(home); LogLines log = new LogLines()) {
      Files.move(anm.file("etc/cron.d/anm"), anm.file("var/antctl/anm-cron.backup"));
      Files.createFile(home.resolve("colony.db.lock"));

      anm.migrate();

      assertThat(anm.colony.nodes()).hasSize(2);
      assertThat(anm.file("var/antctl/anm-cron.backup")).hasContent(AnmMachine.CRON);
      assertThat(log.at(Level.INFO)).anyMatch(line -> line.contains("gives the machine back"));
    }
  }

  @Test
  void aMachineThatWasTakenOverIsNotTakenOverAgain() throws Exception {
    try (AnmMachine anm = new AnmMachine(home)) {
      anm.migrate();

      assertThatThrownBy(anm::migrate).isInstanceOf(BadInputException.class).hasMessageContaining("initialized already");
    }
  }

  private static void write(AnmMachine anm, String name) {
    try {
      anm.write(name, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
