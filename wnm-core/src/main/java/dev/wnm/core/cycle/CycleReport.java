package dev.wnm.core.cycle;

import dev.wnm.core.decision.Decision;
import dev.wnm.core.model.HostMetrics;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.OperationKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one cycle did.
 *
 * @param host the machine as it was measured
 * @param decision what was to be done and why
 * @param obstacle what keeps the fleet from growing though it is below its cap; empty when nothing does
 * @param outcomes how each operation ended, in order
 * @param nodes the nodes as they stand now
 * @param took how long the cycle ran
 * @param dryRun whether nothing was really done
 */
public record CycleReport(
    HostMetrics host, Decision decision, String obstacle, List<NodeOutcome> outcomes, List<Node> nodes, Duration took, boolean dryRun) {
  public CycleReport {
    outcomes = List.copyOf(outcomes);
    nodes = List.copyOf(nodes);
  }

  public boolean failed() {
    return outcomes.stream().anyMatch(outcome -> !outcome.succeeded());
  }

  /** One line: how many nodes there are and what was done, such as {@code 3 nodes (2 running, 1 restarting): added …}. */
  public String summary() {
    Map<NodeStatus, Integer> counts = new EnumMap<>(NodeStatus.class);
    nodes.stream().filter(node -> !node.isUnknown()).forEach(node -> counts.merge(node.status(), 1, Integer::sum));
    long unknown = nodes.stream().filter(Node::isUnknown).count();
    String byStatus = Stream.concat(
            counts.entrySet().stream().map(entry -> entry.getValue() + " " + entry.getKey().name().toLowerCase(Locale.ROOT)),
            Stream.of(unknown + " unknown").filter(words -> unknown > 0))
        .collect(Collectors.joining(", "));
    return nodes.size() + (nodes.size() == 1 ? " node" : " nodes") + (byStatus.isEmpty() ? "" : " (" + byStatus + ")")
        + ": " + deeds() + ", in "
        + String.format(Locale.ROOT, "%.1f", took.toMillis() / 1_000.0) + " s";
  }

  private String deeds() {
    if (outcomes.isEmpty()) {
      return obstacle.isEmpty() ? "nothing to do" : "nothing to do (no growth: " + obstacle + ")";
    }
    Wording wording = new Wording(dryRun);
    List<String> deeds = new ArrayList<>();
    outcomes.stream().filter(NodeOutcome::succeeded)
        .collect(Collectors.groupingBy(NodeOutcome::kind, () -> new EnumMap<>(OperationKind.class),
            Collectors.mapping(NodeOutcome::service, Collectors.toList())))
        .forEach((kind, services) -> deeds.add(wording.did(kind.pastTense()) + " " + list(services)));
    long failures = outcomes.stream().filter(outcome -> !outcome.succeeded()).count();
    if (failures > 0) {
      deeds.add(failures + " failed");
    }
    return String.join("; ", deeds);
  }

  private static String list(List<String> services) {
    return services.size() <= 5 ? String.join(", ", services) : services.size() + " nodes";
  }
}
