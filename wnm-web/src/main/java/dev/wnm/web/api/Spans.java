package dev.wnm.web.api;

import dev.wnm.core.history.TimeRange;
import dev.wnm.spi.internal.Human;
import dev.wnm.web.http.Refusal;
import dev.wnm.web.http.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Reads which time a request is about: {@code from} and {@code until} in seconds since 1970, or {@code since=24h}. */
final class Spans {
  /** The parameters. */
  static final Set<String> NAMES = Set.of("from", "until", "since");
  private static final Duration USUAL = Duration.ofDays(1);
  /** The year 2286: later ones are mistakes. */
  private static final long LATEST = 9_999_999_999L;

  private Spans() {}

  static TimeRange of(Request request, Instant now) {
    Optional<Duration> since = request.parameter("since").map(Spans::length);
    Instant until = request.parameter("until").map(text -> time("until", text)).orElse(now.plusSeconds(1));
    Instant from = request.parameter("from").map(text -> time("from", text)).orElseGet(() -> until.minus(since.orElse(USUAL)));
    if (!from.isBefore(until)) {
      throw Refusal.badRequest("from must be before until");
    }
    return new TimeRange(from, until);
  }

  static Duration length(String text) {
    if (!text.matches("[1-9][0-9]{0,5}[smhd]")) {
      throw Refusal.badRequest("since must be a time such as 90s, 30m, 1h or 2d, not '" + text + "'");
    }
    return Human.span(text);
  }

  private static Instant time(String name, String text) {
    if (!text.matches("[0-9]{1,10}") || Long.parseLong(text) > LATEST) {
      throw Refusal.badRequest(name + " must be seconds since 1970, not '" + text + "'");
    }
    return Instant.ofEpochSecond(Long.parseLong(text));
  }
}
