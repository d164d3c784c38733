package dev.wnm.core.whatif;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The values of one JSON object that have a known key, by its number; others are passed over. Missing keys are the same as those without a
 * value, see {@link Scalar}, where not said otherwise. Holds one object after another, so that a line costs no memory.
 */
final class Values {
  /** So many digits fit into a double without loss, and so do their power of ten. */
  private static final int PLAIN_DIGITS = 15;
  private static final double[] POWERS = new double[PLAIN_DIGITS + 1];

  static {
    for (int i = 0; i <= PLAIN_DIGITS; i++) {
      POWERS[i] = Math.pow(10, i);
    }
  }

  private final String where;
  private final Keys keys;
  private final boolean[] given;
  private final JsonLine.Kind[] kinds;
  private final int[] from;
  private final int[] to;
  private String line = "";
  /** The last plain number is {@code digits / 10^decimals}. */
  private long digits;
  private int decimals;

  /** @param where the object's key, for messages */
  Values(String where, Keys keys) {
    this.where = where;
    this.keys = keys;
    given = new boolean[keys.count()];
    kinds = new JsonLine.Kind[keys.count()];
    from = new int[keys.count()];
    to = new int[keys.count()];
  }

  /** Forgets what was, and takes the object that comes next. */
  void read(JsonLine json) {
    line = json.line();
    Arrays.fill(given, false);
    for (boolean more = json.enter(); more; more = json.another()) {
      json.name();
      int key = keyOf(json);
      json.value();
      if (key >= 0) {
        given[key] = true;
        kinds[key] = json.kind();
        from[key] = json.from();
        to[key] = json.to();
      }
    }
  }

  private int keyOf(JsonLine json) {
    if (json.kind() == JsonLine.Kind.TEXT) {
      return keys.find(line, json.from(), json.to());
    }
    String name = JsonLine.unescaped(line, json.from(), json.to());
    return keys.find(name, 0, name.length());
  }

  Optional<String> text(int key) {
    return scalar(key).flatMap(Scalar::text);
  }

  /** Whether the value stands there as this text. */
  boolean isWritten(int key, String raw) {
    return given[key] && to[key] - from[key] == raw.length() && line.startsWith(raw, from[key]);
  }

  /** The value as it stands there; empty where there is none. */
  String written(int key) {
    return given[key] ? line.substring(from[key], to[key]) : "";
  }

  Optional<BigDecimal> number(int key) {
    return scalar(key).flatMap(Scalar::number);
  }

  /** A whole number within bounds; 0 where there is none. */
  int count(int key, int highest) {
    if (isPlain(key) && decimals == 0 && digits >= 0 && digits <= highest) {
      return (int) digits;
    }
    return scalar(key).flatMap(value -> value.integer(0, highest)).orElse(0);
  }

  /** Any number; 0 when the key is missing, and empty when it is there without a value: null, as reports say unknown. */
  OptionalDouble decimalOrZero(int key) {
    if (isPlain(key)) {
      return OptionalDouble.of(digits / POWERS[decimals]);
    }
    Optional<BigDecimal> number = number(key);
    return number.isPresent() ? OptionalDouble.of(number.get().doubleValue())
        : given[key] ? OptionalDouble.empty() : OptionalDouble.of(0);
  }

  /** The same as a whole number, its fraction cut off. */
  OptionalLong longOrZero(int key) {
    if (isPlain(key)) {
      return OptionalLong.of(digits / (long) POWERS[decimals]);
    }
    Optional<BigDecimal> number = number(key);
    return number.isPresent() ? OptionalLong.of(number.get().setScale(0, RoundingMode.DOWN).longValue())
        : given[key] ? OptionalLong.empty() : OptionalLong.of(0);
  }

  private Optional<Scalar> scalar(int key) {
    return given[key] ? Optional.of(new Scalar(where + "." + keys.name(key), kinds[key], line, from[key], to[key])) : Optional.empty();
  }

  /** Reads digits with at most a sign and a point, as nearly all numbers are; whatever is otherwise is left to {@link Scalar}. */
  private boolean isPlain(int key) {
    if (!given[key] || kinds[key] != JsonLine.Kind.NUMBER && kinds[key] != JsonLine.Kind.TEXT) {
      return false;
    }
    int at = from[key];
    int end = to[key];
    boolean negative = at < end && line.charAt(at) == '-';
    int first = negative ? at + 1 : at;
    int point = -1;
    long number = 0;
    for (int i = first; i < end; i++) {
      char c = line.charAt(i);
      if (c == '.' && point < 0 && i > first && i < end - 1) {
        point = i;
      } else if (c >= '0' && c <= '9') {
        number = number * 10 + (c - '0');
      } else {
        return false;
      }
    }
    int count = end - first - (point < 0 ? 0 : 1);
    digits = negative ? -number : number;
    decimals = point < 0 ? 0 : end - point - 1;
    return count > 0 && count <= PLAIN_DIGITS;
  }
}
