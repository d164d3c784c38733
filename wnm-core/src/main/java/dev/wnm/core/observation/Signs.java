package dev.wnm.core.observation;

import dev.wnm.core.host.PortHolders;
import dev.wnm.core.host.ProcessUse;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeMetrics;
import dev.wnm.core.probe.ProbeResult;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.ProcessState;
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
  private final ProcessUse use;
  private final Instant now;

  Signs(PortHolders holders, ProcessUse use, Instant now) {
    this.holders = holders;
    this.use = use;
    this.now = now;
  }

  /** What was seen of such a node. @param process what its process manager says */
  Observation of(Node node, NodeSpec spec, ProcessState process) {
    if (!(process instanceof ProcessState.Running running)) {
      return new Observation(Optional.empty(), "its process does not run", process);
    }
    NodeFilesView view = new NodeFilesView(node);
    NodeReading reading = read(node, spec, view);
    Optional<String> silence = unheld(node, running.pid()).or(reading::silence);
    LogPosition position = reading.position();
    if (silence.isPresent()) {
      return new Observation(Optional.empty(), silence.get(), process, position);
    }
    return new Observation(Optional.of(new ProbeResult.Answered(metrics(node, reading, running.pid()), reading.version(),
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

  private Optional<String> unheld(Node node, OptionalLong pid) {
    if (pid.isEmpty()) {
      return Optional.empty();
    }
    for (int port : node.ports().udp()) {
      PortHolders.Holder holder = holders.udpHolderOf(port, pid.getAsLong());
      if (holder == PortHolders.Holder.NOBODY) {
        return Optional.of("nothing listens on its UDP port " + port);
      }
      if (holder == PortHolders.Holder.ANOTHER) {
        return Optional.of("another process than its own holds its UDP port " + port);
      }
    }
    return Optional.empty();
  }

  /** What was told before still holds while the process is the same, until something newer is told. */
  private NodeMetrics metrics(Node node, NodeReading reading, OptionalLong pid) {
    boolean isSame = !reading.startedAnew() && pid.equals(node.health().pid());
    NodeMetrics before = isSame ? node.metrics() : node.metrics().withoutProcess();
    Map<NodeMetric, Long> values = new EnumMap<>(NodeMetric.class);
    values.putAll(before.values());
    reading.figures().forEach((figure, value) -> values.put(metricOf(figure), value));
    pid.ifPresent(known -> use.of(known).forEach(values::put));
    return new NodeMetrics(values, before.rewards());
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
