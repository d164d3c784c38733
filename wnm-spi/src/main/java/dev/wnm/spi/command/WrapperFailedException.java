package dev.wnm.spi.command;

/**
 * What was to run a program failed itself ({@link Wrapper}). Whether the program ran, and how it ended, is not known: this is
 * never an answer to what was asked.
 */
public final class WrapperFailedException extends CommandFailedException {
  private static final long serialVersionUID = 1L;

  private final String said;

  /** @param wrapper what failed, in a word or two; the rest of the sentence is made of the result */
  public WrapperFailedException(String wrapper, CommandResult result) {
    super(wrapper + " failed, so that nothing is known of what it was to run: " + result.describe());
    said = result.stderr().strip();
  }

  /** A wrapper that says better itself what went wrong. */
  public WrapperFailedException(String message) {
    super(message);
    said = message;
  }

  /** What the wrapper said, without the command line. */
  public String said() {
    return said;
  }
}
