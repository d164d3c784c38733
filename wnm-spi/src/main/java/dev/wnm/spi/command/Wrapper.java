package dev.wnm.spi.command;

import java.util.regex.Pattern;

/**
 * A program that runs another one, such as sudo: it ends with the other's exit code or, when it fails itself, with one of its
 * own that may mean anything else. {@link CommandRunner#run} takes the two apart before a caller sees the result.
 */
@FunctionalInterface
public interface Wrapper {
  /**
   * sudo. When it fails it ends with 1 and says so in words, in those of the C locale that {@link CommandRunner} sets; there
   * is no better sign that a list of single programs in sudoers would leave to it. A program that fails with 1 and uses
   * its words is taken for sudo: then nothing is known, which does no harm.
   */
  Wrapper SUDO = new Wrapper() {
    private static final int FAILED = 1;
    private final Pattern words = Pattern.compile("(?m)^(?:sudo(?:-rs)?: (?!unable to resolve host)|Sorry, user "
        + "|\\S+ is not in the sudoers file|\\S+ is not allowed to run sudo )");

    @Override
    public CommandResult unwrap(CommandResult result) throws WrapperFailedException {
      if (!result.timedOut() && result.exitCode() == FAILED && words.matcher(result.stderr()).find()) {
        throw new WrapperFailedException("sudo", result);
      }
      return result;
    }
  };

  /**
   * The result of the program behind this wrapper.
   *
   * @param result that of the wrapper; one that was killed at its limit is no answer of anybody and stays as it is
   * @throws WrapperFailedException when the wrapper itself failed, so that nothing is known of the program
   */
  CommandResult unwrap(CommandResult result) throws WrapperFailedException;
}
