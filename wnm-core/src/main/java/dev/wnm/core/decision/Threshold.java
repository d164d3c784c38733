package dev.wnm.core.decision;

import java.util.function.ToDoubleFunction;

/**
 * One comparison of a measured value with a setting: what features are made of, and how they are explained.
 *
 * @param what the measured value's name
 * @param unit what both numbers count
 * @param measured the measured value
 * @param side on which side of the limit the value must lie, strictly
 * @param option the setting's name
 * @param limit the setting's value
 */
record Threshold(
    String what,
    Unit unit,
    ToDoubleFunction<DecisionInput> measured,
    Side side,
    String option,
    ToDoubleFunction<DecisionInput> limit) {

  enum Side {
    BELOW,
    ABOVE
  }

  /** False when the setting switches the comparison off: the rates' thresholds do so with 0. */
  boolean isOn(DecisionInput input) {
    return unit != Unit.BYTES_PER_SECOND || limit.applyAsDouble(input) != 0;
  }

  boolean holds(DecisionInput input) {
    double value = measured.applyAsDouble(input);
    double bound = limit.applyAsDouble(input);
    return side == Side.BELOW ? value < bound : value > bound;
  }

  /** Such as {@code CPU 81.0 % is above cpu_remove 70 %}. */
  String sentence(DecisionInput input) {
    return measurement(input) + (holds(input) ? " is " : " is not ")
        + (side == Side.BELOW ? "below " : "above ") + option + " " + unit.limit(limit.applyAsDouble(input));
  }

  /** Such as {@code CPU 81.0 %}. */
  String measurement(DecisionInput input) {
    return what + " " + unit.measured(measured.applyAsDouble(input), limit.applyAsDouble(input));
  }
}
