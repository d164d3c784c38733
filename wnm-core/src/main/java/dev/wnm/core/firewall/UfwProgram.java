package dev.wnm.core.firewall;

import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.command.WrapperFailedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The program ufw, which only root may run.
 *
 * @param file where it is
 * @param root whether wnm is root; else it goes through sudo
 * @param account the operator's, for advice
 */
record UfwProgram(CommandRunner runner, Path file, boolean root, String account) {
  /** It takes a fraction of a second, and longer while another ufw holds its lock. */
  static final Duration LIMIT = Duration.ofSeconds(30);
  /** How long another wnm of this machine is waited for. */
  private static final Duration OTHERS_LIMIT = Duration.ofSeconds(5);

  private static final int MOST_WORDS_OF_AN_ERROR = 300;

  /** It ran out of time, and the next call would hardly fare better. */
  static final class HangsException extends Exception {
    private static final long serialVersionUID = 1L;

    HangsException(String message) {
      super(message);
    }

    @Override
    public String getMessage() {
      return Objects.requireNonNull(super.getMessage());
    }
  }

  /**
   * Runs it. @return what it printed
   *
   * @throws CommandFailedException when it failed; the sentence stays the same for the same reason, as notices must
   * @throws HangsException when it was ended at its limit
   */
  String run(String... words) throws CommandFailedException, HangsException {
    List<String> argv = new ArrayList<>(List.of(file.toString()));
    argv.addAll(Arrays.asList(words));
    Command plain = Command.of(argv).within(LIMIT);
    CommandResult result;
    UfwLock lock = UfwLock.take(UfwLock.FILE, OTHERS_LIMIT);
    try {
      result = runner.run(root ? plain : plain.asRoot());
    } catch (WrapperFailedException e) {
      throw new CommandFailedException("sudo does not run " + plain + ": " + oneLine(e.said()) + "; the line '" + account
          + " ALL=(root) NOPASSWD: " + file
          + "' in sudoers (visudo -f /etc/sudoers.d/wnm) allows it, --firewall none does without", e);
    } finally {
      lock.close();
    }
    if (result.timedOut()) {
      throw new HangsException(result.command() + ": ended, because it took longer than " + LIMIT.toSeconds() + " s");
    }
    if (result.succeeded()) {
      return result.stdout();
    }
    String error = oneLine(result.stderr());
    throw new CommandFailedException(result.command() + ": exit " + result.exitCode() + (error.isEmpty() ? "" : ": " + error));
  }

  private static String oneLine(String said) {
    String line = said.strip().replaceAll("\\s*\\R\\s*", "; ");
    return line.substring(0, Math.min(line.length(), MOST_WORDS_OF_AN_ERROR));
  }
}
