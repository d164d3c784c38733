package dev.wnm.core.cycle;

import dev.wnm.core.decision.DecisionInput;
import dev.wnm.core.decision.Outlook;
import dev.wnm.core.model.Node;
import java.util.List;

/**
 * What the next cycle would do if it found the nodes as their rows say.
 *
 * @param input what it would decide from
 * @param outlook what and why
 * @param nodes the nodes, with times by the clock of today
 * @param brakes what earlier failures forbid altogether, a clause each
 */
public record Forecast(DecisionInput input, Outlook outlook, List<Node> nodes, List<String> brakes) {
  public Forecast {
    nodes = List.copyOf(nodes);
    brakes = List.copyOf(brakes);
  }
}
