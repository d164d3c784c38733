package dev.wnm.fleet.transport;

/** Somebody else has changed it since it was read; nothing was written. */
public final class ConflictException extends FleetException {
  private static final long serialVersionUID = 1;

  /** @param what it is, such as {@code the wish for a1} */
  public ConflictException(String what) {
    super(what + " was changed by somebody else at the same time; look again, and try again");
  }
}
