package dev.wnm.spi.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Numbers and times as people read them: with as many digits as they are worth, and their unit. Machines get exact ones. Multiples
 * are decimal: a kB is 1000 bytes.
 */
public final class Human {
  private static final String[] STEPS = {"", "k", "M", "G", "T", "P", "E"};
  private static final double STEP = 1_000;
  private static final long MOST_SECONDS = 120;
  private static final long MOST_MINUTES = 120;
  private static final long MOST_HOURS = 48;
  private static final long MOST_DAYS = 730;
  private static final long DAYS_OF_A_YEAR = 365;

  private Human() {}

  /** How many, such as {@code 362}, {@code 1.2 k} or {@code 2.1 M}. */
  public static String count(double number) {
    return scaled(number, "");
  }

  /** Bytes, such as {@code 512 B}, {@code 12.3 MB} or {@code 1.5 TB}. */
  public static String bytes(double bytes) {
    return scaled(bytes, "B");
  }

  /** Bytes in each second, such as {@code 12.3 MB/s}. */
  public static String rate(double bytesPerSecond) {
    return bytes(bytesPerSecond) + "/s";
  }

  /** Such as {@code 0.03 %}, {@code 4.2 %}, {@code 64.1 %} or {@code 340 %}. */
  public static String percent(double percent) {
    return decimal(percent) + " %";
  }

  /** A number of no unit with three digits at most before its unit would change: {@code 0.77}, {@code 4.2}, {@code 64.1}, {@code 340}. */
  public static String decimal(double number) {
    return Double.isFinite(number) ? number == 0 ? "0" : rounded(number, true) : "unknown";
  }

  /**
   * How long, in the largest unit that says enough: {@code 45 s}, {@code 90 min}, {@code 3 h}, {@code 12 d}, {@code 3 y}. Less than
   * nothing is nothing.
   */
  public static String time(Duration time) {
    long seconds = Math.max(0, time.toSeconds());
    Duration whole = Duration.ofSeconds(seconds);
    return seconds < MOST_SECONDS ? seconds + " s"
        : whole.toMinutes() < MOST_MINUTES ? whole.toMinutes() + " min"
        : whole.toHours() < MOST_HOURS ? whole.toHours() + " h"
        : whole.toDays() < MOST_DAYS ? whole.toDays() + " d" : whole.toDays() / DAYS_OF_A_YEAR + " y";
  }

  /** How long a text says: a whole number and {@code s}, {@code m}, {@code h} or {@code d}. @throws IllegalArgumentException for any other */
  public static Duration span(String text) {
    if (!text.matches("[0-9]{1,9}[smhd]")) {
      throw new IllegalArgumentException("a time must be such as 90s, 30m, 2h or 1d, not '" + text + "'");
    }
    long number = Long.parseLong(text.substring(0, text.length() - 1));
    return switch (text.charAt(text.length() - 1)) {
      case 's' -> Duration.ofSeconds(number);
      case 'm' -> Duration.ofMinutes(number);
      case 'h' -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  /** How long something took, tenths of a second where that is short: {@code 0.3 s}, {@code 12 s}, {@code 3 min}. */
  public static String took(Duration time) {
    double seconds = time.toMillis() / STEP;
    return seconds < 10 ? rounded(seconds, false) + " s" : time(time);
  }

  /** Such as {@code 3 h ago}; of a time to come, that it is so by this machine's clock. */
  public static String ago(Instant at, Instant now) {
    return at.isAfter(now) ? "at " + at(at) + ", which is yet to come by the clock of this machine" : time(Duration.between(at, now)) + " ago";
  }

  /** A time and how long ago it is, such as {@code 2026-11-30T02:30:00Z, 3 h ago}. */
  public static String atAndAgo(Instant at, Instant now) {
    return at.isAfter(now) ? at(at) : at(at) + ", " + ago(at, now);
  }

  /** A time in whole seconds, such as {@code 2026-11-30T02:30:00Z}. */
  public static String at(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String scaled(double number, String unit) {
    if (!Double.isFinite(number)) {
      return "unknown";
    }
    double rest = number;
    int step = 0;
    // What would be rounded to 1000 is 1 of the next.
    while (Math.abs(rest) >= STEP - (step == 0 ? 0 : 0.5) && step < STEPS.length - 1) {
      rest /= STEP;
      step++;
    }
    String digits = step == 0 ? Long.toString(Math.round(rest)) : rounded(rest, false);
    String suffix = unit.isEmpty() ? STEPS[step] : STEPS[step] + unit;
    return suffix.isEmpty() ? digits : digits + " " + suffix;
  }

  /** In whole arithmetic, since decisions are explained by the million. @param hundredths whether what is below 1 has two digits after the point */
  private static String rounded(double number, boolean hundredths) {
    double size = Math.abs(number);
    int scale = size >= 99.95 ? 1 : hundredths && size < 0.995 ? 100 : 10;
    long scaled = Math.round(size * scale);
    String fraction = scale == 1 ? "" : scale == 10 ? "." + scaled % scale : (scaled % scale < 10 ? ".0" : ".") + scaled % scale;
    return (number < 0 ? "-" : "") + scaled / scale + fraction;
  }
}
