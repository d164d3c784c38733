package dev.wnm.cli.top;

import dev.wnm.core.colony.Colony;
import dev.wnm.core.config.Settings;
import dev.wnm.core.decision.ActionType;
import dev.wnm.core.decision.WhyNot;
import dev.wnm.core.history.DecisionQuery;
import dev.wnm.core.history.PastDecision;
import dev.wnm.core.history.TimeRange;
import dev.wnm.core.report.FleetStatus;
import dev.wnm.core.report.NodeLine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The colony at one moment.
 *
 * @param status all that the status report tells
 * @param lines all nodes
 * @param decisions what was decided last, the newest first
 * @param past how the last day went
 * @param whyNot what it takes to add a node now
 * @param settings those in force
 */
record Snapshot(FleetStatus status, List<NodeLine> lines, List<PastDecision> decisions, Past past, WhyNot whyNot, Settings settings) {
  private static final Duration PAST = Duration.ofDays(7);
  private static final int MOST_DECISIONS = 50;
  /** From one cycle to the next where nothing tells: cron and the installed service start one each minute. */
  private static final Duration USUAL_CYCLE = Duration.ofMinutes(1);

  private static final Duration LONGEST_CYCLE = Duration.ofMinutes(30);

  Snapshot {
    lines = List.copyOf(lines);
    decisions = List.copyOf(decisions);
  }

  /** The colony as it is now. Measures the machine, looks at no node, writes nothing. */
  static Snapshot of(Colony colony) {
    FleetStatus status = colony.status();
    return new Snapshot(status, colony.lines(status.nodes(), status.now()),
        colony.history().decisions(DecisionQuery.of(TimeRange.last(PAST, status.now()), MOST_DECISIONS)), Past.of(colony.history(), status.now()),
        colony.whyNot(ActionType.ADD), colony.settings());
  }

  /** When it was read. */
  Instant at() {
    return status.now();
  }

  /** When the next cycle is to begin; empty before the first. Each begins by the end of the one before it or later, so it may be late. */
  Optional<Instant> nextCycle() {
    return status.lastCycle().map(last -> last.plus(cycle()));
  }

  /**
   * From one cycle to the next, by those that decided the same one after another: a minute to half an hour, since a time without wnm may lie
   * between them; a minute where there are none.
   */
  Duration cycle() {
    return decisions.stream().filter(decision -> decision.times() > 1).findFirst()
        .map(decision -> Duration.between(decision.first(), decision.last()).dividedBy(decision.times() - 1L))
        .filter(length -> length.compareTo(USUAL_CYCLE) > 0).map(length -> length.compareTo(LONGEST_CYCLE) > 0 ? LONGEST_CYCLE : length).orElse(USUAL_CYCLE);
  }
}
