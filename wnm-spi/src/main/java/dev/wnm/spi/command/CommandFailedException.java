package dev.wnm.spi.command;

/** A program could not be started, failed or ran too long. The message names the command line and how it ended. */
public class CommandFailedException extends Exception {
  public CommandFailedException(String message) {
    super(message);
  }

  public CommandFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
