package dev.wnm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.config.Platform;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock("dev.wnm.cli.LogOutput")
class DockerfileCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir
  private Path folder;

  @Test
  void aloneItPrintsTheRecipeAndNothingElse() {
    assertThat(run("--dockerfile")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString()).startsWith("# The image").contains("\nFROM ").doesNotContain("COPY");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void withAFolderItWritesTheRecipeAndItsFiles() {
    assertThat(run("--dockerfile", "--output_dir", folder.resolve("image").toString())).isEqualTo(ExitCode.DONE);
    assertThat(folder.resolve("image/Dockerfile")).isRegularFile();
    assertThat(folder.resolve("image/rootfs/usr/local/bin/wnm-nodes")).isExecutable();
  }

  @Test
  void aDryRunWritesNothing() {
    assertThat(run("--dockerfile", "--dry_run", "--output_dir", folder.resolve("image").toString()))
        .isEqualTo(ExitCode.DONE);
    assertThat(folder.resolve("image")).doesNotExist();
  }

  @Test
  void aFolderThatIsNotEmptyIsRefusedInOneSentence() throws IOException {
    Files.writeString(folder.resolve("mine"), "");
    assertThat(run("--dockerfile", "--output_dir", folder.toString())).isEqualTo(ExitCode.REFUSED);
    assertThat(err.toString()).isEqualToIgnoringNewLines("wnm: --output_dir " + folder + " is not empty");
  }

  @Test
  void whatBelongsToAConversionIsRefused() {
    assertThat(run("--dockerfile", "--depends", "a:b")).isEqualTo(ExitCode.REFUSED);
    assertThat(err.toString()).contains("--dockerfile does not know --depends: it goes only with --convert_supervisord");
  }

  private ExitCode run(String... words) {
    return new Program(Platform.here(), InputStream.nullInputStream(), new PrintStream(out), new PrintStream(err))
        .run(List.of(words));
  }
}
