package dev.wnm.managers.support.docker;

import java.nio.file.Path;
import java.util.List;

/** Words of {@code docker run} and {@code docker create} that are the same for every container of nodes. */
public final class ContainerArguments {
  /** No right of root's, and no way to gain any; further words may give some back. */
  public static final List<String> HARDENING = List.of("--cap-drop", "ALL", "--security-opt", "no-new-privileges");
  /** A log that does not grow: nodes have logs of their own. */
  public static final List<String> LOG =
      List.of("--log-driver", "json-file", "--log-opt", "max-size=1m", "--log-opt", "max-file=2");
  /** The restart policy: back after a reboot, unless somebody stopped it. */
  public static final String RESTART = "unless-stopped";

  private ContainerArguments() {}

  /** Shows a folder or file of the host inside. */
  public static List<String> mount(Path source, Path target) {
    return List.of("--mount", bind(source, target));
  }

  /** The same at the same place, not to be written. */
  public static List<String> mountReadOnly(Path path) {
    return List.of("--mount", bind(path, path) + ",readonly");
  }

  private static String bind(Path source, Path target) {
    return "type=bind," + quoted("source=" + source) + "," + quoted("target=" + target);
  }

  /** Docker reads the word as a line of CSV. */
  private static String quoted(String field) {
    return '"' + field.replace("\"", "\"\"") + '"';
  }
}
