package dev.wnm.core.report;

import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeMetrics;
import dev.wnm.core.model.NodeStatus;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** What the lines for InfluxDB tell of several nodes together. */
final class InfluxSums {
  private static final double HUNDREDTHS = 100;

  private InfluxSums() {}

  /** What those nodes reported that did, in the token's smallest unit; a sum of doubles would be wrong in the last digits. */
  static Optional<BigInteger> rewards(List<Node> nodes) {
    return nodes.stream().flatMap(node -> node.metrics().rewards().stream()).reduce(BigInteger::add);
  }

  /** The mean of what running nodes estimate, cut off, leaving out those that have no estimate yet. */
  static OptionalLong networkSize(List<Node> nodes) {
    OptionalDouble mean = nodes.stream()
        .filter(node -> node.status() == NodeStatus.RUNNING)
        .flatMapToLong(node -> stream(node.metrics().find(NodeMetric.NETWORK_SIZE)))
        .filter(size -> size != 0)
        .average();
    return mean.isPresent() ? OptionalLong.of((long) mean.getAsDouble()) : OptionalLong.empty();
  }

  static OptionalLong count(List<Node> nodes, Collection<NodeStatus> statuses) {
    return OptionalLong.of(nodes.stream().filter(node -> statuses.contains(node.status())).count());
  }

  /** What is kept in hundredths. */
  static OptionalDouble hundredths(NodeMetrics metrics, NodeMetric metric) {
    OptionalLong value = metrics.find(metric);
    return value.isPresent() ? OptionalDouble.of(value.getAsLong() / HUNDREDTHS) : OptionalDouble.empty();
  }

  private static LongStream stream(OptionalLong value) {
    return value.isPresent() ? LongStream.of(value.getAsLong()) : LongStream.empty();
  }
}
