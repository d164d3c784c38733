package dev.wnm.core.model;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * Why something is done to nodes, and on whose word.
 *
 * @param reason in one line
 * @param decision the number of the decision that it follows from; empty where it follows from none
 * @param askedBy the account that asked for it; empty where wnm does it of its own accord
 */
public record Motive(String reason, OptionalLong decision, String askedBy) {
  public Motive {
    Objects.requireNonNull(decision, "decision");
    Objects.requireNonNull(askedBy, "askedBy");
    reason = reason.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
  }

  /** A reason of wnm's own that follows from no decision. */
  public static Motive of(String reason) {
    return new Motive(reason, OptionalLong.empty(), "");
  }
}
