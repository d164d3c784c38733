package dev.wnm.core.decision;

import java.util.List;
import org.apiguardian.api.API;

/**
 * What to do, and the features it follows from.
 *
 * @param features what holds
 * @param actions what to do, in order, each thing once with its count; never empty
 */
@API(status = API.Status.STABLE)
public record Decision(Features features, List<PlannedAction> actions) {
  public Decision {
    actions = List.copyOf(actions);
  }
}
