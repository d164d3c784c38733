package dev.wnm.core.model;

import java.util.Objects;

/**
 * What was found out of one thing that wnm needs, or of the machine it works on.
 *
 * @param name what was looked at, in one or two words
 * @param verdict how it is
 * @param seen what was seen, in words
 * @param mend a command or a step that mends it; empty where there is nothing to mend, or nothing known that would
 */
public record Check(String name, Verdict verdict, String seen, String mend) {
  public Check {
    Objects.requireNonNull(name);
    Objects.requireNonNull(verdict);
    Objects.requireNonNull(seen);
    Objects.requireNonNull(mend);
  }

  /** How a thing is. */
  public enum Verdict {
    OK,
    /** It works, but not as well as it should, or not for long. */
    WARNING,
    /** It keeps wnm or nodes from working. */
    TROUBLE,
    /** It cannot be told on this machine. */
    UNKNOWN
  }

  public static Check ok(String name, String seen) {
    return new Check(name, Verdict.OK, seen, "");
  }

  public static Check warning(String name, String seen, String mend) {
    return new Check(name, Verdict.WARNING, seen, mend);
  }

  public static Check trouble(String name, String seen, String mend) {
    return new Check(name, Verdict.TROUBLE, seen, mend);
  }

  public static Check unknown(String name, String seen) {
    return new Check(name, Verdict.UNKNOWN, seen, "");
  }
}
