package dev.wnm.spi.manager;

/** Whether a process manager can work on this machine. */
public sealed interface Availability {
  /** It can; {@code detail} is worth showing (the version of a wrapped tool, say) or empty. */
  record Available(String detail) implements Availability {}

  /** It cannot; {@code reason} is one sentence that says what is missing and how to get it. */
  record Unavailable(String reason) implements Availability {}
}
