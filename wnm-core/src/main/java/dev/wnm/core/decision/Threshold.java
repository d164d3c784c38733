package dev.wnm.core.decision;

import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * One comparison of a measured value with a setting: what features are made of, and how they are explained. A value that is
 * unknown is on neither side of any limit.
 *
 * @param what the measured value's name
 * @param unit what both numbers count
 * @param measured the measured value; empty when it is unknown
 * @param side on which side of the limit the value must lie, strictly
 * @param option the setting's name
 * @param limit the setting's value
 */
record Threshold(
    String what,
    Unit unit,
    Function<DecisionInput, OptionalDouble> measured,
    Side side,
    String option,
    ToDoubleFunction<DecisionInput> limit) {

  enum Side {
    BELOW,
    ABOVE
  }

  /** The same comparison of one disk of several. */
  Threshold of(Disk disk) {
    return new Threshold(what + " of " + disk.storage(), unit, input -> disk.usedPercent(), side, option, limit);
  }

  /** False when the setting switches the comparison off: the rates' thresholds do so with 0, those of percentages with 100. */
  boolean isOn(DecisionInput input) {
    return switch (unit) {
      case BYTES_PER_SECOND -> limit.applyAsDouble(input) != 0;
      case PERCENT -> limit.applyAsDouble(input) < 100;
      case LOAD, NODES -> true;
    };
  }

  Resource.Limit limitFor(DecisionInput input) {
    double value = limit.applyAsDouble(input);
    return new Resource.Limit(option, value, isOn(input) ? unit.limit(value) : "off", isOn(input));
  }

  boolean isUnknown(DecisionInput input) {
    return measured.apply(input).isEmpty();
  }

  boolean holds(DecisionInput input) {
    OptionalDouble value = measured.apply(input);
    if (value.isEmpty()) {
      return false;
    }
    double bound = limit.applyAsDouble(input);
    return side == Side.BELOW ? value.getAsDouble() < bound : value.getAsDouble() > bound;
  }

  /** Such as {@code CPU 81.0 % is above cpu_remove 70 %} or {@code memory use is unknown (mem_less_than 60 %)}. */
  String sentence(DecisionInput input) {
    String bound = option + " " + unit.limit(limit.applyAsDouble(input));
    if (isUnknown(input)) {
      return what + " is unknown (" + bound + ")";
    }
    return measurement(input) + (holds(input) ? " is " : " is not ") + (side == Side.BELOW ? "below " : "above ") + bound;
  }

  /** Such as {@code CPU 81.0 %}. */
  String measurement(DecisionInput input) {
    return what + " " + use(input);
  }

  /** The measured value alone, such as {@code 81.0 %} or {@code unknown}. */
  String use(DecisionInput input) {
    OptionalDouble value = measured.apply(input);
    return value.isPresent() ? unit.measured(value.getAsDouble(), limit.applyAsDouble(input)) : "unknown";
  }

  /** How far the measured value is from the limit; none where it is unknown. */
  double distance(DecisionInput input) {
    OptionalDouble value = measured.apply(input);
    return value.isPresent() ? Math.abs(value.getAsDouble() - limit.applyAsDouble(input)) : 0;
  }
}
