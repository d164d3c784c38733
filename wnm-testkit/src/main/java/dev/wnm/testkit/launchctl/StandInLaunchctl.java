package dev.wnm.testkit.launchctl;

import dev.wnm.testkit.Executables;
import dev.wnm.testkit.StandInScript;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Installs the stand-in for launchctl: a Perl script that needs only Debian's perl-base. What it is true to, and how it can
 * be made to misbehave, is told at its top. The services that it started outlive it: {@linkplain #endAll end} them.
 */
public final class StandInLaunchctl {
  /** The file name of the program. */
  public static final String FILE_NAME = "launchctl";

  private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");
  private static final int LIMIT_SECONDS = 90;

  private StandInLaunchctl() {}

  /** Puts a stand-in into a folder, which is made when missing; it knows of no service. @return the file, mode 0755 */
  public static Path installInto(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(FILE_NAME);
    try (InputStream resource = StandInLaunchctl.class.getResourceAsStream(FILE_NAME)) {
      Executables.write(file, new String(resource.readAllBytes(), StandardCharsets.UTF_8));
    }
    return file;
  }

  /**
   * Says how a stand-in behaves from its next run on. Replaces what was said before; the script's top lists the names.
   *
   * @param launchctl what {@link #installInto} returned
   */
  public static void configure(Path launchctl, Map<String, String> settings) throws IOException {
    StandInScript.writeSettings(launchctl.resolveSibling(FILE_NAME + ".conf"), settings);
  }

  /** The words of the runs so far; none while there is no such file. @param callLog what {@code call_log} names */
  public static List<List<String>> calls(Path callLog) throws IOException {
    return Files.exists(callLog) ? Files.readAllLines(callLog).stream()
        .map(line -> Arrays.stream(line.split("\t", -1)).map(StandInLaunchctl::unescaped).toList()).toList() : List.of();
  }

  /**
   * A reboot, or a logout and a login: ends all that runs in a domain and starts what would start by itself.
   *
   * @param domain such as {@code gui/501}
   * @param folder with the property lists that are loaded then
   */
  public static void reboot(Path launchctl, String domain, Path folder) {
    run(launchctl, "stand-in-reboot", domain, folder.toString());
  }

  /** Ends all services of a domain, and with them the process that has them; fine where there is none. */
  public static void endAll(Path launchctl, String domain) {
    run(launchctl, "bootout", domain);
  }

  private static void run(Path launchctl, String... words) {
    List<String> argv = new ArrayList<>(List.of(launchctl.toString()));
    argv.addAll(List.of(words));
    try {
      Process process = new ProcessBuilder(argv).redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(argv + " did not end");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String unescaped(String word) {
    return ESCAPED.matcher(word).replaceAll(escape -> switch (escape.group(1)) {
      case "t" -> "\t";
      case "n" -> "\n";
      default -> "\\\\";
    });
  }
}
