package dev.wnm.web.live;

import dev.wnm.core.cycle.CycleReport;
import dev.wnm.core.execution.NodeOutcome;
import dev.wnm.core.model.OperationKind;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What cycles did since this program began, in numbers. Safe to use by several threads. */
public final class CycleCounts {
  private long cycles;
  private long failed;
  private Optional<Instant> lastEnd = Optional.empty();
  private Optional<Duration> lastTook = Optional.empty();
  private final Map<OperationKind, Long> done = new EnumMap<>(OperationKind.class);
  private final Map<OperationKind, Long> failures = new EnumMap<>(OperationKind.class);

  /**
   * All of it at one moment.
   *
   * @param cycles how many have ended
   * @param failed in how many of these something failed
   * @param lastEnd when the last ended; empty when none has yet
   * @param lastTook how long it ran; empty when none has ended yet
   * @param done operations that succeeded
   * @param failures operations that failed
   */
  public record Numbers(long cycles, long failed, Optional<Instant> lastEnd, Optional<Duration> lastTook, Map<OperationKind, Long> done,
      Map<OperationKind, Long> failures) {}

  synchronized void add(CycleReport report, Instant now) {
    cycles++;
    failed += report.failed() ? 1 : 0;
    lastEnd = Optional.of(now);
    lastTook = Optional.of(report.took());
    for (NodeOutcome outcome : report.outcomes()) {
      (outcome.succeeded() ? done : failures).merge(outcome.kind(), 1L, Long::sum);
    }
  }

  /** As they stand now. */
  public synchronized Numbers numbers() {
    return new Numbers(cycles, failed, lastEnd, lastTook, Map.copyOf(done), Map.copyOf(failures));
  }
}
