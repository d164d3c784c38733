package dev.wnm.core.query;

/** Whether a condition holds, as far as that is known (Kleene's logic). In this order the lesser wins an {@code and}, the greater an {@code or}. */
public enum Truth {
  NO,
  UNKNOWN,
  YES;

  static Truth of(boolean holds) {
    return holds ? YES : NO;
  }

  Truth and(Truth other) {
    return compareTo(other) <= 0 ? this : other;
  }

  Truth or(Truth other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** What is unknown stays so. */
  Truth not() {
    return this == YES ? NO : this == NO ? YES : UNKNOWN;
  }
}
