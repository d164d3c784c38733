package dev.wnm.web.live;

import dev.wnm.core.colony.Colony;
import dev.wnm.core.config.Settings;
import dev.wnm.core.report.FleetStatus;
import dev.wnm.core.report.NodeLine;
import dev.wnm.web.http.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The colony at one moment. What is made of it for readers is made once.
 *
 * @param id later ones have greater ids, within one run
 * @param status all that the status report tells
 * @param lines all nodes
 * @param settings those in force
 * @param parts what was made of it, by name
 */
public record Snapshot(long id, FleetStatus status, List<NodeLine> lines, Settings settings, Map<String, Answer> parts) {
  /** One of which nothing was made yet. */
  Snapshot(long id, FleetStatus status, List<NodeLine> lines, Settings settings) {
    this(id, status, List.copyOf(lines), settings, new ConcurrentHashMap<>());
  }

  /** The colony as it is now. */
  public static Snapshot of(long id, Colony colony) {
    FleetStatus status = colony.status();
    return new Snapshot(id, status, colony.lines(status.nodes(), status.now()), colony.settings());
  }

  /** When it was taken. */
  public Instant at() {
    return status.now();
  }

  /** What is made of it under a name; made by whoever asks first. */
  public Answer part(String name, Function<Snapshot, Answer> maker) {
    return parts.computeIfAbsent(name, any -> maker.apply(this));
  }
}
