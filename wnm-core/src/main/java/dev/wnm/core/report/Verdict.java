package dev.wnm.core.report;

import dev.wnm.core.decision.Resource;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.spi.internal.Human;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whether all is well, in one word and one sentence. What is unknown is never taken for well.
 *
 * @param kind in a word
 * @param sentence in full, with its reasons
 * @param problems its reasons one by one, with what to do about each: what is wrong first, then what is unknown
 */
record Verdict(Kind kind, String sentence, List<Problem> problems) {
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

  /** Whether it is {@link Kind#WELL}. */
  boolean isWell() {
    return kind == Kind.WELL;
  }

  static Verdict of(FleetStatus status) {
    List<Problem> wrong = wrong(status);
    List<Problem> unknown = unknown(status);
    FleetStatus.Health health = status.health();
    List<String> reasons = new ArrayList<>(wrong.stream().map(Problem::what).toList());
    if (!health.brakes().isEmpty()) {
      reasons.add("after failures wnm holds back for now");
    }
    if (health.troubled() > 0) {
      reasons.add(0, health.troubled() + " of " + nodes(status.nodes().size()) + (health.troubled() == 1 ? " is" : " are") + " in trouble");
    }
    Kind kind = !reasons.isEmpty() ? Kind.TROUBLE : unknown.isEmpty() ? Kind.WELL : Kind.UNKNOWN;
    unknown.forEach(problem -> reasons.add(problem.what()));
    String age = status.lastCycle().map(at -> "; the last cycle was " + Human.ago(at, status.now())).orElse("");
    String beginning = switch (kind) {
      case WELL -> "All is well";
      case TROUBLE -> "Not all is well: ";
      case UNKNOWN -> "Nobody can tell whether all is well: ";
    };
    return new Verdict(kind, beginning + String.join("; ", reasons) + age + ".",
        Stream.of(wrong, health.troubles(), health.brakes(), unknown).flatMap(List::stream).toList());
  }

  private static List<Problem> wrong(FleetStatus status) {
    List<Problem> wrong = new ArrayList<>();
    status.health().unusable().ifPresent(why -> wrong.add(new Problem("unusable", "wnm can do nothing: " + why, "wnm --doctor")));
    long dead = status.nodes().stream().filter(node -> node.status() == NodeStatus.DEAD).count();
    if (dead > 0) {
      wrong.add(new Problem("dead", dead + " of " + nodes(status.nodes().size()) + (dead == 1 ? " is" : " are") + " dead",
          "their folders are gone; a cycle forgets them"));
    }
    if (!status.programs().isUsable()) {
      wrong.add(new Problem("no-program", "there is no node program that new nodes could get", "put one where --antnode_path says; wnm --doctor looks for it"));
    }
    status.lastCycle().filter(at -> at.plus(LONG_WITHOUT_A_CYCLE).isBefore(status.now())).ifPresent(at ->
        wrong.add(new Problem("no-cycle", "there was no cycle for long, so that what is said of nodes is as old", "wnm --install_service, or wnm --doctor")));
    return wrong;
  }

  private static List<Problem> unknown(FleetStatus status) {
    List<Problem> unknown = new ArrayList<>();
    if (status.lastCycle().isEmpty()) {
      unknown.add(new Problem("no-cycle", "no cycle has come to its end yet", "wnm runs one, wnm --install_service one each minute"));
    }
    long lost = status.nodes().stream().filter(Node::isUnknown).count();
    if (lost > 0) {
      unknown.add(new Problem(Problem.NODES, "nothing is known of " + lost + " of " + nodes(status.nodes().size()), "wnm --doctor"));
    }
    List<String> unmeasured = status.outlook().resources().stream().filter(resource -> resource.state() == Resource.State.UNKNOWN)
        .map(Resource::name).toList();
    if (!unmeasured.isEmpty()) {
      unknown.add(new Problem(Problem.UNMEASURED, "it cannot be measured what is used of " + String.join(", ", unmeasured), "wnm --doctor"));
    }
    return unknown;
  }

  private static String nodes(int count) {
    return count + (count == 1 ? " node" : " nodes");
  }
}
