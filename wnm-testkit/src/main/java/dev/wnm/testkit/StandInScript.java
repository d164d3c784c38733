package dev.wnm.testkit;

import dev.wnm.spi.model.Version;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Perl script that stands in for a node program. It runs as {@code /usr/bin/perl <its path> <arguments>}; its second line
 * says what it stands for, and among its first lines is the constant {@code VERSION}. Immutable, safe for many threads.
 */
public final class StandInScript {
  /** The file in a node's root folder that says how the node behaves. */
  public static final String CONF_FILE = "standin.conf";

  private static final int LINES_TO_VERSION = 20;
  private static final Pattern VERSION_LINE = Pattern.compile("my \\$VERSION = '([^']+)';.*");

  private final Class<?> owner;
  private final String fileName;
  private final String variablePrefix;

  /**
   * @param owner in whose package the script is a resource
   * @param fileName the resource's name, which is the program's as well
   * @param variablePrefix of the variables that say how it behaves
   */
  public StandInScript(Class<?> owner, String fileName, String variablePrefix) {
    this.owner = owner;
    this.fileName = fileName;
    this.variablePrefix = variablePrefix;
  }

  /** The script as it is in the jar. */
  public String text() throws IOException {
    try (InputStream resource = owner.getResourceAsStream(fileName)) {
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /**
   * Puts a copy into a folder, which is made when missing.
   *
   * @param constants the new values of some of its {@code my $NAME = '…';}
   * @return the file, mode 0755
   */
  public Path installInto(Path folder, Map<String, String> constants) throws IOException {
    Files.createDirectories(folder);
    return Executables.write(folder.resolve(fileName), rebuilt(constants));
  }

  /**
   * Compiles a copy that is a program of its own, for whoever knows a process by its {@code /proc/PID/exe} alone. Takes
   * seconds; needs gcc and libperl-dev here, and where it runs perl-base of the same release. {@link #versionOf} does not know
   * its version.
   *
   * @param constants as for {@link #installInto}
   * @return the file, mode 0755
   * @throws IOException naming gcc and libperl-dev when it cannot be compiled
   */
  public Path buildNativeInto(Path folder, Map<String, String> constants) throws IOException {
    Files.createDirectories(folder);
    return NativeProgram.build(rebuilt(constants), folder.resolve(fileName));
  }

  /** The variable that says the same as a name in {@link #CONF_FILE}. */
  public String variable(String name) {
    return variablePrefix + name.toUpperCase(Locale.ROOT);
  }

  /** The version of a copy, read from the file without running it; empty when it is none of this script. */
  public Optional<Version> versionOf(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      List<String> first = lines.limit(LINES_TO_VERSION).toList();
      if (first.size() < 2 || !first.get(1).startsWith("# A stand-in for " + fileName + ":")) {
        return Optional.empty();
      }
      return first.stream().map(VERSION_LINE::matcher).filter(Matcher::matches)
          .map(line -> new Version(line.group(1))).findFirst();
    }
  }

  /**
   * Writes the settings of a stand-in, one {@code name=value} a line, for all to read. Never changes a file that is being read:
   * the new one takes its place.
   */
  public static void writeSettings(Path file, Map<String, String> settings) throws IOException {
    StringBuilder lines = new StringBuilder();
    new TreeMap<>(settings).forEach((name, value) -> lines.append(name).append('=').append(value).append('\n'));
    Path whole = Files.createTempFile(file.toAbsolutePath().getParent(), "." + file.getFileName(), "");
    Files.writeString(whole, lines);
    Files.setPosixFilePermissions(whole, PosixFilePermissions.fromString("rw-r--r--"));
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private String rebuilt(Map<String, String> constants) throws IOException {
    String script = text();
    for (Map.Entry<String, String> constant : constants.entrySet()) {
      script = script.replaceFirst("(?m)^my \\$" + constant.getKey() + " = '[^']*'",
          Matcher.quoteReplacement("my $" + constant.getKey() + " = '" + constant.getValue() + "'"));
    }
    return script;
  }
}
