package dev.wnm.core.cycle;

import dev.wnm.core.decision.Decision;
import dev.wnm.core.execution.NodeOutcome;
import dev.wnm.core.model.Fleet;
import dev.wnm.core.model.HostMetrics;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.OperationKind;
import dev.wnm.core.model.Wording;
import dev.wnm.spi.internal.Human;
import dev.wnm.spi.internal.PlainText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/**
 * What one cycle did.
 *
 * @param host the machine as it was measured
 * @param decision what was to be done and why
 * @param obstacle what keeps the fleet from growing though it is below its cap; empty when nothing does
 * @param troubles what is wrong with nodes and groups, and why the fleet may not grow for that; maybe none
 * @param outcomes how each operation ended, in order
 * @param nodes the nodes as they stand now
 * @param took how long the cycle ran
 * @param dryRun whether nothing was really done
 */
@API(status = API.Status.STABLE)
public record CycleReport(
    HostMetrics host, Decision decision, String obstacle, List<String> troubles, List<NodeOutcome> outcomes, List<Node> nodes,
    Duration took, boolean dryRun) {
  public CycleReport {
    troubles = List.copyOf(troubles);
    outcomes = List.copyOf(outcomes);
    nodes = List.copyOf(nodes);
  }

  public boolean failed() {
    return outcomes.stream().anyMatch(outcome -> !outcome.succeeded());
  }

  /** One line: how many nodes there are and what was done, such as {@code 3 nodes (2 running, 1 restarting): added …}. */
  public String summary() {
    return new Fleet(nodes).inWords() + ": " + String.join("; ", words()) + ", in "
        + Human.took(took);
  }

  /** That there is nothing to do is said only where nothing is wrong. */
  private List<String> words() {
    List<String> words = new ArrayList<>();
    if (!outcomes.isEmpty()) {
      words.add(deeds());
    }
    words.addAll(troubles);
    if (words.isEmpty()) {
      words.add((isAllWell() ? "nothing to do" : "nothing was done")
          + (obstacle.isEmpty() ? "" : " (no growth: " + obstacle + ")"));
    } else if (outcomes.isEmpty() && !obstacle.isEmpty()) {
      words.add("no growth: " + obstacle);
    }
    return words;
  }

  private String deeds() {
    Wording wording = new Wording(dryRun);
    List<String> deeds = new ArrayList<>();
    outcomes.stream().filter(NodeOutcome::succeeded)
        .collect(Collectors.groupingBy(NodeOutcome::kind, () -> new EnumMap<>(OperationKind.class),
            Collectors.mapping(NodeOutcome::service, Collectors.toList())))
        .forEach((kind, services) -> deeds.add(wording.did(kind.pastTense()) + " " + list(services)));
    List<NodeOutcome> failures = outcomes.stream().filter(outcome -> !outcome.succeeded()).toList();
    if (!failures.isEmpty()) {
      deeds.add(failures.size() + " failed (" + failures.get(0).service() + ": "
          + PlainText.of(failures.get(0).detail()).strip() + ")");
    }
    return String.join("; ", deeds);
  }

  private boolean isAllWell() {
    return nodes.stream().noneMatch(Node::isCrashLoop);
  }

  private static String list(List<String> services) {
    return services.size() <= 5 ? String.join(", ", services) : services.size() + " nodes";
  }
}
