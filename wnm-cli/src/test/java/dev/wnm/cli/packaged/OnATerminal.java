package dev.wnm.cli.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.command.Shell;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Runs of the packaged wnm on a real terminal, as {@code script} has one. */
final class OnATerminal {
  private OnATerminal() {}

  /** What wnm shows on a terminal of this many columns. @param variables as for env */
  static String shown(TestHost host, int columns, String variables, String... words) throws Exception {
    List<String> program = new ArrayList<>(List.of("-jar", PackagedJar.path().toString()));
    program.addAll(List.of(words));
    ProcessBuilder wnm = host.wnm().process(program);
    String line = wnm.command().stream().map(Shell::word).collect(Collectors.joining(" "));
    ProcessBuilder builder = new ProcessBuilder("script", "-qec", "stty cols " + columns + " rows 24 && env " + variables + " " + line, "/dev/null")
        .directory(wnm.directory()).redirectErrorStream(true).redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.environment().clear();
    builder.environment().putAll(wnm.environment());
    builder.environment().put("TERM", "xterm");
    Process process = builder.start();
    String shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    assertThat(process.waitFor()).as(shown).isZero();
    return shown;
  }
}
