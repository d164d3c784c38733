package dev.wnm.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The real {@code promtool} of Prometheus, which {@code prepare-machine} installs. */
final class Promtool {
  private Promtool() {}

  /** Has to be content, and to have nothing to say about it. @return what it printed */
  static String accepts(String input, Path folder, String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(words));
    Path in = Files.writeString(folder.resolve("promtool-input"), input);
    Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).redirectInput(in.toFile()).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", command, printed).isZero();
    return printed;
  }
}
