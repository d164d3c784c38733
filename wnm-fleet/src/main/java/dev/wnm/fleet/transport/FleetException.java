package dev.wnm.fleet.transport;

/** Something that a transport was asked for, and that it did not do, or does not know to be done. Its message is a sentence. */
public class FleetException extends Exception {
  private static final long serialVersionUID = 1;

  public FleetException(String sentence) {
    super(sentence);
  }

  public FleetException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
