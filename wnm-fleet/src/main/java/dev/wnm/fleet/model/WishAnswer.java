package dev.wnm.fleet.model;

/**
 * What became of a wish.
 *
 * @param generation the wish's; 0 where none came yet
 * @param outcome how it went
 * @param reason why it was refused, or what is still under way; empty otherwise
 */
public record WishAnswer(long generation, Outcome outcome, String reason) {
  /** None came yet. */
  public static final WishAnswer NONE = new WishAnswer(0, Outcome.NONE, "");

  /** How it went. */
  public enum Outcome {
    /** There was none. */
    NONE,
    /** It came, and is not carried out yet. */
    PENDING,
    /** It is in force. */
    APPLIED,
    /** Nothing of it was done, but for a hold: that comes before a program, which may be refused. */
    REFUSED
  }
}
