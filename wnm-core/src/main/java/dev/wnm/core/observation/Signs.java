package dev.wnm.core.observation;

import dev.wnm.core.host.PortHolders;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeMetrics;
import dev.wnm.core.probe.ProbeResult;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.model.ProcessFacts;
import dev.wnm.spi.program.LogPosition;
import dev.wnm.spi.program.NodeFigure;
import dev.wnm.spi.program.NodeReading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a node shows whose program has no page of metrics: its process, the UDP ports that this holds, and what its files tell. It is
 * well when its process runs, holds its ports, and its files do not say otherwise; what cannot be seen speaks for nothing.
 */
final class Signs {
  private static final int MOST_BYTES_OF_A_KEY = 1024 * 1024;

  private final PortHolders holders;
  private final Measurements measurements;
  private final Instant now;

  Signs(PortHolders holders, Measurements measurements, Instant now) {
    this.holders = holders;
    this.measurements = measurements;
    this.now = now;
  }

  /** What was seen of such a node. @param process what its process manager says */
  Observation of(Node node, NodeSpec spec, ProcessState process) {
    if (!(process instanceof ProcessState.Running running)) {
      return new Observation(Optional.empty(), "its process does not run", process);
    }
    NodeFilesView view = new NodeFilesView(node);
    NodeReading reading = read(node, spec, view);
    ProcessFacts facts = measurements.facts(running);
    Optional<String> silence = unheld(node, running.pid(), facts).or(reading::silence);
    LogPosition position = reading.position();
    if (silence.isPresent()) {
      return new Observation(Optional.empty(), silence.get(), process, position);
    }
    return new Observation(Optional.of(new ProbeResult.Answered(metrics(node, reading, running.pid(), facts), reading.version(),
        peerId(node, view))), "", process, position);
  }

  /** Files that cannot be read, those of another account say, tell nothing. */
  private NodeReading read(Node node, NodeSpec spec, NodeFilesView view) {
    try {
      return node.program().read(spec, view, node.logPosition(), now);
    } catch (IOException | UncheckedIOException unreadable) {
      return NodeReading.at(node.logPosition());
    }
  }

  /** Why a UDP port of the node is not its process's; empty where it is, or nobody can tell. */
  private Optional<String> unheld(Node node, OptionalLong pid, ProcessFacts facts) {
    return node.ports().udp().stream().sorted().flatMap(port -> unheld(port, pid, facts).stream()).findFirst();
  }

  private Optional<String> unheld(int port, OptionalLong pid, ProcessFacts facts) {
    if (facts.udpPorts().isPresent()) {
      return facts.udpPorts().get().contains(port) ? Optional.empty() : Optional.of("its process does not listen on its UDP port " + port);
    }
    return switch (pid.isPresent() ? holders.udpHolderOf(port, pid.getAsLong()) : PortHolders.Holder.UNKNOWN) {
      case NOBODY -> Optional.of("nothing listens on its UDP port " + port);
      case ANOTHER -> Optional.of("another process than its own holds its UDP port " + port);
      case PROCESS, UNKNOWN -> Optional.empty();
    };
  }

  /** What was told before still holds while the process is the same, until something newer is told. */
  private NodeMetrics metrics(Node node, NodeReading reading, OptionalLong pid, ProcessFacts facts) {
    boolean isSame = !reading.startedAnew() && pid.equals(node.health().pid());
    NodeMetrics before = isSame ? node.metrics() : node.metrics().withoutProcess();
    Map<NodeMetric, Long> told = new EnumMap<>(NodeMetric.class);
    reading.figures().forEach((figure, value) -> told.put(metricOf(figure), value));
    return Measurements.without(before).with(new NodeMetrics(told, Optional.empty())).with(measurements.metrics(facts));
  }

  private static NodeMetric metricOf(NodeFigure figure) {
    return switch (figure) {
      case RECORDS -> NodeMetric.RECORDS;
      case REL_RECORDS -> NodeMetric.REL_RECORDS;
      case CONNECTED_PEERS -> NodeMetric.CONNECTED_PEERS;
      case OPEN_CONNECTIONS -> NodeMetric.OPEN_CONNECTIONS;
      case TOTAL_PEERS -> NodeMetric.TOTAL_PEERS;
      case GETS -> NodeMetric.GETS;
      case PUTS -> NodeMetric.PUTS;
      case PAYMENT_COUNT -> NodeMetric.PAYMENT_COUNT;
      case RELAY_SESSIONS -> NodeMetric.RELAY_SESSIONS;
      case AUDITS_PASSED -> NodeMetric.AUDITS_PASSED;
      case AUDITS_FAILED -> NodeMetric.AUDITS_FAILED;
    };
  }

  /** Known once and for all: a key is never replaced while a node is the same. */
  private static String peerId(Node node, NodeFilesView view) {
    if (!node.peerId().isEmpty()) {
      return node.peerId();
    }
    try {
      return view.read(node.rootDir().resolve(node.program().keyFile()), MOST_BYTES_OF_A_KEY).flatMap(node.program()::peerId).orElse("");
    } catch (IOException | UncheckedIOException unreadable) {
      return "";
    }
  }
}
