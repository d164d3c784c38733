package dev.wnm.core.decision;

import dev.wnm.spi.internal.Human;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** What a number counts, and how it is written in a reason. */
enum Unit {
  PERCENT(" %", 1),
  LOAD("", 2),
  BYTES_PER_SECOND(" B/s", 0),
  NODES("", 0);

  private static final int MOST_DECIMALS = 12;

  private final String suffix;
  private final int decimals;

  Unit(String suffix, int decimals) {
    this.suffix = suffix;
    this.decimals = decimals;
  }

  /** The measured value, rounded unless that would hide on which side of the limit it lies. */
  String measured(double value, double limit) {
    if (this == BYTES_PER_SECOND) {
      String rate = Human.rate(value);
      return value != limit && rate.equals(Human.rate(limit)) ? Math.round(value) + suffix : rate;
    }
    int scale = decimals == 0 ? 1 : decimals == 1 ? 10 : 100;
    long scaled = Math.round(value * scale);
    if (Math.abs(value) > 1e15) {
      return value + suffix;
    }
    if (value != limit && scaled == limit * scale) {
      return distinct(value, limit) + suffix;
    }
    String digits = Long.toString(scaled / scale);
    if (decimals == 0) {
      return digits + suffix;
    }
    long fraction = scaled % scale;
    return digits + (decimals == 2 && fraction < 10 ? ".0" : ".") + fraction + suffix;
  }

  /** With as many digits after the point as it takes to tell it from the limit. */
  private static String distinct(double value, double limit) {
    BigDecimal exact = new BigDecimal(value);
    BigDecimal bound = new BigDecimal(limit);
    for (int digits = 1; digits < MOST_DECIMALS; digits++) {
      BigDecimal rounded = exact.setScale(digits, RoundingMode.HALF_EVEN);
      if (rounded.compareTo(bound) != 0) {
        return rounded.toPlainString();
      }
    }
    return Double.toString(value);
  }

  /** How far two values are from each other, such as {@code 6.0 points}. */
  String difference(double distance) {
    return switch (this) {
      case PERCENT -> Human.decimal(distance) + " points";
      case LOAD -> Human.decimal(distance);
      case BYTES_PER_SECOND -> Human.rate(distance);
      case NODES -> Human.count(distance);
    };
  }

  /** A limit as it was set, whole numbers without a fraction; of bytes in larger units where these say the same. */
  String limit(double value) {
    if (this == BYTES_PER_SECOND && isRound(value)) {
      return Human.rate(value);
    }
    return (value == (long) value ? Long.toString((long) value) : Double.toString(value)) + suffix;
  }

  /** Whether it has no more digits than people are shown. */
  private static boolean isRound(double bytes) {
    double rest = bytes;
    while (rest >= 1_000) {
      rest /= 1_000;
    }
    double shown = rest < 100 ? rest * 10 : rest;
    return shown == Math.rint(shown);
  }
}
