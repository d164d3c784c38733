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
 * What a node said of itself in one answer. A metric that was not in the answer is absent here, which is not the same as 0.
 *
 * @param values the metrics that were reported, already scaled (see {@link NodeMetric#scale()})
 * @param rewards payments since the process started, in the token's smallest unit; empty where they were not reported
 */
public record NodeMetrics(Map<NodeMetric, Long> values, Optional<BigInteger> rewards) {
  /** Nothing reported. */
  public static final NodeMetrics NONE = new NodeMetrics(Map.of(), Optional.empty());

  private static final Set<NodeMetric> OF_PROCESS = EnumSet.of(NodeMetric.UPTIME, NodeMetric.CONNECTED_PEERS,
      NodeMetric.OPEN_CONNECTIONS, NodeMetric.TOTAL_PEERS, NodeMetric.CPU, NodeMetric.MEM);

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
}
