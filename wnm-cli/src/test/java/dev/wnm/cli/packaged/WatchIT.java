package dev.wnm.cli.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.testkit.Eventually;
import dev.wnm.testkit.antctl.StandInAntctl;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A wnm that stays up does what one that cron calls each minute would do: with the settings of the minute, whatever happens. */
class WatchIT {
  private TestHost host;
  private WnmRun watch;

  @BeforeEach
  void anEmptyMachine() throws IOException {
    host = TestHost.create();
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    if (watch != null) {
      watch.killed();
    }
    host.close();
  }

  private void init(String... more) {
    List<String> words = new ArrayList<>(TestHost.WIDE_LIMITS);
    words.addAll(TestHost.NO_DELAYS);
    words.addAll(Arrays.asList(more));
    host.done(host.initWords(words));
  }

  private void watch(String... words) {
    // Whoever runs the tests may have them ignore a hang-up, and a program that ignores one from its start goes on doing so.
    watch = host.wnm().startedBy("/usr/bin/env", "--default-signal=HUP").start(words);
    cyclesMore(1);
  }

  private long cycles() {
    return watch.out().lines().filter(line -> line.contains(" node")).count();
  }

  private void cyclesMore(int more) {
    long before = cycles();
    Eventually.eventually(more + " more cycles of " + watch, () -> cycles() >= before + more);
  }

  private String nodeCap() {
    return host.colony().rows("SELECT node_cap FROM machine").get(0).get("node_cap");
  }

  private void config(String text) throws IOException {
    Path file = host.home().resolve("wnm/config");
    Files.createDirectories(file.getParent());
    Path part = Files.writeString(file.resolveSibling("part"), text);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Until no cycle of the watch is in the way. */
  private void otherRun(String... words) {
    Eventually.eventually("another run comes in between", () -> host.run(words).exit() == 0);
  }

  @Test
  void aCapThatAnotherRunHasRaisedIsNotStoredBackAndNoNodeIsLost() throws Exception {
    config("node_cap = 1\n");
    init();
    host.done("--force_action", "add");
    watch("--watch", "1", "--node_cap", "1");

    config("node_cap = 3\n");
    otherRun("--force_action", "add", "--count", "2");
    otherRun("--force_action", "update_config", "--node_cap", "3");
    cyclesMore(3);
    assertThat(nodeCap()).isEqualTo("3");
    assertThat(host.nodes()).hasSize(3);

    // The file still says 3 and the command line still says 1; neither is news.
    otherRun("--force_action", "update_config", "--node_cap", "4");
    cyclesMore(3);
    assertThat(nodeCap()).isEqualTo("4");
    assertThat(host.colony().rows("SELECT * FROM operation WHERE kind IN ('RETIRE', 'REMOVE')")).isEmpty();
    assertThat(watch.err()).doesNotContain("stored");
  }

  @Test
  void aCapThatChangesInTheConfigFileOrInTheDatabaseCounts() throws Exception {
    init("--node_cap", "2");
    otherRun("--force_action", "add", "--count", "2");
    watch("--watch", "1");

    config("node_cap = 1\n");
    Eventually.eventually("one node is removed", () -> host.nodes().size() == 1 && nodeCap().equals("1"));
    host.colony().change("UPDATE machine SET node_cap = 0");
    Eventually.eventually("the other is removed", () -> host.nodes().isEmpty());
    assertThat(nodeCap()).isEqualTo("0");
  }

  @Test
  void troubleIsOutlivedAndSaidOnce() throws Exception {
    init("--node_cap", "0");
    watch("--watch", "1");

    config("node_cpa = 3\n");
    begins("unknown option --node_cpa");
    config("node_cap = 0\n");
    ends(1);

    Path away = host.database().resolveSibling("away.db");
    Eventually.eventually("moved between two cycles", () -> {
      try (FileChannel lock = FileChannel.open(Path.of(host.database() + ".lock"), StandardOpenOption.WRITE)) {
        if (lock.tryLock() == null) {
          return false;
        }
        Files.move(host.database(), away);
        return true;
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    });
    begins("there is no database");
    Files.move(away, host.database());
    ends(2);

    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + host.database() + "?busy_timeout=15000")) {
      other.createStatement().execute("BEGIN IMMEDIATE");
      begins("is in use by another program");
    }
    ends(3);

    try (FileChannel lock = FileChannel.open(Path.of(host.database() + ".lock"), StandardOpenOption.WRITE)) {
      lock.lock();
      begins("another wnm is at work");
    }
    ends(4);
    assertThat(watch.err().lines().filter(line -> line.contains("no cycle could run"))).hasSize(4);
  }

  private void begins(String why) {
    Eventually.eventually(why + " is said by " + watch,
        () -> watch.err().lines().anyMatch(line -> line.contains("no cycle could run") && line.contains(why)));
  }

  private void ends(int times) {
    Eventually.eventually("trouble " + times + " ends in " + watch,
        () -> watch.out().lines().filter(line -> line.startsWith("cycles run again")).count() == times);
    cyclesMore(2);
  }

  @Test
  void aFullDiskIsOutlived() throws Exception {
    assertThat(System.getProperty("user.name")).as("this can be tried by root only: run the tests as root").isEqualTo("root");
    init("--node_cap", "0");
    try (Scene scene = new Scene(host)) {
      Path disk = scene.smallDisk("disk", "2m");
      Files.setPosixFilePermissions(disk, PosixFilePermissions.fromString("rwx------"));
      Files.copy(host.database(), disk.resolve("colony.db"));
      watch("--watch", "1", "--dbpath", disk.resolve("colony.db").toString());

      scene.fill(disk);
      begins("no space left");
      Files.delete(disk.resolve("ballast"));
      ends(1);
      watch.killed();
    }
  }

  @Test
  void aProcessManagerThatIsGoneForAWhileIsOutlived() throws Exception {
    Path antctl = host.home().resolve("antctl");
    Path away = host.home().resolve("away");
    StandInAntctl.installInto(host.home());
    init("--process_manager", "antctl+user", "--antctl_path", antctl.toString(), "--node_cap", "0");
    watch("--watch", "1");

    Files.move(antctl, away);
    begins("antctl");
    Files.move(away, antctl);
    ends(1);
  }

  @Test
  void aHangUpStartsACycleAtOnceAndATerminationEndsTheWait() throws Exception {
    init("--node_cap", "0");
    watch("--watch", "86400");
    for (int i = 0; i < 2; i++) {
      assertThat(new ProcessBuilder("kill", "-HUP", Long.toString(watch.process().pid())).start().waitFor()).isZero();
      cyclesMore(1);
    }
    watch.process().destroy();
    watch.ended();
    assertThat(watch.exit()).isEqualTo(128 + 15);
  }

  @Test
  void aNodeThatDiesIsLookedAtLongBeforeTheNextCycleIsDue() throws Exception {
    init("--node_cap", "1");
    host.done("--force_action", "add");
    watch("--watch", "86400");

    host.killNodes(rootDir -> true);
    Eventually.eventually("its death is told by " + watch, () -> watch.err().contains("antnode0001.service died"));
    Eventually.eventually("the cycle is over", () -> cycles() >= 2);
  }

  @Test
  void aHangUpReadsSettingsAgain() throws Exception {
    config("node_cap = 0\n");
    init();
    watch("--watch", "86400");
    config("node_cap = 3\n");
    hangUp();
    Eventually.eventually("the file counts", () -> nodeCap().equals("3"));
  }

  private void hangUp() {
    try {
      new ProcessBuilder("kill", "-HUP", Long.toString(watch.process().pid())).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aTerminationCutsOffWhatTakesLongAndTheNextRunSettlesIt() throws Exception {
    init("--node_cap", "2");
    host.done("--force_action", "add", "--count", "2");
    host.done();
    // A survey that takes an hour.
    watch = host.wnm().startedBy("/usr/bin/env", "--default-signal=HUP").start("--watch", "1", "--this_survey_delay", "3600000",
        "--loglevel", "INFO");
    Eventually.eventually("a cycle is under way in " + watch, () -> watch.err().contains("SURVEY"));
    watch.process().destroy();
    watch.ended();
    assertThat(watch.exit()).isEqualTo(128 + 15);
    assertThat(watch.err()).contains("the cycle under way is cut off");
    assertThat(host.nodes("RUNNING")).hasSize(2);
    host.done();
    assertThat(host.nodes("RUNNING")).hasSize(2);
  }

  @Test
  void aDatabaseThatIsNotThereEndsItAtTheStart() {
    WnmRun run = host.run("--watch", "1");
    assertThat(run.exit()).isEqualTo(4);
    assertThat(run.err()).contains("there is no database", "--init makes one");
  }
}
