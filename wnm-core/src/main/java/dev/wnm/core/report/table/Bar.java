package dev.wnm.core.report.table;

import java.util.OptionalDouble;

/** How much of something is used, as a bar with the thresholds drawn in it: {@code [######..|...|....]}. */
public final class Bar {
  private Bar() {}

  /**
   * @param used how much; a bar of question marks where it is not known
   * @param room below this there is room for more; empty where that is off
   * @param pressure above this it is too much; empty where that is off
   * @param most what fills the bar, above 0
   * @param cells how long it is, 1 or more
   */
  public static String of(OptionalDouble used, OptionalDouble room, OptionalDouble pressure, double most, int cells) {
    if (used.isEmpty() || !Double.isFinite(used.getAsDouble())) {
      return "[" + "?".repeat(cells) + "]";
    }
    int full = place(used.getAsDouble(), most, cells);
    StringBuilder bar = new StringBuilder("#".repeat(full) + ".".repeat(cells - full));
    room.ifPresent(limit -> bar.setCharAt(Math.min(cells - 1, place(limit, most, cells)), '|'));
    pressure.ifPresent(limit -> bar.setCharAt(Math.min(cells - 1, place(limit, most, cells)), '|'));
    return "[" + bar + "]";
  }

  private static int place(double value, double most, int cells) {
    return (int) Math.round(Math.max(0, Math.min(1, value / most)) * cells);
  }
}
