package dev.wnm.notify;

import dev.wnm.core.model.Event;
import java.time.Instant;
import java.util.List;

/** Events. */
final class Samples {
  static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

  private Samples() {}

  static Event death(long number) {
    return new Event(number, Event.Kind.DIED, NOW, "died", "antnode0003.service died (killed by signal 9)", "wnm --explain antnode0003",
        List.of("antnode0003.service"), 1);
  }

  static Message message(Event event) {
    return Message.of(event, "host1", "wnm-0badcafe");
  }
}
