package dev.wnm.cli.packaged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the packaged wnm is run.
 *
 * @param launcher words before {@code java}, such as those of setpriv; empty for none
 * @param environment all variables that it gets
 * @param input what it reads from standard input
 * @param outputs the folder for what it prints
 */
record Wnm(List<String> launcher, Map<String, String> environment, String input, Path outputs) {
  Wnm with(String variable, String value) {
    Map<String, String> more = new LinkedHashMap<>(environment);
    more.put(variable, value);
    return new Wnm(launcher, more, input, outputs);
  }

  Wnm without(String variable) {
    Map<String, String> fewer = new LinkedHashMap<>(environment);
    fewer.remove(variable);
    return new Wnm(launcher, fewer, input, outputs);
  }

  Wnm startedBy(String... words) {
    return new Wnm(List.of(words), environment, input, outputs);
  }

  Wnm reading(String text) {
    return new Wnm(launcher, environment, text, outputs);
  }

  /** Runs it to its end. */
  WnmRun run(String... words) {
    try {
      return start(words).ended();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Starts it and lets it run. */
  WnmRun start(String... words) {
    try {
      List<String> command = new ArrayList<>(launcher);
      command.add(PackagedJar.java().toString());
      command.addAll(PackagedJar.quickOptions());
      command.addAll(List.of("-Djava.io.tmpdir=" + environment.get("TMPDIR"), "-jar", PackagedJar.path().toString()));
      command.addAll(List.of(words));
      Path out = Files.createTempFile(outputs, "out", "");
      Path err = Files.createTempFile(outputs, "err", "");
      ProcessBuilder builder = new ProcessBuilder(command).directory(Path.of(environment.get("HOME")).toFile())
          .redirectOutput(out.toFile()).redirectError(err.toFile()).redirectInput(inputFile().toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      return new WnmRun(List.of(words), builder.start(), out, err);
    } catch (IOException e) {
      throw new AssertionError("wnm could not be run", e);
    }
  }

  private Path inputFile() throws IOException {
    Path file = Files.createTempFile(outputs, "in", "");
    return Files.writeString(file, input);
  }
}
