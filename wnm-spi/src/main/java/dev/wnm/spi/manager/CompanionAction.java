package dev.wnm.spi.manager;

import java.util.Locale;

/** What may be done to a service that runs beside nodes. */
public enum CompanionAction {
  /** It runs, with all that it needs; one that runs already is left alone. */
  START("started"),
  /** It is down, and stays so until it or its container is started. What it wants done before is done. */
  STOP("stopped"),
  /** Stopped and started; one that is down is started. */
  RESTART("restarted"),
  /** It reads its configuration anew, in the same process. */
  RELOAD("reloaded");

  private final String done;

  CompanionAction(String done) {
    this.done = done;
  }

  /** {@code start}. */
  public String verb() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** {@code started}. */
  public String done() {
    return done;
  }
}
