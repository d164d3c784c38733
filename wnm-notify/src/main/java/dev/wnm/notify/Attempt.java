package dev.wnm.notify;

import java.time.Duration;

/**
 * What came of telling somebody once.
 *
 * @param end how it ended
 * @param why a clause, where it failed; without the address
 * @param pause how long whoever was to be told wants to be left alone; zero where nothing is said of that
 */
record Attempt(End end, String why, Duration pause) {
  /** How it ended. */
  enum End {
    /** It was told. */
    TOLD,
    /** It could not be told, and another try may do. */
    FAILED,
    /** It does not take this event, and never will. */
    REFUSED
  }

  static final Attempt TOLD = new Attempt(End.TOLD, "", Duration.ZERO);

  static Attempt failed(String why) {
    return new Attempt(End.FAILED, why, Duration.ZERO);
  }

  boolean isTold() {
    return end == End.TOLD;
  }
}
