package dev.wnm.core.decision;

import dev.wnm.core.decision.PlannedAction.Target;
import dev.wnm.core.model.FleetCounts;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The decision rules: the first one that yields actions wins. Pure and safe to use from many threads.
 *
 * <p>Rules, order and priorities are those of the Python wnm 0.5.0, so that its users see no other behaviour but where its
 * own was harmful.
 */
public final class DecisionEngine {
  /** What leaves room for more nodes to come in the same cycle. */
  private static final Set<ActionType> GROWTH = EnumSet.of(ActionType.START, ActionType.ADD, ActionType.SURVEY);

  private DecisionEngine() {}

  /** What to do now; there is always something, if only a survey. */
  public static Decision decide(DecisionInput input) {
    Features features = FeatureRules.features(input);
    return new Decision(features, plan(input, features));
  }

  /** Why each feature holds or does not, in one line each, in the order in which features are reported. */
  public static Map<Feature, String> explain(DecisionInput input) {
    return Explanations.of(input, FeatureRules.features(input));
  }

  /** What to do now, what keeps it from being more, and what both are decided from. */
  public static Outlook outlook(DecisionInput input) {
    Decision decision = decide(input);
    return new Outlook(decision, notMore(input, decision), Thresholds.resources(input));
  }

  /** What one of the actions ADD, START and UPGRADE needs, and how each of it stands. @throws IllegalArgumentException for another action */
  public static WhyNot whyNot(ActionType action, DecisionInput input) {
    Decision decision = decide(input);
    int count = decision.actions().stream().filter(planned -> planned.type() == action).mapToInt(PlannedAction::count).sum();
    return new WhyNot(action, Conditions.of(Needs.of(action), decision.features().holding(), input), count);
  }

  private static List<String> notMore(DecisionInput input, Decision decision) {
    List<String> reasons = new ArrayList<>();
    int adds = decision.actions().stream().filter(action -> action.type() == ActionType.ADD).mapToInt(PlannedAction::count).sum();
    if (!decision.features().has(Feature.ADD_NEW_NODE)) {
      reasons.addAll(Explanations.hindrancesToGrowth(input, decision.features()));
    } else if (adds < -FeatureRules.overCap(input)) {
      boolean growsNow = decision.actions().stream().allMatch(action -> GROWTH.contains(action.type()));
      reasons.add(growsNow ? Explanations.pace(input) : "what is done now comes first");
    }
    input.brakes().starts().ifPresent(reasons::add);
    return reasons;
  }

  private static List<PlannedAction> plan(DecisionInput input, Features features) {
    FleetCounts fleet = input.fleet();
    if (input.rebooted()) {
      return List.of(PlannedAction.onFleet(ActionType.RESURVEY, 100, "system rebooted"));
    }
    List<PlannedAction> actions = removeDead(input);
    if (!actions.isEmpty()) {
      return actions;
    }
    boolean atCapacity = fleet.operations() >= input.limits().concurrency().operations();
    if (features.has(Feature.REMOVE) && (!atCapacity || features.has(Feature.REMOVE_HD))) {
      actions = shrink(input, features);
    }
    if (actions.isEmpty() && atCapacity) {
      return List.of(PlannedAction.onFleet(ActionType.SURVEY, 0, "at global capacity"));
    }
    if (actions.isEmpty()) {
      actions = restart(input);
    }
    if (actions.isEmpty() && mayNow(ActionType.UPGRADE, features, input)) {
      actions = plan(ActionType.UPGRADE, Target.RUNNING_NODE, Slots.upgrades(input), 60, () -> Explanations.outdated(input));
    }
    if (actions.isEmpty()) {
      actions = grow(input, features);
    }
    return actions.isEmpty()
        ? List.of(PlannedAction.onFleet(ActionType.SURVEY, 0, Explanations.idle(input)))
        : actions;
  }

  private static List<PlannedAction> removeDead(DecisionInput input) {
    int slots = Slots.deadRemovals(input);
    return plan(ActionType.REMOVE, Target.DEAD_NODE, slots, 90, () -> Explanations.dead(input, slots));
  }

  private static List<PlannedAction> shrink(DecisionInput input, Features features) {
    FleetCounts fleet = input.fleet();
    boolean removesForDisk = features.has(Feature.REMOVE_HD) && !input.settling();
    int excess = FeatureRules.overCap(input);
    int freeRemovals = Slots.freeRemovals(input);
    int freeOperations = Slots.freeOperations(input);
    if (removesForDisk) {
      return remove(input.stoppedUnderDiskPressure(), input.runningUnderDiskPressure(),
          Slots.diskRemovals(features.holding(), input), () -> Explanations.disk(input));
    }
    if (excess > 0) {
      return remove(fleet.stopped(), fleet.running(), Math.min(excess, Math.min(freeRemovals, freeOperations)),
          () -> Explanations.overCap(input));
    }
    if (fleet.removing() > 0 || input.settling()) {
      return List.of();
    }
    int slots = Math.min(fleet.running(), Math.min(freeRemovals, freeOperations));
    return plan(ActionType.STOP, Target.RUNNING_NODE, slots, 70, () -> Explanations.pressure(input));
  }

  /** Stopped nodes go first: they earn nothing. */
  private static List<PlannedAction> remove(int stopped, int running, int slots, Supplier<String> reason) {
    int fromStopped = Math.min(stopped, Math.max(0, slots));
    int fromRunning = Math.min(running, slots - fromStopped);
    return join(
        plan(ActionType.REMOVE, Target.STOPPED_NODE, fromStopped, 80, reason),
        plan(ActionType.REMOVE, Target.RUNNING_NODE, fromRunning, 75, reason));
  }

  private static List<PlannedAction> restart(DecisionInput input) {
    return plan(ActionType.RESTART, Target.RUNNING_NODE, Slots.restarts(input), 65, () -> Explanations.hung(input.fleet()));
  }

  private static List<PlannedAction> grow(DecisionInput input, Features features) {
    int starts = mayNow(ActionType.START, features, input) ? Slots.starts(input) : 0;
    int adds = mayNow(ActionType.ADD, features, input) ? Slots.adds(input) : 0;
    return join(
        plan(ActionType.START, Target.STOPPED_NODE, starts, 50, () -> Explanations.startable(input)),
        plan(ActionType.ADD, Target.NEW_NODE, adds, 40, () -> Explanations.room(input)));
  }

  private static boolean mayNow(ActionType action, Features features, DecisionInput input) {
    return Needs.areMet(Needs.of(action), features.holding(), input);
  }

  /** @param count how many; nothing is planned where there are none, or fewer @param reason asked for only then: texts cost most */
  private static List<PlannedAction> plan(ActionType type, Target target, int count, int priority, Supplier<String> reason) {
    return count > 0 ? List.of(new PlannedAction(type, target, count, priority, reason.get())) : List.of();
  }

  private static List<PlannedAction> join(List<PlannedAction> first, List<PlannedAction> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
