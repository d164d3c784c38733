package dev.wnm.core.history;

/**
 * Which decisions are asked for.
 *
 * @param range taken in this time, at least once
 * @param which whether it matters what followed
 * @param most no more than so many, the newest; 1 or more
 */
public record DecisionQuery(TimeRange range, Which which, int most) {
  /** Whether it matters what followed from a decision. */
  public enum Which {
    /** All. */
    ALL,
    /** Those that operations followed from. */
    ACTED_ON
  }

  public DecisionQuery {
    if (most < 1) {
      throw new IllegalArgumentException("at most " + most + " decisions are none");
    }
  }

  /** All of a time. */
  public static DecisionQuery of(TimeRange range, int most) {
    return new DecisionQuery(range, Which.ALL, most);
  }
}
