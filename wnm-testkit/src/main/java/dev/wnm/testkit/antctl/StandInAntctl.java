package dev.wnm.testkit.antctl;

import dev.wnm.testkit.Executables;
import dev.wnm.testkit.StandInScript;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Installs the stand-in for antctl: a Perl script that needs only Debian's perl-base, and neither systemd nor a network. What
 * it does and how it can be made to misbehave is told at its top. Nodes that it started outlive it: stop them through it.
 */
public final class StandInAntctl {
  /** The version of a stand-in that is not told another. */
  public static final String VERSION = "0.14.2";
  /** The file name of the program. */
  public static final String FILE_NAME = "antctl";

  private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

  private StandInAntctl() {}

  /**
   * One run of a stand-in.
   *
   * @param end {@link Instant#MAX} for a run that goes on, or was killed
   * @param words its arguments
   */
  public record Call(Instant begin, Instant end, List<String> words) {
    public Call {
      words = List.copyOf(words);
    }

    /** Whether it came to its own end. */
    public boolean ended() {
      return !end.equals(Instant.MAX);
    }

    /** Whether the two ran at the same time. */
    public boolean overlaps(Call other) {
      return begin.isBefore(other.end) && other.begin.isBefore(end);
    }
  }

  /** Puts a stand-in into a folder, which is made when missing. @return the file, mode 0755 */
  public static Path installInto(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(FILE_NAME);
    try (InputStream resource = StandInAntctl.class.getResourceAsStream(FILE_NAME)) {
      Executables.write(file, new String(resource.readAllBytes(), StandardCharsets.UTF_8));
    }
    return file;
  }

  /** The file that tells a stand-in how to behave. */
  public static Path confOf(Path antctl) {
    return antctl.resolveSibling(antctl.getFileName() + ".conf");
  }

  /**
   * Says how a stand-in behaves from its next run on. Replaces what was said before; the script's top lists the names.
   *
   * @param antctl what {@link #installInto} returned
   */
  public static void configure(Path antctl, Map<String, String> settings) throws IOException {
    StandInScript.writeSettings(confOf(antctl), settings);
  }

  /** The runs so far, by their begin; empty while there is no such file. @param callLog what {@code call_log} names */
  public static List<Call> calls(Path callLog) throws IOException {
    Map<String, Call> calls = new LinkedHashMap<>();
    if (!Files.exists(callLog)) {
      return List.of();
    }
    for (String line : Files.readAllLines(callLog)) {
      String[] fields = line.split("\t", -1);
      Instant at = instant(fields[2]);
      List<String> words = Arrays.stream(fields).skip(3).map(StandInAntctl::unescaped).toList();
      if (fields[0].equals("begin")) {
        calls.put(fields[1] + ' ' + fields[2], new Call(at, Instant.MAX, words));
      } else {
        String begun = calls.keySet().stream().filter(key -> key.startsWith(fields[1] + ' '))
            .reduce((first, last) -> last).orElseThrow();
        calls.computeIfPresent(begun, (key, call) -> new Call(call.begin(), at, call.words()));
      }
    }
    return List.copyOf(calls.values());
  }

  private static Instant instant(String seconds) {
    String[] parts = seconds.split("\\.");
    return Instant.ofEpochSecond(Long.parseLong(parts[0]), parts.length > 1 ? Long.parseLong(parts[1]) * 1_000 : 0);
  }

  private static String unescaped(String word) {
    return ESCAPED.matcher(word).replaceAll(escape -> switch (escape.group(1)) {
      case "t" -> "\t";
      case "n" -> "\n";
      default -> "\\\\";
    });
  }
}
