package dev.wnm.core.whatif;

import dev.wnm.spi.config.BadInputException;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * One value of a line. A number may be written as a text, as shells make it. null, an empty text and {@code None}, which a Python null may
 * have become, are the same as none.
 *
 * @param name the value's name, for messages
 * @param kind what it is
 * @param line where it stands
 * @param from its first character there
 * @param to the first character behind it
 */
record Scalar(String name, JsonLine.Kind kind, String line, int from, int to) {
  /** More text than any number that is measured here has. */
  private static final int LONGEST_NUMBER = 40;
  /** What a long holds. */
  private static final int MOST_DIGITS = 18;

  /** The value's text; a whole number is without fraction and exponent, however it was written. */
  Optional<String> text() {
    if (kind == JsonLine.Kind.NULL) {
      return Optional.empty();
    }
    if (kind == JsonLine.Kind.COMPOUND) {
      throw new BadInputException(name + " must be a single value, but is " + line.substring(from, to));
    }
    String text = (kind == JsonLine.Kind.ESCAPED_TEXT ? JsonLine.unescaped(line, from, to) : line.substring(from, to)).strip();
    if (text.isEmpty() || text.equals("None")) {
      return Optional.empty();
    }
    boolean mayBeWholeInDisguise = kind == JsonLine.Kind.NUMBER && !isDigits(text);
    return Optional.of(mayBeWholeInDisguise
        ? parse(text).filter(Scalar::isWhole).map(number -> number.toBigInteger().toString()).orElse(text) : text);
  }

  /** Any number of at most 18 digits before the point. */
  Optional<BigDecimal> number() {
    return text().map(text -> parse(text).orElseThrow(() -> refusal("a number", text)));
  }

  /** A whole number within bounds. */
  Optional<Integer> integer(int lowest, int highest) {
    return text().map(text -> parse(text)
        .filter(number -> isWhole(number) && number.longValue() >= lowest && number.longValue() <= highest)
        .orElseThrow(() -> refusal("a whole number from " + lowest + " to " + highest, text))
        .intValue());
  }

  private BadInputException refusal(String allowed, String text) {
    return new BadInputException(name + " must be " + allowed + ", but is '" + text + "'");
  }

  /** Empty for what is no number, and for numbers so large that computing with them would take its time. */
  private static Optional<BigDecimal> parse(String text) {
    if (text.length() > LONGEST_NUMBER) {
      return Optional.empty();
    }
    try {
      BigDecimal number = new BigDecimal(text);
      long digitsBeforePoint = (long) number.precision() - number.scale();
      if (number.signum() == 0 || digitsBeforePoint < -LONGEST_NUMBER) {
        return Optional.of(BigDecimal.ZERO);
      }
      return Optional.of(number).filter(n -> digitsBeforePoint <= MOST_DIGITS);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static boolean isDigits(String text) {
    return text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean isWhole(BigDecimal number) {
    return number.scale() <= 0 || number.stripTrailingZeros().scale() <= 0;
  }
}
