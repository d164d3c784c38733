package dev.wnm.core.decision;

import java.util.Objects;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * One thing that an action needs, and how it stands now.
 *
 * @param key what it is called for programs, such as {@code memory}; the same for the same thing in every answer
 * @param what what it is called for people, such as {@code memory}
 * @param state whether it is met
 * @param present how it is now, such as {@code 81.0 %}
 * @param needed how it must be, such as {@code below 75 %}
 * @param option the setting that says so; empty where none does
 * @param gap by how much it is missed, and what follows from that or ends it, such as {@code 6.0 points too much}; empty where it is met
 */
@API(status = API.Status.STABLE)
public record Condition(String key, String what, State state, String present, String needed, Optional<String> option, String gap) {
  public Condition {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(option, "option");
  }

  /** Whether something that an action needs is so. */
  public enum State {
    /** It is. */
    MET,
    /** It is not. */
    UNMET,
    /** It is not known, and so as good as not. */
    UNKNOWN
  }

  /** The same where more is known of what ends it. */
  public Condition withGap(String more) {
    return new Condition(key, what, state, present, needed, option, gap.isEmpty() ? more : gap + "; " + more);
  }
}
