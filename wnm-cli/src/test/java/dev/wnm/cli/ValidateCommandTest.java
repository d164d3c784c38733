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
class ValidateCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir
  private Path folder;

  private Path tree;

  @BeforeEach
  void convert() throws IOException {
    Path file = Files.writeString(folder.resolve("supervisord.conf"), "[program:consul]\ncommand=consul agent\nuser=consul\n");
    tree = folder.resolve("tree");
    assertThat(run("--convert_supervisord", file.toString(), "--output_dir", tree.toString())).isEqualTo(ExitCode.DONE);
    out.reset();
  }

  @Test
  void aGoodTreeEndsWithTheCountsAndWithWhatOnlyTheImageTells() {
    assertThat(run("--validate", tree.toString())).as("it says %s", err).isEqualTo(ExitCode.DONE);

    assertThat(text().lines()).contains("not looked at without --image NAME: account consul")
        .anySatisfy(line -> assertThat(line).startsWith("not looked at without --image NAME: program ").contains(", consul"))
        .last().asString().startsWith("2 services, 1 bundle: nothing wrong, ");
  }

  @Test
  void whatIsWrongIsALineEachAndExitCodeOne() throws IOException {
    Files.createFile(tree.resolve("s6-rc.d/consul/dependencies.d/vault"));

    assertThat(run("--validate", tree.toString())).isEqualTo(ExitCode.FAILED);

    assertThat(text()).startsWith(
        "s6-rc.d/consul/dependencies.d/vault: there is no service or bundle vault; add it, or take this name away\n");
    out.reset();
    assertThat(run("--validate", tree.toString(), "--json")).isEqualTo(ExitCode.FAILED);
    assertThat(text()).startsWith("{\n").contains("\"file\": \"s6-rc.d/consul/dependencies.d/vault\"", "\"good\": false");
  }

  @Test
  void badInputIsOneSentenceAndExitCodeTwo() {
    assertThat(run("--validate", folder.toString())).isEqualTo(ExitCode.REFUSED);
    assertThat(run("--image", "x")).isEqualTo(ExitCode.REFUSED);

    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("wnm: --validate " + folder + " has no folder s6-rc.d;"
        + " --convert_supervisord makes one that has\nwnm: --image goes only with --validate\n");
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private ExitCode run(String... words) {
    return new Program(Platform.here(), new ByteArrayInputStream(new byte[0]), new PrintStream(out, true,
        StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8)).run(List.of(words));
  }
}
