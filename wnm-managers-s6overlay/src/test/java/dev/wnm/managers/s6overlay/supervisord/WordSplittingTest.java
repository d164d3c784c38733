package dev.wnm.managers.s6overlay.supervisord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.testkit.Executables;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The run script splits a command as a real supervisord did, with the shells that images have as /bin/sh. */
class WordSplittingTest {
  @TempDir
  private Path folder;

  /** @param words empty where supervisord could not parse the command */
  record Case(String command, String value, List<String> words, boolean isRefused) {
    @Override
    public String toString() {
      return command + " with " + (value.length() > 60 ? value.length() + " characters" : value);
    }
  }

  static Stream<Case> casesOfSupervisord() throws IOException {
    try (InputStream in = WordSplittingTest.class.getResourceAsStream("words-of-supervisord-4.3.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("# "))
          .map(WordSplittingTest::read).toList().stream();
    }
  }

  private static Case read(String line) {
    String[] fields = line.split("\t");
    List<String> words = new ArrayList<>();
    for (int i = 2; i < fields.length && !fields[i].equals("!"); i++) {
      words.add(inner(fields[i]));
    }
    return new Case(fields[0].translateEscapes(), inner(fields[1]), words, fields.length > 2 && fields[2].equals("!"));
  }

  private static String inner(String field) {
    return field.substring(1, field.length() - 1).translateEscapes();
  }

  @ParameterizedTest
  @MethodSource("casesOfSupervisord")
  void wordsInVariablesAreSplitAsSupervisordSplitsThem(Case one) throws Exception {
    Path show = folder.resolve("show");
    Executables.write(show, "#!/usr/bin/perl\nprint map { \"$_\\0\" } @ARGV;\n");
    Files.writeString(folder.resolve("value"), one.value());
    Conf conf = new Conf(folder).convert("[program:p]\ncommand=" + show + " "
        + one.command().replace("ENV_V", "ENV_GIVEN").replace("\n", "\n  ") + "\ndirectory=" + folder
        + "\nstdout_logfile=/dev/stdout\nstderr_logfile=/dev/stderr\n");
    for (List<String> shell : List.of(List.of("dash"), List.of("bash", "--posix"), List.of("busybox", "sh"))) {
      Process run = start(conf, shell);
      String printed = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = run.waitFor();

      String errors = Files.readString(folder.resolve("errors"));
      assertThat(code).as(shell + ": " + errors).isEqualTo(one.isRefused() ? 1 : 0);
      assertThat(printed).as(shell.toString()).isEqualTo(one.words().stream().map(word -> word + "\0")
          .collect(Collectors.joining()));
      if (one.isRefused()) {
        assertThat(errors).as(shell.toString()).startsWith("p: its command, with the variables put in, ");
      }
    }
    assertThat(folder.resolve("hacked")).doesNotExist();
  }

  /** The value comes from a file, so that this Java's own encoding does not touch it. */
  private Process start(Conf conf, List<String> shell) throws IOException {
    List<String> words = new ArrayList<>(List.of("sh", "-c", "GIVEN=$(cat \"$0\"; printf .); export GIVEN=\"${GIVEN%.}\";"
        + " exec \"$@\"", folder.resolve("value").toString()));
    words.addAll(shell);
    words.add("run");
    ProcessBuilder builder = new ProcessBuilder(words).directory(conf.path("p", ".").toFile())
        .redirectError(folder.resolve("errors").toFile());
    builder.environment().put("LC_ALL", "C.UTF-8");
    return builder.start();
  }
}
