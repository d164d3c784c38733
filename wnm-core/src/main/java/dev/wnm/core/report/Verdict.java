package dev.wnm.core.report;

import dev.wnm.core.decision.Resource;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.spi.internal.Human;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether all is well, in one word and one sentence. What is unknown is never taken for well.
 *
 * @param kind in a word
 * @param sentence in full, with its reasons
 */
record Verdict(Kind kind, String sentence) {
  /** Cron starts a cycle each minute; who wants fewer still wants some. */
  private static final Duration LONG_WITHOUT_A_CYCLE = Duration.ofHours(1);

  /** The word for it. */
  enum Kind {
    /** Nothing is wrong, and nothing that matters is unknown. */
    WELL,
    /** Something is wrong. */
    TROUBLE,
    /** Nothing is known to be wrong, but something that matters is not known. */
    UNKNOWN
  }

  static Verdict of(FleetStatus status) {
    List<String> wrong = wrong(status);
    List<String> unknown = unknown(status);
    String age = status.lastCycle().map(at -> "; the last cycle was " + Human.ago(at, status.now())).orElse("");
    if (!wrong.isEmpty()) {
      wrong.addAll(unknown);
      return new Verdict(Kind.TROUBLE, "Not all is well: " + String.join("; ", wrong) + age + ".");
    }
    return unknown.isEmpty() ? new Verdict(Kind.WELL, "All is well" + age + ".")
        : new Verdict(Kind.UNKNOWN, "Nobody can tell whether all is well: " + String.join("; ", unknown) + age + ".");
  }

  private static List<String> wrong(FleetStatus status) {
    FleetStatus.Health health = status.health();
    List<String> wrong = new ArrayList<>();
    health.unusable().ifPresent(why -> wrong.add("wnm can do nothing: " + why));
    if (health.troubled() > 0) {
      wrong.add(health.troubled() + " of " + nodes(status.nodes().size()) + (health.troubled() == 1 ? " is" : " are") + " in trouble");
    }
    long dead = status.nodes().stream().filter(node -> node.status() == NodeStatus.DEAD).count();
    if (dead > 0) {
      wrong.add(dead + " of " + nodes(status.nodes().size()) + (dead == 1 ? " is" : " are") + " dead");
    }
    if (!health.brakes().isEmpty()) {
      wrong.add("after failures wnm holds back for now");
    }
    if (!status.programs().isUsable()) {
      wrong.add("there is no node program that new nodes could get");
    }
    status.lastCycle().filter(at -> at.plus(LONG_WITHOUT_A_CYCLE).isBefore(status.now())).ifPresent(at ->
        wrong.add("there was no cycle for long, so that what is said of nodes is as old"));
    return wrong;
  }

  private static List<String> unknown(FleetStatus status) {
    List<String> unknown = new ArrayList<>();
    if (status.lastCycle().isEmpty()) {
      unknown.add("no cycle has come to its end yet");
    }
    long lost = status.nodes().stream().filter(Node::isUnknown).count();
    if (lost > 0) {
      unknown.add("nothing is known of " + lost + " of " + nodes(status.nodes().size()));
    }
    List<String> unmeasured = status.outlook().resources().stream().filter(resource -> resource.state() == Resource.State.UNKNOWN)
        .map(Resource::name).toList();
    if (!unmeasured.isEmpty()) {
      unknown.add("it cannot be measured what is used of " + String.join(", ", unmeasured));
    }
    return unknown;
  }

  private static String nodes(int count) {
    return count + (count == 1 ? " node" : " nodes");
  }
}
