package dev.wnm.managers.antctl;

import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.manager.CauseLine;
import dev.wnm.spi.manager.OperationFailedException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** antctl's words, made fit for one sentence. */
final class Messages {
  /** Colours; antctl's error reports have them even where they are not wanted. */
  private static final Pattern ANSI = Pattern.compile("\u001b\\[[0-9;?]*[A-Za-z]");
  /** A line of its log, which only {@code --debug} shows: {@code [TIME ERROR ant_node_manager::cmd::node 1] reason}. */
  private static final Pattern LOGGED = Pattern.compile("^\\[\\S+ ERROR [^]]*] (.*)$");

  private Messages() {}

  /** A call that failed, and may not another time. */
  static OperationFailedException failure(CommandResult result) {
    return OperationFailedException.forNow(of(result));
  }

  /** How a command ended, with antctl's own reason where it gave one. */
  static String of(CommandResult result) {
    String reason = failureLines(result).or(() -> logged(result)).orElseGet(() -> CauseLine.of(result.stderr()));
    return new CommandResult(result.command(), result.exitCode(), result.stdout(), reason, result.took(), result.timedOut())
        .describe();
  }

  /** The reason that quiet calls do not show otherwise: their report only counts. */
  private static Optional<String> logged(CommandResult result) {
    return ANSI.matcher(result.stderr()).replaceAll("").lines().map(LOGGED::matcher).filter(Matcher::matches)
        .map(line -> CauseLine.oneLine(line.group(1))).reduce((first, second) -> second);
  }

  /** What antctl says of single services ({@code ✕ antnode3: reason}), it says on stdout; its report only counts them. */
  private static Optional<String> failureLines(CommandResult result) {
    return ANSI.matcher(result.stdout()).replaceAll("").lines().map(String::strip).filter(line -> line.startsWith("✕"))
        .reduce((first, second) -> first + "; " + second);
  }
}
