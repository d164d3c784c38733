package dev.wnm.core.cycle;

import dev.wnm.core.config.Option;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.model.Fleet;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.Release;
import dev.wnm.core.observation.NodeObserver;
import dev.wnm.core.observation.NodeStates;
import dev.wnm.core.observation.Observations;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Ends the states that end by themselves: looks at what was started or upgraded once its delay is over. */
final class Transitions {
  private final Settings settings;
  private final NodeObserver observer;
  private final Optional<Release> release;

  Transitions(Settings settings, NodeObserver observer, Optional<Release> release) {
    this.settings = settings;
    this.observer = observer;
    this.release = release;
  }

  /** Nodes REMOVING whose delay is over, the longest waiting first: their data goes now. */
  List<Node> due(Fleet fleet, Instant now) {
    return fleet.nodes().stream()
        .filter(node -> node.status() == NodeStatus.REMOVING && isOver(node, Options.DELAY_REMOVE, now)
            && node.health().mayBeTried(now))
        .sorted(Comparator.comparing(Node::statusAt)).toList();
  }

  /** The nodes that were RESTARTING or UPGRADING, whose delay is over, as they are now. */
  List<Node> arrived(Fleet fleet, Instant now) {
    List<Node> over = fleet.nodes().stream()
        .filter(node -> node.status() == NodeStatus.RESTARTING && isOver(node, Options.DELAY_START, now)
            || node.status() == NodeStatus.UPGRADING && isOver(node, Options.DELAY_UPGRADE, now))
        .toList();
    Observations observations = observer.look(over, Duration.ZERO);
    return over.stream().map(node -> NodeStates.arrived(node, observations.of(node), release, now)).toList();
  }

  private boolean isOver(Node node, Option<Duration> delay, Instant now) {
    return !node.statusAt().plus(settings.get(delay)).isAfter(now);
  }
}
