package dev.wnm.core.model;

import java.time.Duration;
import java.time.Instant;

/**
 * Something that is wrong, or was a short time ago, as it is remembered from cycle to cycle.
 *
 * @param problem the word for it
 * @param subject what tells it apart from others of that word, such as the node that it is of; may be empty
 * @param kind of which kind the event is that tells of it
 * @param what it in words
 * @param firstSeen since when it is so, whole seconds
 * @param lastSeen when it was last so, whole seconds
 * @param told whether there was an event of it
 */
public record KnownProblem(String problem, String subject, Event.Kind kind, String what, Instant firstSeen, Instant lastSeen, boolean told) {
  /** What comes and goes is one thing, not many. */
  private static final Duration SETTLED = Duration.ofMinutes(10);
  /** A failure that comes again within this time is no news. */
  private static final Duration REMEMBERED = Duration.ofDays(1);

  /** Whether it has not been so for long enough to say that it is over. */
  public boolean isOver(Instant now) {
    return !lastSeen.plus(kind == Event.Kind.FAILED ? REMEMBERED : SETTLED).isAfter(now);
  }

  /** Whether its end is an event: a failure just does not come again. */
  public boolean endIsNews() {
    return told && kind != Event.Kind.FAILED;
  }
}
