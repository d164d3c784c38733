package dev.wnm.managers.docker;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.manager.Batches;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessState.Running;
import dev.wnm.spi.manager.ProcessState.Stopped;
import dev.wnm.testkit.manager.Offered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of containers: killed, removed, made anew, brought back by docker, read back. */
class ContainerLifeTest extends DockerBench {
  @Test
  void aNodeWhoseContainerWasRemovedIsStoppedAndStartsAgainAsTheSame() throws IOException {
    ProcessManager manager = manager();
    NodeSpec node = running(manager, node(1));
    byte[] key = Files.readAllBytes(node.rootDir().resolve("secret-key"));
    Engine.docker("rm", "--force", containerOf(node));

    assertThat(state(manager, node)).isInstanceOf(Stopped.class);
    assertThat(done(manager.stop(node)).changed()).isFalse();
    assertThat(done(manager.start(node)).changed()).isTrue();

    eventually("it answers", () -> answers(node));
    assertThat(node.rootDir().resolve("secret-key")).hasBinaryContent(key);
  }

  @Test
  void aNodeThatWasKilledIsStartedAgainByDockerAndOneThatIsOutOfLuckIsStopped() {
    ProcessManager manager = manager();
    NodeSpec node = running(manager, node(1));

    inside(node, "kill -KILL $(cat antnode.pid)");
    eventually("docker started it again", () -> inspect(node, "{{.RestartCount}}").equals("1"));
    eventually("it answers", () -> answers(node));

    NodeSpec unlucky = misbehaving(node(2), "exit_at_start", "3");
    done(manager.create(unlucky));
    assertThat(reason(manager.start(unlucky))).contains("does not stay up", "exit code 3");
    assertThat(inspect(unlucky, "{{.State.Running}}")).as("docker does not try for ever").isEqualTo("false");
    assertThat(state(manager, unlucky)).isInstanceOfSatisfying(Stopped.class,
        stopped -> assertThat(stopped.detail()).contains("exit code 3"));
  }

  @Test
  void aNodeThatDiesAgainAndAgainIsStoppedAndSaysHow() {
    ProcessManager manager = manager();
    NodeSpec node = misbehaving(node(1), "exit_after", "5");
    done(manager.create(node));
    done(manager.start(node));

    eventually("docker has started it again", () -> state(manager, node) instanceof Stopped stopped
        && stopped.detail().contains("docker has started it again"));
    eventually("the third death makes it a loop, also while docker has it up", () ->
        state(manager, node) instanceof Stopped stopped && stopped.isCrashLoop() && stopped.deaths() >= 3
            && inspect(node, "{{.State.Restarting}}").equals("false"));
    done(manager.stop(node));
    assertThat(inspect(node, "{{.State.Running}} {{.State.Restarting}}")).isEqualTo("false false");
  }

  @Test
  void changedArgumentsVariablesAndImageArriveWithTheNextStart() {
    ProcessManager manager = manager();
    NodeSpec node = running(manager, node(1));
    String id = inspect(node, "{{.Id}}");
    NodeSpec changed = node.toBuilder().startArgs(List.of("--network-id", "7")).environment(Map.of("COLOUR", "a blue one"))
        .build();

    assertThat(done(manager.start(changed)).changed()).as("it runs").isFalse();
    done(manager.restart(changed));

    assertThat(inspect(node, "{{.Id}}")).isNotEqualTo(id);
    assertThat(inspect(node, "{{json .Config.Env}}")).contains("\"COLOUR=a blue one\"");
    eventually("it has the argument", () -> pages.get(node.host(), node.ports().metrics().orElseThrow(), "/metadata")
        .filter(page -> page.contains("ant/1.0/7")).isPresent());
    String second = inspect(node, "{{.Id}}");
    done(manager.restart(changed));
    assertThat(inspect(node, "{{.Id}}")).as("nothing changed").isEqualTo(second);
    Engine.docker("tag", settings.get("docker_image"), "wnm-test-newer:1");
    try {
      settings.put("docker_image", newImage());
      done(manager().restart(changed));
      assertThat(inspect(node, "{{.Config.Image}}")).isEqualTo(settings.get("docker_image"));
      eventually("it answers", () -> answers(node));
    } finally {
      Engine.removeContainers(home);
      Engine.docker("rmi", "wnm-test-newer:1", settings.get("docker_image"));
    }
  }

  /** The same with another id, as a newer one has. */
  private String newImage() {
    String made = Engine.docker("create", settings.get("docker_image")).stdout().strip();
    String id = Engine.docker("commit", made, "wnm-test-newer:2").stdout().strip();
    Engine.docker("rm", made);
    assertThat(id).startsWith("sha256:");
    return "wnm-test-newer:2";
  }

  @Test
  void aSurveyReadsContainersBackExactlyAndNodesWithoutOneByTheirFolders() throws ManagerUnavailableException {
    ProcessManager manager = manager();
    NodeSpec node = running(manager, node(1, "COLOUR", "a blue one", "EMPTY", ""));
    NodeSpec bare = node(2, "COLOUR", "red");
    done(manager.create(bare));
    Engine.docker("rm", "--force", containerOf(bare));

    List<FoundNode> found = manager().survey();

    assertThat(found).hasSize(2).anySatisfy(up -> {
      assertThat(up.facts().service()).isEqualTo(node.service());
      assertThat(up.facts().rootDir()).isEqualTo(node.rootDir());
      assertThat(up.facts().binary()).isEqualTo(node.binary());
      assertThat(up.nodePort()).hasValue(node.ports().node());
      assertThat(up.metricsPort()).hasValue(node.ports().metrics().orElseThrow());
      assertThat(up.wallet()).contains(node.wallet());
      assertThat(up.network()).contains("evm-arbitrum-one");
      assertThat(up.environment()).isEqualTo(node.environment());
      assertThat(up.user()).isEqualTo(Engine.UID);
      assertThat(up.state()).isInstanceOf(Running.class);
    }).anySatisfy(down -> {
      assertThat(down.facts().service()).isEqualTo(bare.service());
      assertThat(down.metricsPort()).hasValue(bare.ports().metrics().orElseThrow());
      assertThat(down.environment()).isEqualTo(bare.environment());
      assertThat(down.state()).isEqualTo(new Stopped("its container is gone"));
    });
  }

  @Test
  void twoColoniesOfOneHostDoNotMeet() throws IOException, ManagerUnavailableException {
    ProcessManager one = manager();
    NodeSpec first = running(one, node(1));
    Path mine = storage;
    storage = Files.createDirectory(home.resolve("other"));
    ProcessManager other = manager();
    NodeSpec second = running(other, node(1));

    assertThat(other.survey()).singleElement()
        .satisfies(found -> assertThat(found.facts().rootDir()).isEqualTo(second.rootDir()));
    done(other.remove(second));

    assertThat(hasContainers()).isFalse();
    storage = mine;
    assertThat(state(one, first)).isInstanceOf(Running.class);
  }

  @Test
  void manyNodesTakeOneCallEach() {
    ProcessManager manager = manager();
    List<NodeSpec> nodes = new ArrayList<>();
    for (int id = 1; id <= 10; id++) {
      nodes.add(node(id));
    }
    Offered.by(manager, Batches.class).createAll(nodes).values().forEach(DockerBench::done);
    commands.clear();

    Offered.by(manager, Batches.class).startAll(nodes).values().forEach(DockerBench::done);
    assertThat(calls("docker start")).hasSize(1);
    assertThat(calls("docker update")).hasSize(1);
    commands.clear();
    assertThat(manager.status(nodes).values()).allSatisfy(state -> assertThat(state).isInstanceOf(Running.class));
    assertThat(commands).as("one inspect").hasSize(1);
    commands.clear();
    Offered.by(manager, Batches.class).stopAll(nodes).values().forEach(DockerBench::done);
    assertThat(commands).as("one inspect, one stop").hasSize(2);
    commands.clear();
    Offered.by(manager, Batches.class).removeAll(nodes).values().forEach(DockerBench::done);
    assertThat(calls("docker rm")).hasSize(1);

    assertThat(hasContainers()).isFalse();
    assertThat(stored()).isEmpty();
  }

  private List<String> calls(String begin) {
    return dockerCalls().stream().filter(line -> line.startsWith(begin + " ")).toList();
  }
}
