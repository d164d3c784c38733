package dev.wnm.managers.s6overlay.image;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.managers.s6overlay.companion.Wish;
import dev.wnm.managers.s6overlay.companion.Wishes;
import dev.wnm.managers.s6overlay.supervisord.Conversion;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.testkit.docker.DockerEngine;
import dev.wnm.testkit.docker.GroupImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** {@code wnm-companions} in one container: each test has services of its own, the last one ends it. */
@ResourceLock(value = DockerEngine.RESOURCE, mode = ResourceAccessMode.READ)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CompanionOperationsTest {
  private static final String ENDS = "/var/antctl/services/ends";
  private static final String FOREVER = "while :; do sleep 0.1; done";

  @TempDir
  private static Path folder;
  private static GroupContainer container;

  @BeforeAll
  static void aContainerWithServices() throws IOException {
    Path file = Files.writeString(folder.resolve("supervisord.conf"), """
        [supervisord]
        [program:db]
        command=/bin/sh -c "trap 'sleep 1; echo db-saved >>%1$s; exit 0' TERM; %2$s"
        environment=TOKEN="s3cret"
        stopwaitsecs=8
        [program:web]
        command=/bin/sh -c "trap 'echo web-ended >>%1$s; exit 0' TERM; %2$s"
        [program:rereads]
        command=/bin/sh -c "echo begins; echo oh >&2; trap 'echo reread' HUP; %2$s"
        stdout_logfile=/var/log/rereads.log
        stderr_logfile=/var/log/rereads-errors.log
        user=ant
        [program:listens]
        command=/usr/bin/perl -e "use IO::Socket::INET; my $s = IO::Socket::INET->new(LocalAddr => '127.0.0.1:18080', Listen => 5) or die; my $c = IO::Socket::INET->new('127.0.0.1:18080'); sleep 1000"
        user=ant
        [program:dies]
        command=/bin/sh -c "exec sleep 1000"
        [program:bad]
        command=/bin/sh -c "echo cannot find my database; exit 3"
        startretries=1
        [program:later]
        command=/bin/sh -c "exec sleep 1000"
        autostart=false
        [program:stuck]
        command=/bin/sh -c "exec sleep 1000"
        stopwaitsecs=1
        [program:saved]
        command=/bin/sh -c "trap 'exit 0' TERM; %2$s"
        environment=WHERE="/var/antctl/services/saved"
        """.formatted(ENDS, FOREVER));
    Path companions = folder.resolve("companions");
    Conversion.of(file, Map.of(), Wishes.NONE.with(Wish.DEPENDS, "web:db")
        .with(Wish.BEFORE_STOP, "db=sh -c \"echo before-db $(/command/s6-svstat -o up .) >>" + ENDS + "\","
            + "saved=sh -c \"echo $(/command/s6-svstat -o up .) >>$WHERE\",stuck=sleep 600")
        .with(Wish.RELOAD_COMMAND, "web=sh -c \"echo told again\"")).writeTo(companions);
    Path context = folder.resolve("context");
    new ImageSource().writeTo(context, Optional.of(companions));
    container = GroupContainer.ofImage(folder.resolve("group"), GroupImage.build(context));
    eventually("all are up that start by themselves",
        () -> List.of("db", "web", "rereads", "listens", "dies", "stuck", "saved").stream().allMatch(name -> status(name).startsWith(name + "\tup\t")));
  }

  @AfterAll
  static void theEnd() {
    container.close();
  }

  private static CommandResult run(String... words) {
    List<String> all = new ArrayList<>(List.of("wnm-companions"));
    all.addAll(Arrays.asList(words));
    return container.exec(all.toArray(String[]::new));
  }

  /** The service's line; empty when it has none. */
  private static String status(String name) {
    return run("status").stdout().lines().filter(line -> line.startsWith(name + "\t")).findFirst().orElse("");
  }

  @Test
  @Order(1)
  void oneCallTellsOfAllOfThem() {
    eventually("the bad one was given up", () -> status("bad").startsWith("bad\tgiven-up\t-1\t"));

    List<String> lines = run("status").stdout().lines().toList();

    assertThat(lines).extracting(line -> line.split("\t")[0])
        .containsExactly("bad", "db", "dies", "later", "listens", "rereads", "saved", "stuck", "web");
    assertThat(lines.get(0)).contains("\trestarts=1\t", "\twhy=exit 3, and s6 does not start it again\t", "words=cannot find my database");
    assertThat(lines.get(3)).startsWith("later\tnot-started\t-1\t").contains("why=it has not been started since the container runs")
        .doesNotContain("facts=");
    assertThat(lines.get(4)).matches("listens\tup\t\\d+\tsince=\\d+\trestarts=0.*\tfacts=rss=\\d+ cpu_ms=\\d+ up=\\d+ threads=1 fds=\\d+ udp= "
        + "tcp=1 listens=18080");
  }

  @Test
  @Order(2)
  void whatIsPrintedIsReadOnFromWhereItWasReadTo() {
    List<String> first = run("logs", "rereads", "--lines", "5").stdout().lines().toList();
    assertThat(first).hasSize(3).contains("begins", "oh");
    assertThat(first.get(0)).matches("position 1:\\d+:7,2:\\d+:3");

    assertThat(run("reload", "--by", "alice", "rereads").stdout()).isEqualTo("rereads\tdone\tHUP\n");
    assertThat(run("logs", "rereads", "--from", first.get(0).substring(9), "--wait", "20").stdout().lines().skip(1)).containsExactly("reread");
    assertThat(run("logs", "later").stderr()).contains("the logger of later does not run");
    assertThat(run("logs", "rereads", "--from", "$(reboot)").exitCode()).isEqualTo(2);
  }

  @Test
  @Order(3)
  void aLogIsReadOnThroughARotation() {
    String position = run("logs", "rereads").stdout().lines().findFirst().orElseThrow().substring(9);
    assertThat(container.exec("sh", "-c", "cd /var/log/rereads.log.d && echo between >>current && mv current @400000006b0c7b9718ae2880.s"
        + " && echo after >current").succeeded()).isTrue();

    assertThat(run("logs", "rereads", "--from", position).stdout().lines().skip(1)).contains("between", "after");
  }

  @Test
  @Order(4)
  void aReloadIsACommandOrHupAndSaysWhenThatEndsTheService() {
    assertThat(run("reload", "web").stdout()).isEqualTo("web\tdone\tcommand\n");
    CommandResult died = run("reload", "dies");
    assertThat(died.exitCode()).isEqualTo(1);
    assertThat(died.stdout()).startsWith("dies\tfailed\tHUP ended it (").contains("--reload_command");
    assertThat(run("reload", "later").stdout()).isEqualTo("later\tfailed\tit does not run\n");
    assertThat(run("reload", "nope", "../x").stdout())
        .isEqualTo("nope\trefused\tthere is no such service\n.._x\trefused\tthere is no such service\n");
  }

  @Test
  @Order(5)
  void aServiceIsStoppedStartedAndRestartedAlone() {
    String web = status("web").split("\t")[2];

    assertThat(run("stop", "--by", "alice", "saved").stdout()).isEqualTo("saved\tdone\tdown\n");
    assertThat(container.volume().resolve("saved")).as("what it wanted done while it still ran").hasContent("true");
    assertThat(status("saved")).startsWith("saved\tdown\t-1\t").contains("\twhy=stopped by alice at 20");
    assertThat(run("stop", "saved").stdout()).isEqualTo("saved\tdone\talready-down\n");
    assertThat(run("start", "saved").stdout()).isEqualTo("saved\tdone\tup\n");
    assertThat(run("start", "saved").stdout()).isEqualTo("saved\tdone\talready-up\n");
    assertThat(run("restart", "saved").stdout()).isEqualTo("saved\tdone\tup\n");
    assertThat(container.volume().resolve("saved")).as("once for each of its runs").hasContent("true\ntrue");
    assertThat(run("start", "later").stdout()).as("one that s6-rc does not know up").isEqualTo("later\tdone\tup\n");
    assertThat(run("restart", "bad").stdout()).startsWith("bad\tfailed\tit does not stay up: exit 3; it said: ")
        .contains("cannot find my database");
    assertThat(status("web").split("\t")[2]).as("the process of another one").isEqualTo(web);
  }

  @Test
  @Order(6)
  void aCommandBeforeTheStopThatHangsOrFailsDoesNotKeepItFromHappening() {
    assertThat(run("stop", "stuck").stdout()).isEqualTo("stuck\tdone\tdown\n");
    assertThat(container.exec("cat", "/run/companions/audit").stdout())
        .contains(" before-stop stuck failed: it took longer than 1000 ms\n");
  }

  @Test
  @Order(7)
  void whatBefellAServiceIsExplained() {
    assertThat(run("explain", "saved").stdout()).contains("saved is up since 20", "made from supervisord.conf line ",
        "is stopped by SIGTERM, killed after 10000 ms", "before a stop: 'sh' '-c'", "reloads by: HUP", "helped by: saved-before-stop saved-log",
        " alice stop saved done: down", " alice before-stop saved done")
        .doesNotContain("web", "WHERE=");
    assertThat(run("explain", "bad").stdout()).contains(" exitcode 3\n");
    assertThat(run("explain", "db").stdout()).contains("as far as s6 remembers\n  not once").doesNotContain("s3cret");
    assertThat(run("explain", "nope").stderr()).contains("there is no service nope; there are: bad db ");
    assertThat(container.log()).contains("companions: 20", " alice stop saved done: down");
  }

  @Test
  @Order(8)
  void callsAreTracedWhereTheImageHasStraceElseTheKernelTells() {
    assertThat(run("trace", "rereads", "1").stdout()).contains("# strace for 1 s of ", "wait4(");
    container.exec("mv", "/usr/bin/strace", "/usr/bin/strace.away");
    assertThat(run("trace", "rereads", "1").stdout()).contains("# The image has no strace", " sh: S (sleeping)", "2 -> ");
    assertThat(run("trace", "bad", "1").stderr()).contains("bad does not run");
  }

  @Test
  @Order(9)
  void theContainersEndStopsThemInTheReverseOrderAndWaitsForWhatTheySave() throws IOException {
    Files.deleteIfExists(container.volume().resolve("ends"));

    container.stop();

    assertThat(container.volume().resolve("ends")).as("web, which depends on db, then what db wants done, then db, which takes its time")
        .hasContent("web-ended\nbefore-db true\ndb-saved");
  }
}
