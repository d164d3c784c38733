package dev.wnm.core.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The system's shell, doing what operators do with {@code --report_format env}. */
final class Sh {
  private Sh() {}

  /** The values of some variables after {@code eval} of a text, in a folder where there is nothing else. */
  static List<String> valuesAfterEval(Path folder, String assignments, List<String> variables)
      throws IOException, InterruptedException {
    StringBuilder script = new StringBuilder("eval \"$(cat)\"\n");
    variables.forEach(name -> script.append("printf '%s\\0' \"$").append(name).append("\"\n"));
    Process shell = new ProcessBuilder("sh", "-eu", "-c", script.toString()).directory(folder.toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (var in = shell.getOutputStream()) {
      in.write(assignments.getBytes(StandardCharsets.UTF_8));
    }
    String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!shell.waitFor(30, TimeUnit.SECONDS) || shell.exitValue() != 0) {
      shell.destroyForcibly();
      throw new IllegalStateException("sh failed on:\n" + assignments);
    }
    List<String> values = new ArrayList<>(List.of(output.split("\0", -1)));
    values.remove(values.size() - 1);
    return values;
  }
}
