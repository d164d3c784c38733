package dev.wnm.core.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Writes decimals as Python does: the fewest digits that read back as the same number. */
final class Decimals {
  /** No double needs more significant digits. */
  private static final int MOST_DIGITS = 17;
  private static final int LOWEST_PLAIN_EXPONENT = -4;
  private static final int HIGHEST_PLAIN_EXPONENT = 15;

  private Decimals() {}

  /** Such as {@code 2.0}, {@code 0.7705078125}, {@code 1e-05} or {@code 1.5e+16}. */
  static String text(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
    }
    String sign = Math.copySign(1, value) < 0 ? "-" : "";
    if (value == 0) {
      return sign + "0.0";
    }
    BigDecimal shortest = shortest(Math.abs(value));
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (LOWEST_PLAIN_EXPONENT <= exponent && exponent <= HIGHEST_PLAIN_EXPONENT) {
      return sign + shortest.setScale(Math.max(1, shortest.scale()), RoundingMode.UNNECESSARY).toPlainString();
    }
    String digits = shortest.unscaledValue().toString();
    String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
    return sign + digits.charAt(0) + fraction + "e%s%02d".formatted(exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  /** Java 17's own {@link Double#toString(double)} sometimes writes a digit too many. */
  private static BigDecimal shortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 1; digits < MOST_DIGITS; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (rounded.doubleValue() == value) {
        return rounded.stripTrailingZeros();
      }
    }
    return exact.round(new MathContext(MOST_DIGITS, RoundingMode.HALF_EVEN)).stripTrailingZeros();
  }
}
