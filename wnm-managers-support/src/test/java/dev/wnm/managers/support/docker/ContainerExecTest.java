package dev.wnm.managers.support.docker;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.WrapperFailedException;
import dev.wnm.testkit.docker.ContainerOptions;
import dev.wnm.testkit.docker.TestContainer;
import dev.wnm.testkit.docker.TestImages;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is asked in a container is answered by the program in it, or by nobody. */
class ContainerExecTest {
  private static final ProcessCommandRunner RUNNER = new ProcessCommandRunner();
  private static final Docker DOCKER = new Docker(RUNNER, "docker", false);
  private static final int MOST_QUESTIONS = 60;
  private static final ContainerOptions IDLE = ContainerOptions.idle(TestImages.nodeHost());
  private static TestContainer container;

  @BeforeAll
  static void start() {
    container = TestContainer.start(IDLE);
  }

  @AfterAll
  static void end() {
    container.close();
  }

  @Test
  void theProgramsOwnEndingIsToldWhateverItIs() throws CommandFailedException {
    for (int code : List.of(0, 1, 3, 75, 125, 126, 127, 137, 255)) {
      CommandResult result = ask(container.name(), "sh", "-c", "echo out; echo err >&2; exit " + code);

      assertThat(result.exitCode()).isEqualTo(code);
      assertThat(result.stdout()).isEqualTo("out\n");
      assertThat(result.stderr()).isEqualTo("err\n");
      assertThat(result.describe()).startsWith("docker exec " + container.name() + " sh -c ").doesNotContain("code=$?");
    }
    assertThat(ask(container.name(), "no-such-program").exitCode()).as("a program that the image does not have").isEqualTo(127);
    assertThat(RUNNER.run(DOCKER.exec(container.name(), List.of("--interactive"), Command.of("cat").reading("in\n"))).stdout())
        .isEqualTo("in\n");
  }

  @Test
  void aContainerThatCannotBeAskedGivesNoAnswer() throws Exception {
    try (TestContainer other = TestContainer.start(IDLE)) {
      docker("pause", other.name());
      assertNoAnswer(other.name(), "is paused");
      docker("unpause", other.name());
      docker("kill", other.name());
      assertNoAnswer(other.name(), "is not running");
    }
    try (TestContainer dying = TestContainer.start(IDLE.withCommand("sh", "-c", "sleep 1; exit 1")
        .withEngineArguments("--restart", "always"))) {
      eventually("a question meets it while docker waits to start it again", () -> {
        try {
          ask(dying.name(), "true");
          return false;
        } catch (CommandFailedException e) {
          return e instanceof WrapperFailedException && e.getMessage().contains("is restarting");
        }
      });
    }
    assertNoAnswer("wnm-test-no-such-container", "No such container");
  }

  @Test
  void aContainerThatEndsUnderTheQuestionGivesNoAnswer() throws Exception {
    try (TestContainer ending = TestContainer.start(IDLE)) {
      Thread end = new Thread(ending::kill);
      end.start();
      for (int question = 0; question < MOST_QUESTIONS; question++) {
        try {
          CommandResult result = ask(ending.name(), "sh", "-c", "echo whole; exit 7");
          assertThat(result.exitCode()).isEqualTo(7);
          assertThat(result.stdout()).isEqualTo("whole\n");
        } catch (WrapperFailedException e) {
          assertThat(e).hasMessageContaining(ending.name());
          break;
        }
      }
      end.join();
      assertNoAnswer(ending.name(), "is not running");
    }
  }

  private static CommandResult ask(String name, String... words) throws CommandFailedException {
    return RUNNER.run(DOCKER.exec(name, List.of(), Command.of(words)));
  }

  private static void assertNoAnswer(String name, String words) {
    assertThatThrownBy(() -> ask(name, "true"))
        .isInstanceOf(WrapperFailedException.class).hasMessageContainingAll("docker exec in container " + name, words);
  }

  private static void docker(String... words) throws CommandFailedException {
    RUNNER.run(DOCKER.command(words)).orThrow();
  }
}
