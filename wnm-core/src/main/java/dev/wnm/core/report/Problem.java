package dev.wnm.core.report;

/**
 * Something that an operator should look after.
 *
 * @param word it in one word, which is the same as long as it is the same problem, whatever figures are in the clause
 * @param what what is wrong or unknown, a clause
 * @param mend what to do about it, such as a command; empty where there is nothing to do but wait
 */
public record Problem(String word, String what, String mend) {
  /** The word for what holds nodes back from being upgraded after failures. */
  public static final String NO_UPGRADE = "no-upgrade";
  /** The word for what of the machine cannot be measured. */
  public static final String UNMEASURED = "unmeasured";
  /** The word for what is wrong with single nodes, or unknown of them. */
  public static final String NODES = "nodes";
}
