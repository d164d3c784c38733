package dev.wnm.core.cycle;

import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.decision.PlannedAction;
import dev.wnm.core.model.Fleet;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.Release;
import dev.wnm.core.model.StartOrder;
import dev.wnm.spi.internal.Human;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What comes next for one node, by the rules that cycles go by. A pure function.
 *
 * @param forecast what the next cycle would do
 * @param settings the settings in force
 * @param starts which stopped nodes may be started
 * @param present the release that upgraded nodes get, where it is known
 * @param hindrance why no node is upgraded now, in a clause
 * @param now the time
 */
record Prospects(Forecast forecast, Settings settings, StartOrder starts, Optional<Release> present, Optional<String> hindrance, Instant now) {

  /** A clause each; none where nothing is known of what comes. */
  List<String> of(int nodeId) {
    return forecast.nodes().stream().filter(node -> node.id() == nodeId).findFirst().map(this::of).orElse(List.of());
  }

  private List<String> of(Node node) {
    if (node.isUnknown()) {
      return List.of("nothing is done to it until it is known again how it is; each cycle that looks at the nodes looks at it");
    }
    List<String> clauses = new ArrayList<>(switch (node.status()) {
      case UNREADABLE -> List.of("nothing is done to it as long as its row cannot be read");
      case DISABLED -> List.of("it is left alone until somebody runs --force_action enable --service_name " + node.service());
      case RESTARTING -> List.of(judged(node, Options.DELAY_START.name(), settings.get(Options.DELAY_START)));
      case UPGRADING -> List.of(judged(node, Options.DELAY_UPGRADE.name(), settings.get(Options.DELAY_UPGRADE)));
      case REMOVING -> List.of(deleted(node));
      case STOPPED -> waits(node);
      case RUNNING -> upgrade(node);
      case DEAD, MIGRATING -> List.of();
    });
    int before = clauses.size();
    forecast.turns().forEach(turn -> clauses.addAll(turn(turn, node)));
    if (clauses.size() == before) {
      clauses.addAll(rank(node));
    }
    return clauses;
  }

  private String judged(Node node, String delay, Duration length) {
    return once("it is looked at", delay, node.statusAt().plus(length));
  }

  private String deleted(Node node) {
    Instant over = node.statusAt().plus(settings.get(Options.DELAY_REMOVE));
    Instant retry = node.health().retryAfter();
    return retry.isAfter(over) && retry.isAfter(now) ? "its removal is tried again at " + Human.at(retry) + ", in " + Human.time(Duration.between(now, retry))
        : once("its data is deleted", Options.DELAY_REMOVE.name(), over);
  }

  private String once(String what, String delay, Instant over) {
    return over.isAfter(now) ? what + " when " + delay + " is over, at " + Human.at(over) + ", in " + Human.time(Duration.between(now, over))
        : what + " at the next cycle: " + delay + " is over";
  }

  private List<String> waits(Node node) {
    if (!node.health().mayBeTried(now)) {
      int failures = node.health().failures();
      return List.of("no start is tried before " + Human.at(node.health().retryAfter()) + ", in "
          + Human.time(Duration.between(now, node.health().retryAfter())) + ": it failed or died " + (failures == 1 ? "once" : failures + " times in a row"));
    }
    return starts.mayStart(node) ? List.of() : starts.reason().map(List::of).orElse(List.of());
  }

  private List<String> upgrade(Node node) {
    if (!node.isOutdatedBy(present)) {
      return List.of();
    }
    String what = node.version().orElseThrow() + " to " + present.orElseThrow().version();
    if (!settings.get(Options.ENABLE_UPGRADE)) {
      return List.of("it is not upgraded from " + what + " unasked, since enable_upgrade is off");
    }
    if (hindrance.isPresent()) {
      return List.of("its upgrade from " + what + " waits: " + hindrance.get());
    }
    int turn = indexOf(node, new Fleet(forecast.nodes()).oldest(Fleet.in(NodeStatus.RUNNING).and(other -> other.isOutdatedBy(present))));
    return List.of("it is to be upgraded from " + what + (turn == 0 ? " as the next" : " after " + nodes(turn, "outdated")));
  }

  private List<String> turn(Forecast.Turn turn, Node node) {
    int index = indexOf(node, turn.candidates());
    PlannedAction action = turn.action();
    String verb = action.type().name().toLowerCase(Locale.ROOT);
    return index < 0 ? List.of() : List.of(index < action.count() ? "the next cycle would " + verb + " it: " + action.reason()
        : "the next cycle would " + verb + " " + (action.count() == 1 ? "one" : action.count()) + " of its kind: " + action.reason() + "; "
            + nodes(index, "other") + " would come before it");
  }

  /** By the order in which nodes go that are too many. */
  private List<String> rank(Node node) {
    if (node.status() != NodeStatus.RUNNING && node.status() != NodeStatus.STOPPED) {
      return List.of();
    }
    int younger = indexOf(node, new Fleet(forecast.nodes()).youngest(Fleet.in(node.status())));
    String kind = node.status().name().toLowerCase(Locale.ROOT);
    return List.of("should there be too many " + kind + " nodes, " + (younger == 0 ? "it would go first, as the youngest of them"
        : nodes(younger, "younger") + " would go before it"));
  }

  private static String nodes(int count, String kind) {
    return count + " " + kind + (count == 1 ? " node" : " nodes");
  }

  private static int indexOf(Node node, List<Node> list) {
    return IntStream.range(0, list.size()).filter(i -> list.get(i).id() == node.id()).findFirst().orElse(-1);
  }
}
