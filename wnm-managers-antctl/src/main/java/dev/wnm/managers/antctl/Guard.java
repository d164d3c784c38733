package dev.wnm.managers.antctl;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps calls of one antctl apart, since antctl itself does not, and ends one that hangs. {@code flock} holds a file beside
 * the registry for as long as antctl runs, also when wnm does not any more, and lets go of it before the nodes inherit it.
 * {@code timeout} counts from when the lock is there, and reaches antctl in a container, too.
 */
final class Guard {
  /** flock's exit code when somebody else kept the lock. */
  static final int HELD = 75;
  /** timeout's exit code when it ended the call. */
  static final int ENDED = 124;
  static final String LOCK_FILE = "node_registry.lock";

  /** How long antctl may take to die, and its caller to notice. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private Guard() {}

  /**
   * The words that run a command under the lock of a registry's folder.
   *
   * @param wait for the lock
   * @param limit of the command itself
   */
  static List<String> around(Path registryFolder, Duration wait, Duration limit, List<String> command) {
    List<String> words = new ArrayList<>(List.of(
        "flock", "-o", "-w", Long.toString(wait.toSeconds()), "-E", Integer.toString(HELD),
        registryFolder.resolve(LOCK_FILE).toString(),
        "timeout", "-k", Long.toString(GRACE.toSeconds()), Long.toString(limit.toSeconds())));
    words.addAll(command);
    return words;
  }

  /** What all of it may take. */
  static Duration whole(Duration wait, Duration limit) {
    return wait.plus(limit).plus(GRACE.multipliedBy(3));
  }
}
