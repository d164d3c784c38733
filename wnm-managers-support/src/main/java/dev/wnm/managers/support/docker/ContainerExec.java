package dev.wnm.managers.support.docker;

import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.Wrapper;
import dev.wnm.spi.command.WrapperFailedException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code docker exec}, which ends with 1, 125, 126, 127, 137 or 255 for reasons of its own: the container is missing, ends,
 * restarts or is paused, or the engine is away. So a shell in the container notes as the last line of stderr how the command
 * ended; without that line nothing is known of it.
 *
 * @param container in which container
 * @param shown the call as a person would write it, for sentences
 */
record ContainerExec(String container, Command shown) implements Wrapper {
  private static final String NOTE = "wnm: the command in the container ended with ";
  /** A fixed text, which gets the command as words of its own. */
  static final List<String> SHELL =
      List.of("sh", "-c", "\"$@\"; code=$?; printf '\\n%s%d\\n' '" + NOTE + "' \"$code\" >&2; exit \"$code\"", "sh");
  private static final Pattern NOTED = Pattern.compile("\n" + NOTE + "(\\d{1,3})\n\\z");

  @Override
  public CommandResult unwrap(CommandResult result) throws WrapperFailedException {
    Matcher noted = NOTED.matcher(result.stderr());
    if (noted.find()) {
      return new CommandResult(shown, Integer.parseInt(noted.group(1)), result.stdout(),
          result.stderr().substring(0, noted.start()), result.took(), false);
    }
    CommandResult ended = new CommandResult(
        shown, result.exitCode(), result.stdout(), result.stderr(), result.took(), result.timedOut());
    if (result.timedOut()) {
      return ended;
    }
    throw new WrapperFailedException("docker exec in container " + container, ended);
  }
}
