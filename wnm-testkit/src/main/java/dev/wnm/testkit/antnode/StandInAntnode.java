package dev.wnm.testkit.antnode;

import dev.wnm.spi.model.Version;
import dev.wnm.testkit.Executables;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Installs the stand-in for antnode: a Perl script that needs only Debian's perl-base and neither Java nor a network. What
 * it does and how it can be made to misbehave is told at its top. It runs as {@code /usr/bin/perl <its path> <arguments>}.
 */
public final class StandInAntnode {
  /** The version of a stand-in that is given none. */
  public static final Version VERSION = new Version("0.4.17");
  /** The file name of the binary. */
  public static final String FILE_NAME = "antnode";
  /** The file in a node's root folder that says how it misbehaves. */
  public static final String CONF_FILE = "standin.conf";

  private static final int LINES_TO_VERSION = 20;
  private static final Pattern VERSION_LINE = Pattern.compile("my \\$VERSION = '([^']+)';.*");

  private StandInAntnode() {}

  /** Puts a stand-in of {@link #VERSION} into a folder, which is made when missing. @return the file, mode 0755 */
  public static Path installInto(Path folder) throws IOException {
    return installInto(folder, VERSION);
  }

  /** The same as another version. */
  public static Path installInto(Path folder, Version version) throws IOException {
    return installInto(folder, version, Set.of());
  }

  /**
   * The same as a version that does not know some flags and refuses to start with them.
   *
   * @param unknownFlags such as {@code --stop-on-upgrade}
   */
  public static Path installInto(Path folder, Version version, Set<String> unknownFlags) throws IOException {
    String script = rebuilt(script(), "VERSION", version.text());
    script = rebuilt(script, "UNKNOWN_FLAGS", String.join(" ", unknownFlags));
    Files.createDirectories(folder);
    Path file = folder.resolve(FILE_NAME);
    Executables.write(file, script);
    return file;
  }

  /**
   * Compiles a stand-in that is a program of its own instead of a script, for whoever knows a process by its
   * {@code /proc/PID/exe} alone, as the real antctl does. Takes seconds; needs gcc and libperl-dev here, and where it runs
   * perl-base of the same release. {@link #versionOf} does not know its version.
   *
   * @return the file, mode 0755
   * @throws IOException naming gcc and libperl-dev when it cannot be compiled
   */
  public static Path buildNativeInto(Path folder, Version version) throws IOException {
    Files.createDirectories(folder);
    return NativeAntnode.build(rebuilt(script(), "VERSION", version.text()), folder.resolve(FILE_NAME));
  }

  /**
   * Says how the node of a root folder behaves from now on; a running node notices within a second, or with its next
   * request. Replaces what was said before; the script's top lists the names.
   */
  public static void configure(Path rootDir, Map<String, String> settings) throws IOException {
    StringBuilder lines = new StringBuilder();
    new TreeMap<>(settings).forEach((name, value) -> lines.append(name).append('=').append(value).append('\n'));
    writeWhole(rootDir.resolve(CONF_FILE), lines.toString());
  }

  /** The variable that says the same as a name in {@link #CONF_FILE}, such as {@code hang}. */
  public static String variable(String name) {
    return "ANTNODE_STANDIN_" + name.toUpperCase(Locale.ROOT);
  }

  /** The version of a copy, read from the file without running it; empty when it is no stand-in. */
  public static Optional<Version> versionOf(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      return lines.limit(LINES_TO_VERSION).map(VERSION_LINE::matcher).filter(Matcher::matches)
          .map(line -> new Version(line.group(1))).findFirst();
    }
  }

  /** The script's text. */
  static String script() throws IOException {
    try (InputStream resource = StandInAntnode.class.getResourceAsStream(FILE_NAME)) {
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String rebuilt(String script, String variable, String value) {
    return script.replaceFirst("(?m)^my \\$" + variable + " = '[^']*'",
        Matcher.quoteReplacement("my $" + variable + " = '" + value + "'"));
  }

  /** Never changes a file that a process reads: the new one takes its place. */
  private static void writeWhole(Path file, String text) throws IOException {
    Path whole = Files.createTempFile(file.toAbsolutePath().getParent(), "." + file.getFileName(), "");
    Files.writeString(whole, text);
    Files.setPosixFilePermissions(whole, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
