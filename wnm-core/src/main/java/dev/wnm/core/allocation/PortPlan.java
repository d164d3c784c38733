package dev.wnm.core.allocation;

import dev.wnm.spi.model.NodePorts;
import dev.wnm.spi.model.PortRange;
import java.util.List;
import java.util.Optional;

/**
 * Where the nodes' ports begin: the port of node id <i>i</i> is its start × 1000 + <i>i</i>.
 *
 * @param portStart {@code port_start} in thousands, such as 55
 * @param metricsPortStart {@code metrics_port_start} in thousands, such as 13
 * @param rpcPortStart {@code rpc_port_start} in thousands, such as 30
 */
public record PortPlan(int portStart, int metricsPortStart, int rpcPortStart) {
  private static final int THOUSAND = 1_000;

  /** Reads a start that may be written out: 55000 and 55 are both 55 thousand; the fraction of 55001 is dropped. */
  public static int thousands(int given) {
    return given >= THOUSAND ? given / THOUSAND : given;
  }

  /**
   * The ports of a node.
   *
   * @throws IllegalArgumentException when one of them is no port; see {@link #problem}
   */
  public NodePorts portsOf(int id) {
    return NodePorts.of(Math.toIntExact(port(portStart, id)), Math.toIntExact(port(metricsPortStart, id)))
        .withRpc(Math.toIntExact(port(rpcPortStart, id)));
  }

  /**
   * What is wrong with giving ports to the ids from 1 to {@code highestId}, in one sentence: ports outside 1024–65535, or
   * two of the ranges overlapping. Empty when nothing is.
   */
  public Optional<String> problem(long highestId) {
    List<Span> spans = List.of(
        new Span("port_start", portStart, highestId),
        new Span("metrics_port_start", metricsPortStart, highestId),
        new Span("rpc_port_start", rpcPortStart, highestId));
    for (Span span : spans) {
      if (span.first() < PortRange.LOWEST_UNPRIVILEGED || span.last() > PortRange.HIGHEST) {
        return Optional.of(span.needs() + "; ports must be within " + PortRange.LOWEST_UNPRIVILEGED + "-" + PortRange.HIGHEST);
      }
    }
    for (int i = 0; i < spans.size(); i++) {
      for (Span other : spans.subList(i + 1, spans.size())) {
        if (spans.get(i).overlaps(other)) {
          return Optional.of(spans.get(i).needs() + ", and " + other.needs() + "; these must not overlap");
        }
      }
    }
    return Optional.empty();
  }

  private static long port(int start, long id) {
    return (long) start * THOUSAND + id;
  }

  private record Span(String option, int start, long highestId) {
    long first() {
      return port(start, 1);
    }

    long last() {
      return port(start, highestId);
    }

    boolean overlaps(Span other) {
      return first() <= other.last() && other.first() <= last();
    }

    String needs() {
      return option + " " + start + " with node ids up to " + highestId + " takes ports " + first() + "-" + last();
    }
  }
}
