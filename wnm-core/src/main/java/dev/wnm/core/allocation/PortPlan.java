package dev.wnm.core.allocation;

import dev.wnm.spi.model.ContainerGroup;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.spi.model.PortRange;
import dev.wnm.spi.program.PortUse;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where the nodes' ports begin: the port of node id <i>i</i> is its start × 1000 + <i>i</i>.
 *
 * @param portStart {@code port_start} in thousands, such as 55
 * @param metricsPortStart {@code metrics_port_start} in thousands, such as 13
 * @param rpcPortStart {@code rpc_port_start} in thousands, such as 30
 * @param browserPortStart {@code webrtc_port_start} in thousands, such as 35
 * @param uses what nodes have ports for; what is not among it takes none
 */
public record PortPlan(int portStart, int metricsPortStart, int rpcPortStart, int browserPortStart, Set<PortUse> uses) {
  private static final int THOUSAND = 1_000;
  private static final int UNUSED = 0;

  public PortPlan {
    uses = Set.copyOf(uses);
  }

  /** One without ports for browsers. */
  public PortPlan(int portStart, int metricsPortStart, int rpcPortStart) {
    this(portStart, metricsPortStart, rpcPortStart, UNUSED, EnumSet.of(PortUse.NETWORK, PortUse.METRICS, PortUse.RPC));
  }

  /** The same without ports for browsers. */
  public PortPlan withoutBrowsers() {
    Set<PortUse> others = uses.stream().filter(use -> use != PortUse.BROWSERS).collect(Collectors.toSet());
    return new PortPlan(portStart, metricsPortStart, rpcPortStart, browserPortStart, others);
  }

  /** The same so many thousands higher, whatever has ports. */
  public PortPlan shifted(int by) {
    return new PortPlan(portStart + by, metricsPortStart + by, rpcPortStart + by, browserPortStart == UNUSED ? UNUSED : browserPortStart + by,
        uses);
  }

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
    NodePorts ports = NodePorts.of(Math.toIntExact(port(portStart, id)))
        .withMetrics(port(PortUse.METRICS, metricsPortStart, id)).withBrowsers(port(PortUse.BROWSERS, browserPortStart, id));
    OptionalInt rpc = port(PortUse.RPC, rpcPortStart, id);
    return rpc.isPresent() ? ports.withRpc(rpc.getAsInt()) : ports;
  }

  /** The ports for browsers of a group's nodes; empty where they have none, or the last of them would be no port. */
  public Optional<PortRange> browserPorts(ContainerGroup group) {
    return uses.contains(PortUse.BROWSERS) && port(browserPortStart, group.lastId()) <= PortRange.HIGHEST
        ? Optional.of(group.ports(browserPortStart)) : Optional.empty();
  }

  private OptionalInt port(PortUse use, int start, int id) {
    return uses.contains(use) ? OptionalInt.of(Math.toIntExact(port(start, id))) : OptionalInt.empty();
  }

  /**
   * What is wrong with giving ports to the ids from 1 to {@code highestId}, in one sentence: ports outside 1024–65535, or
   * two of the ranges overlapping. Empty when nothing is.
   */
  public Optional<String> problem(long highestId) {
    List<Span> spans = new ArrayList<>(List.of(new Span("port_start", portStart, highestId)));
    add(spans, PortUse.METRICS, "metrics_port_start", metricsPortStart, highestId);
    add(spans, PortUse.RPC, "rpc_port_start", rpcPortStart, highestId);
    add(spans, PortUse.BROWSERS, "webrtc_port_start", browserPortStart, highestId);
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

  private void add(List<Span> spans, PortUse use, String option, int start, long highestId) {
    if (uses.contains(use)) {
      spans.add(new Span(option, start, highestId));
    }
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
