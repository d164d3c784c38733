package dev.wnm.core.cycle;

import dev.wnm.core.decision.DecisionInput;
import dev.wnm.core.decision.Outlook;
import dev.wnm.core.decision.PlannedAction;
import dev.wnm.core.model.Node;
import java.util.List;

/**
 * What the next cycle would do if it found the nodes as their rows say.
 *
 * @param input what it would decide from
 * @param outlook what and why
 * @param nodes the nodes, with times by the clock of today
 * @param brakes what earlier failures forbid altogether, a clause each
 * @param turns each action of the decision with the nodes that it may be done to
 */
public record Forecast(DecisionInput input, Outlook outlook, List<Node> nodes, List<String> brakes, List<Turn> turns) {
  public Forecast {
    nodes = List.copyOf(nodes);
    brakes = List.copyOf(brakes);
    turns = List.copyOf(turns);
  }

  /**
   * Which nodes an action may be done to.
   *
   * @param action what is to be done to how many of them
   * @param candidates the nodes, those first that it is done to first; none where it is done to new ones, or to all
   */
  public record Turn(PlannedAction action, List<Node> candidates) {
    public Turn {
      candidates = List.copyOf(candidates);
    }
  }
}
