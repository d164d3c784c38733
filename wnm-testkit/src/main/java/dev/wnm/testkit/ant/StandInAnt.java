package dev.wnm.testkit.ant;

import dev.wnm.testkit.StandInScript;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Installs the stand-in for ant and its daemon: a Perl script that needs only Debian's perl-base, and no network. What it does and
 * how it can be made to misbehave is told at its top. Daemon and nodes outlive whoever started them: stop them through it.
 */
public final class StandInAnt {
  /** The version of a stand-in. */
  public static final String VERSION = "0.14.0";
  /** The file name of the program. */
  public static final String FILE_NAME = "ant";

  private static final StandInScript SCRIPT = new StandInScript(StandInAnt.class, FILE_NAME, "ANT_STANDIN_");

  private StandInAnt() {}

  /** Puts a stand-in into a folder, which is made when missing. @return the file, mode 0755 */
  public static Path installInto(Path folder) throws IOException {
    return SCRIPT.installInto(folder, Map.of("VERSION", VERSION));
  }

  /**
   * Says how a stand-in behaves from its next step on. Replaces what was said before; the script's top lists the names.
   *
   * @param ant what {@link #installInto} returned
   */
  public static void configure(Path ant, Map<String, String> settings) throws IOException {
    StandInScript.writeSettings(ant.resolveSibling(ant.getFileName() + ".conf"), settings);
  }
}
