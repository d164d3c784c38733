package dev.wnm.core.decision;

import java.util.List;
import org.apiguardian.api.API;

/**
 * Why an action is taken now or not: all of its conditions. What the engine decides from stands first; the action is planned if and only
 * if all of that is met.
 *
 * @param action ADD, START or UPGRADE
 * @param conditions all that it needs
 * @param planned to how many nodes the engine would do it now; 0 where something that it decides from is not met
 */
@API(status = API.Status.STABLE)
public record WhyNot(ActionType action, List<Condition> conditions, int planned) {
  public WhyNot {
    conditions = List.copyOf(conditions);
  }

  /** Those that are not met, or not known to be. */
  public List<Condition> unmet() {
    return conditions.stream().filter(condition -> condition.state() != Condition.State.MET).toList();
  }
}
