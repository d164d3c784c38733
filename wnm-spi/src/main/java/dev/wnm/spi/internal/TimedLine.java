package dev.wnm.spi.internal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A line of a log with its time: the one that it tells, else that of the lines around it.
 *
 * @param at when it was written, no earlier than the line before it in the same log
 * @param line the line
 */
public record TimedLine(Instant at, String line) {
  /** Where in a line its time begins at the latest: in JSON after the name of the field, else after a bracket. */
  private static final int MOST_BEFORE = 40;
  private static final Pattern TIME = Pattern.compile(
      "(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d:\\d\\d)(?:[.,](\\d{1,9})\\d*)?(Z|[+-]\\d\\d:?\\d\\d)?");

  /** The time that a line begins with; one without a zone is in UTC, as those of node programs and of containers are. */
  public static Optional<Instant> timeOf(String line) {
    Matcher time = TIME.matcher(line);
    if (!time.find() || time.start() > MOST_BEFORE) {
      return Optional.empty();
    }
    String zone = time.group(4) == null ? "Z" : time.group(4).replaceFirst("^([+-]\\d\\d)(\\d\\d)$", "$1:$2");
    try {
      return Optional.of(OffsetDateTime.parse(
          time.group(1) + "T" + time.group(2) + (time.group(3) == null ? "" : "." + time.group(3)) + zone).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * The lines of one log with their times. One that tells none has that of the line before it; those at the beginning that of the first
   * that tells one.
   *
   * @param otherwise when something was last written there: the time of all where none tells one
   */
  public static List<TimedLine> of(List<String> lines, Instant otherwise) {
    Instant at = lines.stream().flatMap(line -> timeOf(line).stream()).findFirst().orElse(otherwise);
    List<TimedLine> timed = new ArrayList<>(lines.size());
    for (String line : lines) {
      Instant before = at;
      at = timeOf(line).filter(told -> told.isAfter(before)).orElse(before);
      timed.add(new TimedLine(at, line));
    }
    return timed;
  }

  /** Several logs as one, in the order of time; each keeps its own order. */
  public static List<TimedLine> merged(List<List<TimedLine>> logs) {
    return logs.stream().flatMap(List::stream).sorted(Comparator.comparing(TimedLine::at)).toList();
  }

  /** The last ones. @param most no more than so many */
  public static List<TimedLine> last(List<TimedLine> lines, int most) {
    return lines.subList(Math.max(0, lines.size() - most), lines.size());
  }

  /** Without those that are older. */
  public static List<TimedLine> since(List<TimedLine> lines, Optional<Instant> oldest) {
    Stream<TimedLine> all = lines.stream();
    return (oldest.isEmpty() ? all : all.filter(line -> !line.at.isBefore(oldest.get()))).collect(Collectors.toList());
  }
}
