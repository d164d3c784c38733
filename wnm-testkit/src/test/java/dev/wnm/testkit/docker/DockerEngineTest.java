package dev.wnm.testkit.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DockerEngineTest {
  @Test
  void theEngineAnswersWithItsVersion() {
    assertThat(DockerEngine.running().version()).matches("\\d+\\..*");
  }

  @Test
  void aCommandThatTheEngineRefusesSaysSo() {
    var refused = DockerEngine.running().docker(Duration.ofSeconds(30), List.of("start", "no-such-container-of-wnm"));

    assertThat(refused.succeeded()).isFalse();
    assertThat(refused.describe()).contains("No such container");
  }

  @Test
  void aMachineWithoutAClientFailsWithWhatToDo() {
    assertThatThrownBy(() -> DockerEngine.find(new NothingAnswers(Set.of())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no program 'docker'").hasMessageContaining("prepare-machine");
  }

  @Test
  void aMachineWithoutAnEngineFailsWithWhatToDo() {
    assertThatThrownBy(() -> DockerEngine.find(new NothingAnswers(Set.of("docker"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no Docker Engine answers").hasMessageContainingAll("dockerd", "root");
  }

  /** A machine with some programs, of which {@code docker} finds no engine. */
  private record NothingAnswers(Set<String> programs) implements CommandRunner {
    @Override
    public CommandResult run(Command command) {
      return new CommandResult(command, 1, "", "Cannot connect to the Docker daemon", Duration.ZERO, false);
    }

    @Override
    public Process spawn(Command command, Path log) {
      throw new AssertionError("must not be started: " + command);
    }

    @Override
    public Optional<Path> find(String program) {
      return Optional.of(Path.of("/usr/bin", program)).filter(path -> programs.contains(program));
    }
  }
}
