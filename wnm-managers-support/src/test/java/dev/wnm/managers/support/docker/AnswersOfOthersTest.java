package dev.wnm.managers.support.docker;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.testkit.Executables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in for docker, such as podman, answers in shapes of its own: then nothing is known, in a sentence. */
class AnswersOfOthersTest {
  @TempDir
  private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "{}", "[1]", "[[]]", "[{}]", "[{\"Config\": []}]", "[{\"Config\": {}, \"Name\": {}, \"Id\": 1}]",
      "[{\"Name\": [], \"Id\": [], \"Config\": {\"Image\": [1, 2]}, \"Image\": []}]",
      "[{\"Name\": \"a\", \"Id\": \"b\", \"Config\": {\"Image\": \"c\"}, \"Image\": \"d\", \"State\": {\"Running\": \"x\","
          + " \"ExitCode\": \"none\"}, \"NetworkSettings\": \"host\"}]",
      "DEEP"})
  void anotherShapeIsSaidToBeNotUnderstood(String answer) throws Exception {
    Path text = Files.writeString(folder.resolve("answer"), answer.equals("DEEP") ? "[".repeat(200_000) : answer);
    Path program = Executables.write(folder.resolve("docker"), "#!/bin/sh\ncat '" + text + "'\n");
    Docker docker = new Docker(new ProcessCommandRunner(), program.toString(), false);
    assertThatThrownBy(() -> docker.inspect(List.of("a"))).isInstanceOf(OperationFailedException.class)
        .hasMessageContaining("docker inspect answers what cannot be understood");
  }
}
