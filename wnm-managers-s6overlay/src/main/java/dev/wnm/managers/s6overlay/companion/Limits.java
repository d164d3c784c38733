package dev.wnm.managers.s6overlay.companion;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a service may use, all its processes together. By control groups where the container may make some; else by the limits of
 * its processes, which is less: {@code limits} of the image says which.
 *
 * @param settings by kind, in the order of {@link Kind}: plain numbers, bytes or bytes in a second where the kind is of those
 */
public record Limits(Map<Kind, BigDecimal> settings) {
  /** None at all. */
  public static final Limits NONE = new Limits(Map.of());

  private static final String OPTION = "--limits";
  private static final String FORM = "NAME=LIMITS with memory:200M, cpu:0.5, io_weight:1-10000, io_read:10M, io_write:10M, nofile:4096"
      + " and processes:64";
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,3})?)([kKmMgG]?)[bB]?");

  /** What can be limited. */
  public enum Kind {
    /** Bytes of memory, 1 MiB at least: above that the service dies, alone. */
    MEMORY,
    /** Processors that it keeps busy, 0.01 at least. */
    CPU,
    /** Share of disk input and output beside others, 1 to 10,000; 100 is usual. */
    IO_WEIGHT,
    /** Bytes read from disks in a second. */
    IO_READ,
    /** Bytes written to disks in a second. */
    IO_WRITE,
    /** Open files of each of its processes. */
    NOFILE,
    /** Processes and threads. */
    PROCESSES;

    /** As it stands on the command line and in {@code data/limits}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    private boolean isSize() {
      return this == MEMORY || this == IO_READ || this == IO_WRITE;
    }

    private boolean takes(BigDecimal value) {
      return switch (this) {
        case MEMORY, IO_READ, IO_WRITE -> value.compareTo(BigDecimal.valueOf(this == MEMORY ? 1 << 20 : 4096)) >= 0;
        case CPU -> value.compareTo(new BigDecimal("0.01")) >= 0 && value.compareTo(BigDecimal.valueOf(4096)) <= 0;
        case IO_WEIGHT -> isBetween(value, 1, 10_000);
        case NOFILE -> isBetween(value, 16, 1_048_576);
        case PROCESSES -> isBetween(value, 1, 4_194_304);
      };
    }

    private static boolean isBetween(BigDecimal value, long least, long most) {
      return value.stripTrailingZeros().scale() <= 0 && value.compareTo(BigDecimal.valueOf(least)) >= 0
          && value.compareTo(BigDecimal.valueOf(most)) <= 0;
    }
  }

  public Limits {
    settings = Collections.unmodifiableMap(new TreeMap<>(settings));
  }

  /** Reads {@code --limits}. @throws BadInputException in one sentence */
  public static Map<String, Limits> read(String text, Map<String, Set<String>> members) {
    NamedValues values = NamedValues.read(OPTION, text, FORM);
    return values.one(members, value -> of(values, value));
  }

  private static Limits of(NamedValues values, String text) {
    Map<Kind, BigDecimal> settings = new LinkedHashMap<>();
    for (String part : text.split(",")) {
      String[] pair = part.strip().split(":", -1);
      if (pair.length != 2) {
        throw values.refused(part);
      }
      Kind kind = kind(values, pair[0], part);
      if (settings.put(kind, number(values, kind, pair[1], part)) != null) {
        throw values.refused(text);
      }
    }
    return new Limits(settings);
  }

  private static Kind kind(NamedValues values, String word, String part) {
    for (Kind kind : Kind.values()) {
      if (kind.word().equals(word.strip())) {
        return kind;
      }
    }
    throw values.refused(part);
  }

  private static BigDecimal number(NamedValues values, Kind kind, String text, String part) {
    Matcher size = SIZE.matcher(text.strip());
    if (!size.matches() || !kind.isSize() && !size.group(2).isEmpty()) {
      throw values.refused(part);
    }
    int shift = switch (size.group(2).toLowerCase(Locale.ROOT)) {
      case "k" -> 10;
      case "m" -> 20;
      case "g" -> 30;
      default -> 0;
    };
    BigDecimal value = new BigDecimal(size.group(1)).multiply(BigDecimal.valueOf(1L << shift));
    if (kind.isSize()) {
      value = new BigDecimal(value.toBigInteger());
    }
    if (!kind.takes(value)) {
      throw values.refused(part);
    }
    return value;
  }

  /** Whether nothing is limited. */
  public boolean isEmpty() {
    return settings.isEmpty();
  }

  /** Each in the words in which it is asked for. */
  List<String> says() {
    return settings.entrySet().stream()
        .map(limit -> limit.getKey().word() + " " + (limit.getKey().isSize() ? size(limit.getValue().longValueExact()) : limit.getValue().toPlainString()))
        .toList();
  }

  private static String size(long bytes) {
    int unit = Math.min(3, Long.numberOfTrailingZeros(bytes) / 10);
    return (bytes >> 10 * unit) + List.of("", "K", "M", "G").get(unit);
  }

  /** What {@code data/limits} holds: a line {@code WORD NUMBER} for each. */
  String file() {
    StringBuilder lines = new StringBuilder();
    settings.forEach((kind, value) -> lines.append(kind.word()).append(' ').append(value.toPlainString()).append('\n'));
    return lines.toString();
  }
}
