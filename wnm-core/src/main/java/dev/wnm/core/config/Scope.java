package dev.wnm.core.config;

/** How long a given value lasts, and where it may come from. */
public enum Scope {
  /** Kept in the database; a different value may be given at any time, from any source, and is kept from then on. */
  STORED("kept, changeable any time"),
  /** Kept by {@code --init}; a different value later is refused. */
  FIXED("kept, fixed by --init"),
  /** For this run only; from any source. */
  RUN("this run only"),
  /** A request, done once: from the command line only. */
  ONCE("this run only, command line only"),
  /** Accepted, for scripts written for the Python wnm, and without effect. */
  IGNORED("accepted, no effect");

  private final String words;

  Scope(String words) {
    this.words = words;
  }

  /** The same in a few words for the operator. */
  public String words() {
    return words;
  }

  /** Whether its values are kept in the database. */
  public boolean isKept() {
    return this == STORED || this == FIXED;
  }
}
