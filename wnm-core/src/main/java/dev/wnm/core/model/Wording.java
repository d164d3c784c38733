package dev.wnm.core.model;

/**
 * The words for what a run did: a dry run did nothing, and says at each place what it would have done. The one place where
 * that is decided.
 *
 * @param dryRun whether nothing is really done
 */
public record Wording(boolean dryRun) {

  /** {@code stopped} or {@code would have stopped}. @param participle of the verb; also its past tense */
  public String did(String participle) {
    return did(participle, participle);
  }

  /** The same for a verb such as "forgot, forgotten". */
  public String did(String past, String participle) {
    return dryRun ? "would have " + participle : past;
  }

  /** {@code was stopped} or {@code would have been stopped}. */
  public String wasDone(String participle) {
    return (dryRun ? "would have been " : "was ") + participle;
  }
}
