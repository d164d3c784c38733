package dev.wnm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.config.Platform;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock("dev.wnm.cli.LogOutput")
class ConvertCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir
  private Path folder;

  private Path file;
  private Path tree;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("supervisord.conf"), """
        [program:consul]
        command=consul agent
        [program:consul-template]
        command=consul-template
        """);
    tree = folder.resolve("tree");
  }

  @Test
  void theReportIsPrintedAndInTheFolder() throws IOException {
    assertThat(run("--convert_supervisord", file.toString(), "--output_dir", tree.toString(),
        "--depends", "consul-template:consul", "--ready", "consul=tcp:8500")).isEqualTo(ExitCode.DONE);

    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("# What became of supervisord.conf\n")
        .isEqualTo(Files.readString(tree.resolve("CONVERSION.md")));
    assertThat(tree.resolve("s6-rc.d/consul-template/dependencies.d/consul")).exists();
  }

  @Test
  void aDryRunOnlyPrints() {
    assertThat(run("--convert_supervisord", file.toString(), "--output_dir", tree.toString(), "--dry_run"))
        .isEqualTo(ExitCode.DONE);

    assertThat(out.toString(StandardCharsets.UTF_8)).contains("`consul-template`").containsPattern("\\| `[^`]*supervisord.conf` \\| `[0-9a-f]{64}` \\|");
    assertThat(tree).doesNotExist();
  }

  @Test
  void whatIsWrongIsOneSentenceAndNothingIsWritten() {
    assertThat(run("--convert_supervisord", file.toString(), "--output_dir", tree.toString(),
        "--depends", "consul:consul-template,consul-template:consul")).isEqualTo(ExitCode.REFUSED);

    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("wnm: --depends goes in a circle: consul after consul-template after consul\n");
    assertThat(tree).doesNotExist();
  }

  @Test
  void itsOptionsGoOnlyTogether() {
    assertThat(run("--output_dir", tree.toString())).isEqualTo(ExitCode.REFUSED);
    assertThat(run("--convert_supervisord", file.toString())).isEqualTo(ExitCode.REFUSED);

    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("""
        wnm: --output_dir goes only with --dockerfile or --convert_supervisord
        wnm: --convert_supervisord needs --output_dir: the folder to make
        """);
  }

  private ExitCode run(String... words) {
    return new Program(Platform.here(), new ByteArrayInputStream(new byte[0]), new PrintStream(out, true,
        StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8)).run(List.of(words));
  }
}
