package dev.wnm.core.model;

import java.math.BigInteger;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a node said of itself in one answer, and what was measured of it. A metric that was not in the answer is absent here, which is not the same as 0.
 *
 * @param values the metrics that were reported, already scaled (see {@link NodeMetric#scale()})
 * @param rewards payments since the process started, in the token's smallest unit; empty where they were not reported
 */
public record NodeMetrics(Map<NodeMetric, Long> values, Optional<BigInteger> rewards) {
  /** Nothing reported. */
  public static final NodeMetrics NONE = new NodeMetrics(Map.of(), Optional.empty());

  private static final Set<NodeMetric> OF_PROCESS = EnumSet.of(NodeMetric.UPTIME, NodeMetric.CONNECTED_PEERS,
      NodeMetric.OPEN_CONNECTIONS, NodeMetric.TOTAL_PEERS, NodeMetric.CPU, NodeMetric.MEM, NodeMetric.THREADS, NodeMetric.OPEN_FILES,
      NodeMetric.RELAY_SESSIONS);

  public NodeMetrics {
    values = Map.copyOf(values);
  }

  public OptionalLong find(NodeMetric metric) {
    Long value = values.get(metric);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /**
   * The metric's value, 0 where the node did not report it: only for the Python wnm's columns, which may not be empty, and its
   * reports, which know no other way to say so.
   */
  public long orZero(NodeMetric metric) {
    return values.getOrDefault(metric, 0L);
  }

  /** The same with what ends with a process (uptime, peers, connections, CPU, memory) at 0: the metrics of a node that is down. */
  public NodeMetrics whenDown() {
    Map<NodeMetric, Long> down = new EnumMap<>(NodeMetric.class);
    down.putAll(values);
    OF_PROCESS.forEach(metric -> down.put(metric, 0L));
    return new NodeMetrics(down, rewards);
  }

  /**
   * The same without what ends with a process: the metrics of a node whose process is another one that has told nothing yet, or of
   * which nobody knows.
   */
  public NodeMetrics withoutProcess() {
    Map<NodeMetric, Long> kept = new HashMap<>(values);
    kept.keySet().removeAll(OF_PROCESS);
    return new NodeMetrics(kept, rewards);
  }

  /** Whether later ones show that the node has another process since; one that wnm started itself has no {@code UPTIME} until it is seen. */
  public boolean areOfAnEarlierProcess(NodeMetrics later) {
    OptionalLong before = find(NodeMetric.UPTIME);
    OptionalLong now = later.find(NodeMetric.UPTIME);
    return before.isPresent() && now.isPresent() && now.getAsLong() < before.getAsLong();
  }

  /** Those alone that the Python wnm does not know. */
  public NodeMetrics ours() {
    Map<NodeMetric, Long> kept = new HashMap<>(values);
    kept.keySet().removeIf(metric -> !metric.isOurs());
    return new NodeMetrics(kept, Optional.empty());
  }

  /** The same with these, where both have a value with that of these. */
  public NodeMetrics with(NodeMetrics newer) {
    Map<NodeMetric, Long> all = new HashMap<>(values);
    all.putAll(newer.values);
    return new NodeMetrics(all, newer.rewards.or(() -> rewards));
  }

  /** The same with this value of a metric. */
  public NodeMetrics with(NodeMetric metric, long value) {
    return with(new NodeMetrics(Map.of(metric, value), Optional.empty()));
  }

  /** The same where this metric is not known. */
  public NodeMetrics without(NodeMetric metric) {
    Map<NodeMetric, Long> kept = new HashMap<>(values);
    kept.remove(metric);
    return new NodeMetrics(kept, rewards);
  }
}
