package dev.wnm.core.decision;

/** What a number counts, and how it is written in a reason. */
enum Unit {
  PERCENT(" %", 1),
  LOAD("", 2),
  BYTES_PER_SECOND(" bytes/s", 0),
  NODES("", 0);

  private final String suffix;
  private final int decimals;

  Unit(String suffix, int decimals) {
    this.suffix = suffix;
    this.decimals = decimals;
  }

  /** The measured value, rounded unless that would hide on which side of the limit it lies. */
  String measured(double value, double limit) {
    int scale = decimals == 0 ? 1 : decimals == 1 ? 10 : 100;
    long scaled = Math.round(value * scale);
    if (value != limit && scaled == limit * scale || Math.abs(value) > 1e15) {
      return value + suffix;
    }
    String digits = Long.toString(scaled / scale);
    if (decimals == 0) {
      return digits + suffix;
    }
    long fraction = scaled % scale;
    return digits + (decimals == 2 && fraction < 10 ? ".0" : ".") + fraction + suffix;
  }

  /** A limit as it was set, whole numbers without a fraction. */
  String limit(double value) {
    return (value == (long) value ? Long.toString((long) value) : Double.toString(value)) + suffix;
  }
}
