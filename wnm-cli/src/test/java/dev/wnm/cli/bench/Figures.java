package dev.wnm.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What a run took, as {@code /usr/bin/time -v} says it.
 *
 * @param elapsed seconds from start to end
 * @param cpu seconds of processor time
 * @param megabytes most memory that was resident
 * @param lastLine the last line that the run printed
 */
record Figures(double elapsed, double cpu, double megabytes, String lastLine) {
  private static final Path TIME = Path.of("/usr/bin/time");

  /** Runs a program to its end; throws when it fails. */
  static Figures of(Path program, Map<String, String> environment, List<String> words) throws IOException {
    if (!Files.isExecutable(TIME)) {
      throw new IOException("there is no " + TIME + "; on Debian it is in the package time");
    }
    Path measured = Files.createTempFile("wnm-bench", ".time");
    List<String> command = new ArrayList<>(List.of(TIME.toString(), "-v", "-o", measured.toString(), program.toString()));
    command.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      List<String> printed = process.inputReader().lines().toList();
      int exitCode = process.waitFor();
      if (exitCode != 0) {
        throw new IOException(command + " ended with " + exitCode + ": " + String.join("\n", printed));
      }
      return read(Files.readAllLines(measured), printed.isEmpty() ? "" : printed.get(printed.size() - 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      Files.delete(measured);
    }
  }

  /** The median of each figure by itself. */
  static Figures median(List<Figures> runs) {
    return new Figures(median(runs, Figures::elapsed), median(runs, Figures::cpu), median(runs, Figures::megabytes),
        runs.get(runs.size() - 1).lastLine());
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.2f s, %.2f s of processor time, %.0f MB resident", elapsed, cpu, megabytes);
  }

  private static double median(List<Figures> runs, ToDoubleFunction<Figures> figure) {
    return runs.stream().sorted(Comparator.comparingDouble(figure)).skip(runs.size() / 2).mapToDouble(figure).findFirst()
        .orElseThrow();
  }

  private static Figures read(List<String> lines, String lastLine) {
    return new Figures(seconds(value(lines, "Elapsed (wall clock) time (h:mm:ss or m:ss)")),
        Double.parseDouble(value(lines, "User time (seconds)")) + Double.parseDouble(value(lines, "System time (seconds)")),
        Double.parseDouble(value(lines, "Maximum resident set size (kbytes)")) / 1024, lastLine);
  }

  private static String value(List<String> lines, String name) {
    return lines.stream().map(String::strip).filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2)).findFirst().orElseThrow();
  }

  /** From {@code 0:01.23} or {@code 1:00:01}. */
  private static double seconds(String clock) {
    double seconds = 0;
    for (String part : clock.split(":")) {
      seconds = seconds * 60 + Double.parseDouble(part);
    }
    return seconds;
  }
}
