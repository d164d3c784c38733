package dev.wnm.spi.command;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How a command ended.
 *
 * @param command what was run
 * @param exitCode its exit code, 128 + n when signal n ended it; meaningless when {@code timedOut}
 * @param stdout all that it printed
 * @param stderr all that it printed on stderr
 * @param took how long it ran
 * @param timedOut whether it was killed at its limit
 */
public record CommandResult(
    Command command, int exitCode, String stdout, String stderr, Duration took, boolean timedOut) {
  /** Line ends, above all: systemctl says what failed and what to do in two lines. */
  private static final Pattern CONTROLS = Pattern.compile("\\s*\\p{Cc}+\\s*");
  private static final int STDERR_TAIL_CHARS = 2_048;

  public boolean succeeded() {
    return exitCode == 0 && !timedOut;
  }

  /**
   * The result of the program behind the command's wrappers: what a {@link CommandRunner} returns.
   *
   * @throws WrapperFailedException when one of these failed itself
   */
  public CommandResult unwrapped() throws WrapperFailedException {
    CommandResult result = this;
    for (Wrapper wrapper : command.wrappers()) {
      result = wrapper.unwrap(result);
    }
    return result;
  }

  /** This result when the command succeeded. @throws CommandFailedException when it did not */
  public CommandResult orThrow() throws CommandFailedException {
    if (!succeeded()) {
      throw new CommandFailedException(describe());
    }
    return this;
  }

  /** The command line, how it ended, how long it took and the end of its stderr, in one line. */
  public String describe() {
    String ending = timedOut ? "killed at its limit" : "exit " + exitCode;
    String text = command + ": " + ending + " after " + Math.round(took.toMillis() / 100.0) / 10.0 + " s";
    String tail = stderr.strip();
    if (tail.length() > STDERR_TAIL_CHARS) {
      tail = "…" + tail.substring(tail.length() - STDERR_TAIL_CHARS);
    }
    return CONTROLS.matcher(tail.isEmpty() ? text : text + "; stderr ends: " + tail).replaceAll(" ");
  }
}
