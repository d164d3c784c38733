package dev.wnm.fleet.view;

/** What is believed of a host. */
public enum Belief {
  /** It said lately that all is well. */
  WELL("well"),
  /** It said lately that something is wrong. */
  TROUBLE("trouble"),
  /** It said lately that it does not know. */
  UNKNOWN("unknown"),
  /** It has said nothing for too long; how it is now is not known. */
  SILENT("silent"),
  /** It has never said anything. */
  NEVER("never heard"),
  /** Two machines speak with its identity. */
  DOUBLE("double"),
  /** What came last under its name cannot be read, or says that it is of somebody else. */
  ODD("odd");

  private final String word;

  Belief(String word) {
    this.word = word;
  }

  /** In tables and filters. */
  public String word() {
    return word;
  }

  /** Whether what it said is believed to be so now. */
  public boolean isFresh() {
    return this == WELL || this == TROUBLE || this == UNKNOWN;
  }
}
