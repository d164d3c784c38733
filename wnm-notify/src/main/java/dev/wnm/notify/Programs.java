package dev.wnm.notify;

import dev.wnm.core.config.NotifyTarget;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.internal.PlainText;
import dev.wnm.spi.internal.Reason;
import java.time.Duration;
import java.util.Map;

/** Tells programs: each is run without arguments, reads the event on its standard input, and has told when it ends with 0. */
final class Programs {
  /** Of what a program prints, only how it ends is of interest, and that where it fails. */
  private static final int KEPT_BYTES = 4 * 1024;
  private static final int LONGEST_REASON = 300;

  private final CommandRunner runner;

  Programs(CommandRunner runner) {
    this.runner = runner;
  }

  Attempt tell(NotifyTarget.Program program, Message message, Duration limit) throws InterruptedException {
    Command command = Command.of(program.path()).reading(message.json() + "\n").within(limit);
    for (Map.Entry<String, String> variable : message.variables().entrySet()) {
      command = command.with(variable.getKey(), variable.getValue());
    }
    try {
      CommandResult result = runner.runKeeping(KEPT_BYTES, command);
      return result.succeeded() ? Attempt.TOLD : Attempt.failed(reason(result));
    } catch (CommandFailedException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException(Reason.of(e));
      }
      return Attempt.failed(Reason.of(e));
    }
  }

  private static String reason(CommandResult result) {
    String ending = result.timedOut() ? "it was killed after " + result.command().limit().toSeconds() + " s" : "it ended with " + result.exitCode();
    String words = PlainText.of(result.stderr()).strip();
    return ending + (words.isEmpty() ? "" : ": " + (words.length() > LONGEST_REASON ? "…" + words.substring(words.length() - LONGEST_REASON) : words));
  }
}
