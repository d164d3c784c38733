package dev.wnm.cli;

import dev.wnm.core.config.Option;
import dev.wnm.core.config.OptionRegistry;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The letters that Java takes in words, variables and names of files. In a locale that has ASCII only it replaces all others
 * without a word, so that a value would be stored damaged; such a run is refused. The launcher of the distribution sees to a
 * better locale; this is for {@code java -jar}.
 */
final class NameEncoding {
  private static final String REMEDY = "; set LC_ALL=C.UTF-8, or start wnm by bin/wnm of the distribution, which does so";

  private NameEncoding() {}

  /** Why this run would damage what it was given, in one sentence; empty where it would not, or that cannot be told. */
  static Optional<String> refusal() {
    if (holdsAllLetters()) {
      return Optional.empty();
    }
    if (damaged(read("/proc/self/cmdline"))) {
      return Optional.of(sentence("the command line"));
    }
    Set<String> ours = new HashSet<>(Set.of("HOME", "PATH"));
    OptionRegistry.ofClassPath().all().stream().map(Option::variables).forEach(ours::addAll);
    return variables().filter(variable -> ours.contains(variable.substring(0, Math.max(variable.indexOf('='), 0))))
        .filter(variable -> damaged(variable.getBytes(StandardCharsets.ISO_8859_1)))
        .map(variable -> sentence("the environment variable " + variable.substring(0, variable.indexOf('=')))).findFirst();
  }

  /** What is said where a name turns up that cannot be used; empty where that has another reason. */
  static Optional<String> refusal(String name) {
    return holdsAllLetters() ? Optional.empty() : Optional.of(sentence("the name '" + name + "'"));
  }

  private static boolean holdsAllLetters() {
    String encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
    return Charset.isSupported(encoding) && Charset.forName(encoding).newEncoder().canEncode("\u00e9\u6f22");
  }

  private static String sentence(String what) {
    String locale = Stream.of("LC_ALL", "LC_CTYPE", "LANG")
        .filter(name -> !System.getenv().getOrDefault(name, "").isEmpty()).findFirst()
        .map(name -> name + "=" + System.getenv(name)).orElse("no locale");
    return what + " has letters beyond ASCII, which Java cannot read with " + locale + REMEDY;
  }

  private static Stream<String> variables() {
    return Arrays.stream(new String(read("/proc/self/environ"), StandardCharsets.ISO_8859_1).split("\0"));
  }

  private static boolean damaged(byte[] bytes) {
    for (byte each : bytes) {
      if (each < 0) {
        return true;
      }
    }
    return false;
  }

  /** Nothing where there is no such file: macOS, where Java takes all names for UTF-8. */
  private static byte[] read(String file) {
    try {
      return Files.readAllBytes(Path.of(file));
    } catch (IOException e) {
      return new byte[0];
    }
  }
}
