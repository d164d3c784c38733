package dev.wnm.core.model;

import dev.wnm.spi.internal.PlainText;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Something that changed and that somebody may want to be told of.
 *
 * @param number of this colony's events, going up; 0 before it is kept
 * @param kind what sort of change
 * @param at when it was seen, whole seconds
 * @param problem the word for what is wrong, such as {@code no-growth}, the same each time; empty where the kind says it all
 * @param what what happened, a clause in one line
 * @param mend what to do about it; empty where there is nothing to do
 * @param nodes the services that it is about, as many as are worth naming
 * @param count how many nodes it is about
 */
public record Event(long number, Kind kind, Instant at, String problem, String what, String mend, List<String> nodes, int count) {
  /** So many nodes are named. */
  public static final int MOST_NAMED = 20;
  private static final int LONGEST = 1_000;

  /** Sorts of events; {@link #word} is how they are stored and chosen. */
  public enum Kind {
    /** Something is wrong that was not before. */
    PROBLEM,
    /** What was wrong is so no more. */
    SOLVED,
    /** Nodes died by themselves. */
    DIED,
    /** An operation on nodes failed. */
    FAILED,
    /** New programs or images have reached all nodes, or go to no more of them. */
    ROLLOUT,
    /** The fleet has been kept from growing for long. */
    GROWTH,
    /** Somebody tries whether the telling works. */
    TEST;

    /** In small letters. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Those that happen by themselves. */
    public static Stream<Kind> toChoose() {
      return Arrays.stream(values()).filter(kind -> kind != TEST);
    }
  }

  public Event {
    what = line(what);
    mend = line(mend);
    nodes = nodes.stream().limit(MOST_NAMED).map(Event::line).toList();
    at = Instant.ofEpochSecond(at.getEpochSecond());
  }

  /** One about no node in particular. */
  public static Event of(Kind kind, Instant at, String problem, String what, String mend) {
    return new Event(0, kind, at, problem, what, mend, List.of(), 0);
  }

  /** The same under its number. */
  public Event withNumber(long given) {
    return new Event(given, kind, at, problem, what, mend, nodes, count);
  }

  private static String line(String text) {
    String line = PlainText.of(text).strip();
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }
}
