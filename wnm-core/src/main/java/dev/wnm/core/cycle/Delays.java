package dev.wnm.core.cycle;

import dev.wnm.core.config.Option;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** When what is under way with nodes ends by the delays, so that the next thing can begin; see {@link Transitions}. */
public final class Delays {
  private static final Map<NodeStatus, Option<Duration>> OPTIONS = Map.of(NodeStatus.RESTARTING, Options.DELAY_START,
      NodeStatus.UPGRADING, Options.DELAY_UPGRADE, NodeStatus.REMOVING, Options.DELAY_REMOVE);

  /** What ends, and when. */
  private record Ending(Node node, Option<Duration> option, Duration delay, Instant at) {
    String words(Instant now) {
      String since = node.status().name().toLowerCase(Locale.ROOT) + " since " + Duration.between(node.statusAt(), now).toSeconds() + " s; "
          + delay.toSeconds() + " s must pass (" + option.name() + "): ";
      return node.service() + " is " + since + (at.isAfter(now) ? Duration.between(now, at).toSeconds() + " s to go" : "the next cycle looks at it");
    }
  }

  private Delays() {}

  /** The first end that makes way for more, in a clause, by the keys of the conditions that wait for it. */
  public static Map<String, String> of(Collection<Node> nodes, Settings settings, Instant now) {
    Map<String, String> words = new HashMap<>();
    first(nodes, settings, List.of(NodeStatus.RESTARTING)).ifPresent(ending -> words.put("nodes_being_started", ending.words(now)));
    first(nodes, settings, List.of(NodeStatus.UPGRADING)).ifPresent(ending -> words.put("nodes_being_upgraded", ending.words(now)));
    first(nodes, settings, List.of(NodeStatus.REMOVING)).ifPresent(ending -> words.put("nodes_being_removed", ending.words(now)));
    first(nodes, settings, OPTIONS.keySet()).ifPresent(ending -> words.put("operations_under_way", ending.words(now)));
    return words;
  }

  private static Optional<Ending> first(Collection<Node> nodes, Settings settings, Collection<NodeStatus> which) {
    return nodes.stream().filter(node -> which.contains(node.status()) && !node.isUnknown())
        .flatMap(node -> Optional.ofNullable(OPTIONS.get(node.status())).map(option ->
            new Ending(node, option, settings.get(option), node.statusAt().plus(settings.get(option)))).stream())
        .min(Comparator.comparing(Ending::at));
  }
}
