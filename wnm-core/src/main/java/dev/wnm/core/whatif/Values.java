package dev.wnm.core.whatif;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.wnm.spi.config.BadInputException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The values of one JSON object. A number may be written as a text, as shells make it. Missing keys, null, an empty text and
 * {@code None}, which a Python null may have become, are all the same.
 *
 * @param where the object's key, for messages
 * @param object the object
 */
record Values(String where, JsonObject object) {
  /** More text than any number that is measured here has. */
  private static final int LONGEST_NUMBER = 40;
  /** What a long holds. */
  private static final int MOST_DIGITS = 18;

  /** The value's text; a whole number is without fraction and exponent, however it was written. */
  Optional<String> text(String key) {
    JsonElement value = object.get(key);
    if (value == null || value.isJsonNull()) {
      return Optional.empty();
    }
    if (!value.isJsonPrimitive()) {
      throw new BadInputException(where + "." + key + " must be a single value, but is " + value);
    }
    JsonPrimitive primitive = value.getAsJsonPrimitive();
    String text = primitive.getAsString().strip();
    if (text.isEmpty() || text.equals("None")) {
      return Optional.empty();
    }
    boolean mayBeWholeInDisguise = primitive.isNumber() && !isDigits(text);
    return Optional.of(mayBeWholeInDisguise ? parse(text).filter(Values::isWhole).map(Values::digits).orElse(text) : text);
  }

  /** Any number of at most 18 digits before the point. */
  Optional<BigDecimal> number(String key) {
    return text(key).map(text -> parse(text).orElseThrow(() -> refusal(key, "a number", text)));
  }

  /** A whole number within bounds. */
  Optional<Integer> integer(String key, int lowest, int highest) {
    return text(key).map(text -> parse(text)
        .filter(number -> isWhole(number) && number.longValue() >= lowest && number.longValue() <= highest)
        .orElseThrow(() -> refusal(key, "a whole number from " + lowest + " to " + highest, text))
        .intValue());
  }

  /** Any number; 0 when the key is missing, and empty when it is there without a value: null, as reports say unknown. */
  OptionalDouble decimalOrZero(String key) {
    Optional<BigDecimal> number = number(key);
    return number.isPresent() ? OptionalDouble.of(number.get().doubleValue())
        : object.has(key) ? OptionalDouble.empty() : OptionalDouble.of(0);
  }

  /** The same as a whole number, its fraction cut off. */
  OptionalLong longOrZero(String key) {
    Optional<BigDecimal> number = number(key);
    return number.isPresent() ? OptionalLong.of(number.get().setScale(0, RoundingMode.DOWN).longValue())
        : object.has(key) ? OptionalLong.empty() : OptionalLong.of(0);
  }

  private BadInputException refusal(String key, String allowed, String text) {
    return new BadInputException(where + "." + key + " must be " + allowed + ", but is '" + text + "'");
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
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static boolean isWhole(BigDecimal number) {
    return number.scale() <= 0 || number.stripTrailingZeros().scale() <= 0;
  }

  private static String digits(BigDecimal number) {
    return number.toBigInteger().toString();
  }
}
