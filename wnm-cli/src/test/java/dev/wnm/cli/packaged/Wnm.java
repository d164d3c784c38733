package dev.wnm.cli.packaged;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How the packaged wnm is run.
 *
 * @param launcher words before {@code java}, such as those of setpriv; empty for none
 * @param environment all variables that it gets
 * @param input what it reads from standard input
 * @param outputs the folder for what it prints
 * @param kept the JVM of this launcher and environment that runs to an end are made in; empty where each run has one of its own
 */
record Wnm(List<String> launcher, Map<String, String> environment, String input, Path outputs, Optional<Supplier<KeptJvm>> kept) {
  Wnm with(String variable, String value) {
    Map<String, String> more = new LinkedHashMap<>(environment);
    more.put(variable, value);
    return new Wnm(launcher, more, input, outputs, Optional.empty());
  }

  Wnm without(String variable) {
    Map<String, String> fewer = new LinkedHashMap<>(environment);
    fewer.remove(variable);
    return new Wnm(launcher, fewer, input, outputs, Optional.empty());
  }

  Wnm startedBy(String... words) {
    return new Wnm(List.of(words), environment, input, outputs, Optional.empty());
  }

  Wnm reading(String text) {
    return new Wnm(launcher, environment, text, outputs, kept);
  }

  /** Whose runs to an end, other than by {@link #start}, are made in this JVM. */
  Wnm in(Supplier<KeptJvm> jvm) {
    return new Wnm(launcher, environment, input, outputs, Optional.of(jvm));
  }

  /** Runs it to its end. */
  WnmRun run(String... words) {
    try {
      // What letters a word may have depends on how Java reads it from the process.
      boolean plain = Arrays.stream(words).allMatch(StandardCharsets.US_ASCII.newEncoder()::canEncode);
      return kept.isPresent() && plain
          ? kept.get().get().run(inputFile(), outputFile("out"), outputFile("err"), List.of(words)) : start(words).ended();
    } catch (IOException e) {
      throw new AssertionError("wnm could not be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Starts it, as a process of its own, and lets it run. */
  WnmRun start(String... words) {
    try {
      List<String> program = new ArrayList<>(List.of("-jar", PackagedJar.path().toString()));
      program.addAll(List.of(words));
      Path out = outputFile("out");
      Path err = outputFile("err");
      ProcessBuilder builder = process(program).redirectOutput(out.toFile()).redirectError(err.toFile())
          .redirectInput(inputFile().toFile());
      return new WnmRun(List.of(words), builder.start(), out, err);
    } catch (IOException e) {
      throw new AssertionError("wnm could not be run", e);
    }
  }

  /** A JVM in the surroundings of a run. @param program what is run in it, as words for java */
  ProcessBuilder process(List<String> program) {
    List<String> command = new ArrayList<>(launcher);
    command.add(PackagedJar.java().toString());
    command.addAll(PackagedJar.quickOptions());
    command.add("-Djava.io.tmpdir=" + environment.get("TMPDIR"));
    command.addAll(program);
    ProcessBuilder builder = new ProcessBuilder(command).directory(Path.of(environment.get("HOME")).toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder;
  }

  private Path outputFile(String name) throws IOException {
    return Files.createTempFile(outputs, name, "");
  }

  private Path inputFile() throws IOException {
    return Files.writeString(Files.createTempFile(outputs, "in", ""), input);
  }
}
