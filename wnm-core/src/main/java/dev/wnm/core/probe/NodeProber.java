package dev.wnm.core.probe;

import dev.wnm.spi.internal.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Asks nodes for their metadata and metrics over plain HTTP/1.1, straight to their ports: no proxy whatever the environment
 * or system properties say, no redirect followed, no compression asked for. Holds nothing between calls and may be used from
 * many threads.
 */
public final class NodeProber implements Prober {
  private final ProbeLimits limits;

  /** With {@link ProbeLimits#DEFAULTS}. */
  public NodeProber() {
    this(ProbeLimits.DEFAULTS);
  }

  public NodeProber(ProbeLimits limits) {
    this.limits = limits;
  }

  /**
   * Asks all these nodes and returns when the last one has answered or had its time. An interrupt ends it early: what is
   * unanswered then counts as not answering, and the thread stays interrupted.
   *
   * @param targets the nodes, each id once
   * @param pauseBetween least time between asking one node and the next; zero asks as many at once as the limits allow
   * @return a result for each node, by id, in the order of {@code targets}
   * @throws UncheckedIOException when the system gives not even one selector
   */
  @Override
  public Map<Integer, ProbeResult> probe(List<ProbeTarget> targets, Duration pauseBetween) {
    return probe(targets, pauseBetween, (target, result) -> {});
  }

  /**
   * The same where each result counts at once.
   *
   * @param heard is told of each node that has answered or had its time, by the thread that asks; not of those that an interrupt
   *     came before
   */
  public Map<Integer, ProbeResult> probe(List<ProbeTarget> targets, Duration pauseBetween, BiConsumer<ProbeTarget, ProbeResult> heard) {
    if (targets.isEmpty()) {
      return Map.of();
    }
    try (Survey survey = new Survey(targets, limits, pauseBetween, heard)) {
      return survey.run();
    } catch (IOException e) {
      throw new UncheckedIOException("nodes cannot be probed: " + Reason.of(e), e);
    }
  }
}
