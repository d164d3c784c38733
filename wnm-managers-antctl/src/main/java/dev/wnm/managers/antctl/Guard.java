package dev.wnm.managers.antctl;

import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.WrapperFailedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Keeps calls of one antctl apart, since antctl itself does not, and ends one that hangs. {@code flock} holds a file beside
 * the registry for as long as antctl runs, also when wnm does not any more, and lets go of it before the nodes inherit it.
 * {@code timeout} counts from when the lock is there, and reaches antctl in a container, too.
 */
final class Guard {
  static final String LOCK_FILE = "node_registry.lock";
  /** flock's exit code when somebody else kept the lock. */
  private static final int HELD = 75;
  /** timeout's exit code when it ended the call. */
  private static final int ENDED = 124;

  /** flock's own failures are those of sysexits(3). */
  private static final int FLOCK_FAILED_FROM = 64;
  private static final int FLOCK_FAILED_TO = 78;
  /** timeout's when it does not find its command; 125 and 126 are others of its own. */
  private static final int NOT_FOUND = 127;

  /** How long antctl may take to die, and its caller to notice. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private Guard() {}

  /**
   * A command under the lock of a registry's folder; one that ran out of its time is a result that says so.
   *
   * @param where in words, such as {@code in container x} after a blank; empty for this machine
   * @param wait for the lock
   * @param limit of the command itself
   */
  static Command around(Path registryFolder, String where, Duration wait, Duration limit, Command command) {
    return command.through(result -> unwrap(result, where, wait), List.of(
        "flock", "-o", "-w", Long.toString(wait.toSeconds()), "-E", Integer.toString(HELD),
        registryFolder.resolve(LOCK_FILE).toString(),
        "timeout", "-k", Long.toString(GRACE.toSeconds()), Long.toString(limit.toSeconds())))
        .within(wait.plus(limit).plus(GRACE.multipliedBy(3)));
  }

  /** antctl itself ends with 0, 1, 2 or, when it panics, 101. */
  private static CommandResult unwrap(CommandResult result, String where, Duration wait) throws WrapperFailedException {
    int code = result.exitCode();
    if (result.timedOut() || code == ENDED) {
      return new CommandResult(result.command(), code, result.stdout(), result.stderr(), result.took(), true);
    }
    if (code == HELD) {
      throw new WrapperFailedException("another call of antctl" + where + " has not ended for " + wait.toSeconds()
          + " s; look what it hangs at");
    }
    if (code >= FLOCK_FAILED_FROM && code <= FLOCK_FAILED_TO || code > ENDED && code <= NOT_FOUND) {
      throw new WrapperFailedException("what keeps calls of antctl" + where + " apart", result);
    }
    return result;
  }
}
