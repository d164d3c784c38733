package dev.wnm.core.decision;

import dev.wnm.core.model.DecisionLimits.Concurrency;
import dev.wnm.core.model.FleetCounts;
import java.util.Set;

/** How many of each thing could be done now by the limits on what goes on at once; 0 or fewer where none. */
final class Slots {
  private Slots() {}

  /** Their own limit counts for them, too: that many rows are wrong at once is more often a mistake than a loss. */
  static int deadRemovals(DecisionInput input) {
    return Math.min(input.fleet().dead(), freeRemovals(input));
  }

  /** A full disk does not wait for upgrades and starts to end, so only the removals' own limit counts. */
  static int diskRemovals(Set<Feature> holding, DecisionInput input) {
    return !holding.contains(Feature.REMOVE_HD) || input.settling() ? 0
        : Math.min(input.stoppedUnderDiskPressure() + input.runningUnderDiskPressure(), freeRemovals(input));
  }

  static int freeRemovals(DecisionInput input) {
    return input.limits().concurrency().removals() - input.fleet().removing();
  }

  static int freeOperations(DecisionInput input) {
    return input.limits().concurrency().operations() - input.fleet().operations();
  }

  /** For starts, restarts and adds alike. */
  static int freeStarts(DecisionInput input) {
    return Math.min(input.limits().concurrency().starts() - input.fleet().restarting(), freeOperations(input));
  }

  /** Each is a start, but needs no more of the machine than it had. */
  static int restarts(DecisionInput input) {
    return Math.min(freeStarts(input), input.fleet().restartable());
  }

  /** How many nodes may be UPGRADING at once. */
  static int mostUpgrades(DecisionInput input) {
    Concurrency limits = input.limits().concurrency();
    return input.brakes().oneUpgrade() ? 1 : limits.upgrades();
  }

  static int upgrades(DecisionInput input) {
    FleetCounts fleet = input.fleet();
    return Math.min(Math.min(mostUpgrades(input) - fleet.upgrading(), freeOperations(input)), fleet.upgradable());
  }

  static int starts(DecisionInput input) {
    return Math.max(0, Math.min(input.fleet().startable(), freeStarts(input)));
  }

  static int adds(DecisionInput input) {
    int room = Math.min(freeStarts(input) - starts(input), -FeatureRules.overCap(input));
    return input.brakes().oneAdd() ? Math.min(1, room) : room;
  }
}
