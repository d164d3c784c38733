package dev.wnm.core.observation;

import dev.wnm.core.host.ProcessReader;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeMetrics;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.model.ProcessFacts;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What wnm sees of nodes' processes itself: from this machine's process table, or by what their process managers saw. */
final class Measurements {
  private static final long BYTES_PER_MEGABYTE = 1_000_000;
  private static final long HUNDREDTHS = 100;

  private static final List<NodeMetric> OF_PROCESS =
      List.of(NodeMetric.MEM, NodeMetric.UPTIME, NodeMetric.CPU, NodeMetric.THREADS, NodeMetric.OPEN_FILES);

  private final ProcessReader reader;
  private final int processors;

  /** @param processors of the machine, 1 or more */
  Measurements(ProcessReader reader, int processors) {
    this.reader = reader;
    this.processors = processors;
  }

  /** What is seen of a process that its process manager confirmed. */
  ProcessFacts facts(ProcessState.Running running) {
    return running.pid().isPresent() ? reader.of(running.pid().getAsLong()) : running.facts();
  }

  /** Of what was measured earlier, what holds of a node that says this now. */
  static NodeMetrics kept(NodeMetrics before, NodeMetrics now) {
    return (before.areOfAnEarlierProcess(now) ? before.withoutProcess() : before).ours();
  }

  /** The same where its process was looked at again: what that did not show is not known any more. */
  static NodeMetrics keptBesideProcess(NodeMetrics before, NodeMetrics now) {
    return without(kept(before, now));
  }

  /** Metrics without those that an earlier look at the process gave. */
  static NodeMetrics without(NodeMetrics metrics) {
    NodeMetrics left = metrics;
    for (NodeMetric metric : OF_PROCESS) {
      left = left.without(metric);
    }
    return left;
  }

  /** The same as a node tells it. CPU is the average since the process started, of all processors. */
  NodeMetrics metrics(ProcessFacts facts) {
    Map<NodeMetric, Long> values = new EnumMap<>(NodeMetric.class);
    facts.memoryBytes().ifPresent(bytes -> values.put(NodeMetric.MEM, bytes * HUNDREDTHS / BYTES_PER_MEGABYTE));
    facts.up().ifPresent(up -> values.put(NodeMetric.UPTIME, up.toSeconds()));
    facts.up().map(Duration::toMillis).filter(millis -> millis > 0).ifPresent(millis -> facts.cpu().ifPresent(cpu ->
        values.put(NodeMetric.CPU, cpu.toMillis() * HUNDREDTHS * HUNDREDTHS / millis / processors)));
    facts.threads().ifPresent(count -> values.put(NodeMetric.THREADS, (long) count));
    facts.openFiles().ifPresent(count -> values.put(NodeMetric.OPEN_FILES, (long) count));
    return new NodeMetrics(values, Optional.empty());
  }
}
