package dev.wnm.managers.s6overlay.image;

import static dev.wnm.managers.s6overlay.image.GroupContainer.answers;
import static dev.wnm.managers.s6overlay.image.GroupContainer.definition;
import static dev.wnm.managers.s6overlay.image.GroupContainer.name;
import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.spi.command.CommandResult;
import dev.wnm.testkit.docker.DockerEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLockTarget;

@ResourceLock(value = DockerEngine.RESOURCE, mode = ResourceAccessMode.READ, target = ResourceLockTarget.CHILDREN)
@Order(5)
class GroupContainerTest {
  private static final int MANY = 30;

  @TempDir
  private Path home;

  @Test
  void manyNodesStartInOneExecAndAnswerAtTheContainersAddress() throws Exception {
    try (GroupContainer group = GroupContainer.start(home)) {
      String lines = IntStream.rangeClosed(1, MANY).mapToObj(id -> definition(id)).collect(Collectors.joining());

      CommandResult started = group.nodes(lines, "start", "--ready", "30");

      assertThat(started.describe()).contains("exit 0");
      assertThat(answers(started)).hasSize(MANY)
          .allSatisfy((name, answer) -> assertThat(answer).isEqualTo("done\tready"));
      for (int id = 1; id <= MANY; id++) {
        String page = eventuallyMetrics(group, id);
        assertThat(page).contains("ant_node");
      }
      assertThat(group.status()).hasSize(MANY).allSatisfy((name, words) -> {
        assertThat(words.get(1)).isEqualTo("up");
        assertThat(Integer.parseInt(words.get(2))).isPositive();
        assertThat(words.get(4)).isEqualTo("0");
        assertThat(words.get(6)).isEqualTo("yes");
      });
      assertThat(group.exec("ps", "-o", "user=", "-C", "perl").stdout().lines()).hasSize(MANY).containsOnly("ant");
    }
  }

  @Test
  void filesOnTheHostBelongToTheVolumesOwner() throws Exception {
    try (GroupContainer group = GroupContainer.start(home)) {
      group.nodes(definition(1), "start", "--ready", "30");

      assertThat(group.exec("id", "-u", "ant").stdout().strip()).isEqualTo("4242");
      try (Stream<Path> all = Files.walk(group.volume())) {
        assertThat(all.toList()).hasSizeGreaterThan(8).allSatisfy(path -> {
          assertThat(Files.getAttribute(path, "unix:uid")).isEqualTo(GroupContainer.OWNER);
          assertThat(Files.getAttribute(path, "unix:gid")).isEqualTo(GroupContainer.OWNERS_GROUP);
        });
      }
    }
  }

  @Test
  void theOwnerMayBeNamed() throws Exception {
    Path volume = Files.createDirectory(home.resolve("volume"));
    GroupContainer.run("chmod", "777", volume.toString());
    try (GroupContainer group = GroupContainer.startOn(volume, "WNM_ANT_UID=5151", "WNM_ANT_GID=100")) {
      eventually("the container has booted", () -> group.nodes("", "status").succeeded());
      assertThat(group.exec("id", "-u", "ant").stdout().strip()).isEqualTo("5151");
      assertThat(group.exec("id", "-g", "ant").stdout().strip()).as("of a group that the image has")
          .isEqualTo("100");
    }
  }

  @Test
  void aVolumeOfRootEndsTheContainerWithTheReason() throws Exception {
    Path volume = Files.createDirectory(home.resolve("volume"));
    try (GroupContainer group = GroupContainer.startOn(volume)) {
      eventually("the container has ended", () -> group.inspect("{{.State.Running}}").equals("false"));
      assertThat(group.inspect("{{.State.ExitCode}}")).isEqualTo("1");
      assertThat(group.log()).contains("ant-ids: fatal: the uid for ant is 0, and nodes never run as root");
    }
  }

  @Test
  void aStoppedNodesPortIsClosedAtOnceAndTheNodeStaysDown() throws Exception {
    try (GroupContainer group = GroupContainer.start(home)) {
      group.nodes(definition(1) + definition(2), "start", "--ready", "30");
      eventuallyMetrics(group, 1);

      assertThat(answers(group.nodes(name(1) + "\n", "stop"))).containsEntry(name(1), "done\tdown");
      assertThat(answers(group.nodes(name(1) + "\n", "stop"))).containsEntry(name(1), "done\talready-down");

      Instant before = Instant.now();
      assertThatThrownBy(() -> group.metrics(1)).isInstanceOf(IOException.class);
      assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofMillis(900));
      assertThat(group.state(name(1))).isEqualTo("down");
      assertThat(group.metrics(2)).contains("ant_node");
      assertThat(answers(group.nodes(definition(1) + definition(2), "start", "--ready", "30")))
          .containsEntry(name(1), "done\tready").containsEntry(name(2), "done\talready-up");
    }
  }

  @Test
  void aRemovedNodeIsGoneButForItsData() throws Exception {
    try (GroupContainer group = GroupContainer.start(home)) {
      group.nodes(definition(1) + definition(2), "start", "--ready", "30");

      CommandResult removed = group.nodes(name(1) + "\nno name\n" + name(9) + "\n", "remove");

      assertThat(removed.exitCode()).isEqualTo(1);
      assertThat(answers(removed)).containsEntry(name(1), "done\tremoved").containsEntry(name(9), "done\talready-gone")
          .hasEntrySatisfying("#2", answer -> assertThat(answer).startsWith("refused\t"));
      assertThat(group.status()).containsOnlyKeys(name(2));
      assertThat(group.exec("pgrep", "-f", name(1)).stdout()).isEmpty();
      assertThat(group.exec("ls", "/run/service", "/run/wnm/nodes", GroupContainer.VOLUME + "/.wnm").stdout())
          .contains(name(2)).doesNotContain(name(1));
      assertThat(group.volume().resolve(name(1)).resolve("secret-key")).exists();
    }
  }

  @Test
  void aNodeThatKeepsDyingIsLeftDownWithItsLastWords() throws Exception {
    try (GroupContainer group = GroupContainer.start(home)) {
      String line = String.join("\t", "dying", "port=13100", "deaths=3", "within=60", "--", "WHY=of the disk",
          "/bin/sh", "-c", "echo \"cannot go on, $WHY\"; exit 7") + "\n";

      Map<String, String> answers = answers(group.nodes(line, "start", "--ready", "30"));

      assertThat(answers.get("dying")).startsWith("failed\tit died 3 times; its last words: ")
          .endsWith("cannot go on, of the disk");
      eventually("s6 has given up", () -> group.state("dying").equals("dead"));
      List<String> words = group.status().get("dying");
      assertThat(words.get(4)).isEqualTo("3");
      assertThat(words.get(5)).isEqualTo("7");
      assertThat(words.get(7)).endsWith("cannot go on, of the disk");
      assertThat(answers(group.nodes(line, "start", "--ready", "30")).get("dying"))
          .as("a start asked for gives it all its tries again").startsWith("failed\tit died 3 times");
    }
  }

  @Test
  void aRestartedContainerBringsBackWhatWasUpAndNothingElse() throws Exception {
    try (GroupContainer group = GroupContainer.start(home)) {
      group.nodes(definition(1) + definition(2) + definition(3), "start", "--ready", "30");
      group.nodes(name(2) + "\n", "stop");
      group.nodes(name(3) + "\n", "remove");
      // What a node may write into the registry is no more trusted than what is said on stdin.
      Files.writeString(group.volume().resolve(".wnm/evil"), "evil\tlogs=/etc\t--\t/bin/sh\n");

      group.restart();

      assertThat(group.status()).containsOnlyKeys(name(1), name(2));
      assertThat(group.state(name(2))).isEqualTo("down");
      assertThat(eventuallyMetrics(group, 1)).contains("ant_node");
      assertThat(group.log()).contains("antnodes: left out evil");
    }
  }

  @Test
  void theContainerEndsInOrderAndNodesGetTheirTime() throws Exception {
    try (GroupContainer group = GroupContainer.start(home)) {
      String slow = String.join("\t", "slow", "--", "/bin/sh", "-c",
          "trap 'sleep 2; echo saved >saved; exit 0' INT; while :; do sleep 0.1; done") + "\n";
      group.nodes(slow, "start");
      eventually("the node is up", () -> group.state("slow").equals("up"));

      group.stop();

      assertThat(group.inspect("{{.State.ExitCode}}")).isEqualTo("0");
      assertThat(group.volume().resolve("slow/saved")).hasContent("saved");
    }
  }

  @Test
  void haltEndsTheContainerAsAHangUpOfItsPrimaryCommandDoes() throws Exception {
    try (GroupContainer group = GroupContainer.start(home)) {
      group.nodes(definition(1), "start", "--ready", "30");

      assertThat(group.nodes("", "halt").exitCode()).isZero();

      eventually("the container has ended", () -> group.inspect("{{.State.Running}}").equals("false"));
      assertThat(group.inspect("{{.State.ExitCode}}")).isEqualTo("0");
    }
  }

  @Test
  void aNodeThatIgnoresItsSignalIsKilledInTheEnd() throws Exception {
    try (GroupContainer group = GroupContainer.start(home)) {
      group.nodes(String.join("\t", "deaf", "stop_ms=1000", "--", "/bin/sh", "-c", "trap '' INT TERM; while :; do sleep 1; done")
          + "\n", "start");

      assertThat(answers(group.nodes("deaf\n", "stop"))).containsEntry("deaf", "done\tdown");
      assertThat(group.status().get("deaf").get(5)).isEqualTo("SIGKILL");
    }
  }

  @Test
  void healthTellsWhetherTheContainerCanDoItsWork() throws Exception {
    try (GroupContainer group = GroupContainer.start(home)) {
      eventually("the container is healthy", () -> group.exec("/usr/local/lib/wnm/healthy").succeeded());
      group.exec("/command/s6-svc", "-d", "/run/service/relay");
      eventually("the relay is missed", () -> !group.exec("/usr/local/lib/wnm/healthy").succeeded());
    }
  }

  /** The relay may be a moment behind the first nodes of a container that has just booted. */
  private static String eventuallyMetrics(GroupContainer group, int id) {
    return eventually("metrics of node " + id, () -> {
      try {
        return Optional.of(group.metrics(id));
      } catch (IOException e) {
        return Optional.empty();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    });
  }
}
