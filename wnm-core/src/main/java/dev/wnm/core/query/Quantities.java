package dev.wnm.core.query;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads amounts with their units as people write them. Empty for what is none; no text is so long that reading it takes long. */
final class Quantities {
  static final int LONGEST = 60;
  private static final String NUMBER = "([+-]?[0-9]{1,18}(?:\\.[0-9]{1,9})?)";
  private static final Pattern SCALED = Pattern.compile(NUMBER + "([kKMGT]?)");
  private static final Pattern SIZED = Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{1,9})?)([A-Za-z]{0,3})");
  private static final Pattern PART_OF_TIME = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,3})?)([a-z]{1,3})");
  private static final Pattern AGO = Pattern.compile("(.+?) ?ago");
  private static final Map<String, Long> STEPS = Map.of("", 1L, "k", 1_000L, "m", 1_000_000L, "g", 1_000_000_000L, "t", 1_000_000_000_000L);
  private static final Map<String, Long> BINARY_STEPS = Map.of("k", 1L << 10, "m", 1L << 20, "g", 1L << 30, "t", 1L << 40);
  private static final Map<String, Long> MILLIS = Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "min", 60_000L, "h", 3_600_000L,
      "d", 86_400_000L, "w", 604_800_000L, "y", 31_536_000_000L);

  private Quantities() {}

  static Optional<BigDecimal> number(String text) {
    Matcher scaled = SCALED.matcher(text);
    return text.length() <= LONGEST && scaled.matches()
        ? step(scaled.group(2)).map(step -> new BigDecimal(scaled.group(1)).multiply(BigDecimal.valueOf(step))) : Optional.empty();
  }

  static Optional<Long> whole(String text) {
    return number(text).flatMap(Quantities::exact);
  }

  static Optional<Long> bytes(String text) {
    Matcher sized = SIZED.matcher(text);
    if (text.length() > LONGEST || !sized.matches()) {
      return Optional.empty();
    }
    String unit = sized.group(2).toLowerCase(Locale.ROOT);
    Optional<Long> factor = unit.endsWith("ib") ? Optional.ofNullable(BINARY_STEPS.get(unit.substring(0, unit.length() - 2)))
        : step(unit.endsWith("b") ? unit.substring(0, unit.length() - 1) : unit);
    return factor.flatMap(step -> exact(new BigDecimal(sized.group(1)).multiply(BigDecimal.valueOf(step))));
  }

  static Optional<Duration> duration(String text) {
    Matcher part = PART_OF_TIME.matcher(text);
    BigDecimal millis = BigDecimal.ZERO;
    int end = 0;
    while (text.length() <= LONGEST && end < text.length()) {
      part.region(end, text.length());
      Long unit = part.lookingAt() ? MILLIS.get(part.group(2)) : null;
      if (unit == null) {
        return Optional.empty();
      }
      millis = millis.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit)));
      end = part.end();
    }
    return end == 0 ? Optional.empty() : exact(millis.setScale(0, RoundingMode.DOWN)).map(Duration::ofMillis);
  }

  static Optional<Instant> time(String text, Instant now) {
    Matcher ago = AGO.matcher(text);
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    if (ago.matches()) {
      return duration(ago.group(1).replace(" ", "")).map(now::minus);
    }
    try {
      return Optional.of(text.length() == "2026-11-30".length() ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
          : text.matches(".*(Z|[+-]\\d\\d:\\d\\d)$") ? OffsetDateTime.parse(text).toInstant() : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  static Optional<Boolean> yesNo(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    return List.of("yes", "true", "on", "1").contains(word) ? Optional.of(true)
        : List.of("no", "false", "off", "0").contains(word) ? Optional.of(false) : Optional.empty();
  }

  private static Optional<Long> step(String letter) {
    return Optional.ofNullable(STEPS.get(letter.toLowerCase(Locale.ROOT)));
  }

  /** Empty where it is no whole number, or one of more than 64 bits. */
  private static Optional<Long> exact(BigDecimal number) {
    try {
      return Optional.of(number.longValueExact());
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }
}
