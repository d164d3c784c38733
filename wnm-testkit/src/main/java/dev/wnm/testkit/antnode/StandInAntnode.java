package dev.wnm.testkit.antnode;

import dev.wnm.spi.model.Version;
import dev.wnm.testkit.StandInScript;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
  public static final String CONF_FILE = StandInScript.CONF_FILE;

  private static final StandInScript SCRIPT = new StandInScript(StandInAntnode.class, FILE_NAME, "ANTNODE_STANDIN_");

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
    return SCRIPT.installInto(folder, Map.of("VERSION", version.text(), "UNKNOWN_FLAGS", String.join(" ", unknownFlags)));
  }

  /**
   * Compiles a stand-in that is a program of its own instead of a script, as {@link StandInScript#buildNativeInto} tells: the
   * real antctl knows a process by its {@code /proc/PID/exe} alone.
   *
   * @return the file, mode 0755
   * @throws IOException naming gcc and libperl-dev when it cannot be compiled
   */
  public static Path buildNativeInto(Path folder, Version version) throws IOException {
    return SCRIPT.buildNativeInto(folder, Map.of("VERSION", version.text()));
  }

  /**
   * Says how the node of a root folder behaves from now on; a running node notices within a second, or with its next
   * request. Replaces what was said before; the script's top lists the names.
   */
  public static void configure(Path rootDir, Map<String, String> settings) throws IOException {
    StandInScript.writeSettings(rootDir.resolve(CONF_FILE), settings);
  }

  /** The variable that says the same as a name in {@link #CONF_FILE}, such as {@code hang}. */
  public static String variable(String name) {
    return SCRIPT.variable(name);
  }

  /** The version of a copy, read from the file without running it; empty when it is no stand-in for antnode. */
  public static Optional<Version> versionOf(Path file) throws IOException {
    return SCRIPT.versionOf(file);
  }

  /** The script's text. */
  static String script() throws IOException {
    return SCRIPT.text();
  }
}
