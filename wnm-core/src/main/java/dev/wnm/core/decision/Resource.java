package dev.wnm.core.decision;

import java.util.Locale;
import java.util.OptionalDouble;
import org.apiguardian.api.API;

/**
 * What the machine has of one thing, and the two thresholds between which nodes are left as they are.
 *
 * @param name such as {@code load over 1 minute}
 * @param used how much of it is used, in the unit of the thresholds; empty when that is unknown
 * @param inWords the same for a person, such as {@code 22.0 %} or {@code unknown}
 * @param room nodes are started and added only below this
 * @param pressure above this nodes are stopped or removed
 * @param state what the use means for the number of nodes; what is switched off allows more whatever the use, and asks for nothing
 */
@API(status = API.Status.STABLE)
public record Resource(String name, OptionalDouble used, String inWords, Limit room, Limit pressure, State state) {
  /**
   * One threshold.
   *
   * @param option the setting that it is
   * @param value that setting's value
   * @param inWords the same for a person, such as {@code 50 %} or {@code off}
   * @param isOn whether it counts: some values switch a threshold off
   */
  public record Limit(String option, double value, String inWords, boolean isOn) {}

  /** What the use means for the number of nodes. */
  public enum State {
    /** It allows more. */
    ROOM,
    /** It allows no more, and asks for no fewer. */
    ENOUGH,
    /** It asks for fewer. */
    PRESSURE,
    /** It is unknown, and so allows no more and asks for no fewer. */
    UNKNOWN;

    /** For reports, such as {@code room}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
