package dev.wnm.fleet.host;

import dev.wnm.fleet.transport.FleetException;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.internal.PlainText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs this machine's wnm.
 *
 * @param launcher the words that start it
 */
public record WnmCommand(CommandRunner runner, List<String> launcher) {
  /** What {@code wnm} ends with when it is asked for what it does not do; nothing was changed then. */
  static final int REFUSED = 2;
  private static final String PREFIX = "wnm: ";

  public WnmCommand {
    launcher = List.copyOf(launcher);
  }

  /** What came of a call. */
  record Ran(int exitCode, String out, String sentence) {
    boolean succeeded() {
      return exitCode == 0;
    }
  }

  /** @throws FleetException when it could not be run to its end */
  Ran run(List<String> words, Duration most) throws FleetException {
    List<String> line = new ArrayList<>(launcher);
    line.addAll(words);
    try {
      CommandResult result = runner.run(Command.of(line).within(most));
      if (result.timedOut()) {
        throw new FleetException("wnm did not end within " + most.toSeconds() + " s");
      }
      return new Ran(result.exitCode(), result.stdout(), sentence(result));
    } catch (CommandFailedException e) {
      throw new FleetException("wnm cannot be run here: " + e.getMessage(), e);
    }
  }

  /** The last thing that it said on its standard error, without what stands in front of each line there. */
  private static String sentence(CommandResult result) {
    String last = result.stderr().lines().filter(line -> !line.isBlank()).reduce("", (first, second) -> second);
    int at = last.indexOf(PREFIX);
    String said = PlainText.of(at < 0 ? last : last.substring(at + PREFIX.length()));
    return said.isEmpty() ? "exit code " + result.exitCode() : said;
  }
}
