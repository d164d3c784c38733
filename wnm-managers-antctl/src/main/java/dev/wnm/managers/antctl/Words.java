package dev.wnm.managers.antctl;

import dev.wnm.core.command.CommandResult;
import dev.wnm.core.manager.CannotException;
import java.util.Optional;
import java.util.regex.Pattern;

/** antctl's words, made fit for one sentence. */
final class Words {
  /** Colours; antctl's error reports have them even where they are not wanted. */
  private static final Pattern ANSI = Pattern.compile("\u001b\\[[0-9;?]*[A-Za-z]");
  /** The numbered message of an error report ({@code   0: No service named 'x'}). */
  private static final Pattern REPORT_LINE = Pattern.compile("^\\s*\\d+:\\s+(.*)$");

  private Words() {}

  /** A call that failed, and may not another time. */
  static CannotException failure(CommandResult result) {
    return CannotException.forNow(of(result));
  }

  /** How a command ended, with antctl's own reason where it gave one. */
  static String of(CommandResult result) {
    String stderr = ANSI.matcher(result.stderr()).replaceAll("").strip();
    String reason = failureLines(result).or(() -> report(stderr)).orElse(stderr);
    return new CommandResult(result.command(), result.exitCode(), result.stdout(), reason, result.took(), result.timedOut())
        .describe();
  }

  /** The lines that say what is wrong; where it happened in antctl's source and how to get a backtrace help nobody here. */
  private static Optional<String> report(String stderr) {
    String messages = stderr.lines().takeWhile(line -> !line.startsWith("Location:")).map(REPORT_LINE::matcher).filter(line -> line.matches()).map(line -> line.group(1).strip())
        .distinct().reduce((first, second) -> first + "; " + second).orElse("");
    return messages.isEmpty() ? Optional.empty() : Optional.of(messages);
  }

  /** What antctl says of single services ({@code ✕ antnode3: reason}), it says on stdout; its report only counts them. */
  private static Optional<String> failureLines(CommandResult result) {
    return ANSI.matcher(result.stdout()).replaceAll("").lines().map(String::strip).filter(line -> line.startsWith("✕"))
        .reduce((first, second) -> first + "; " + second);
  }
}
