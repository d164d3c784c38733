package dev.wnm.core.decision;

import static dev.wnm.core.decision.Feature.ADD_NEW_NODE;
import static dev.wnm.core.decision.Feature.ALLOW_CPU;
import static dev.wnm.core.decision.Feature.ALLOW_HD;
import static dev.wnm.core.decision.Feature.ALLOW_HDIO;
import static dev.wnm.core.decision.Feature.ALLOW_MEM;
import static dev.wnm.core.decision.Feature.ALLOW_NETIO;
import static dev.wnm.core.decision.Feature.ALLOW_NODE_CAP;
import static dev.wnm.core.decision.Feature.LOAD_ALLOW;
import static dev.wnm.core.decision.Feature.LOAD_NOT_ALLOW;
import static dev.wnm.core.decision.Feature.REMOVE;
import static dev.wnm.core.decision.Feature.REMOVE_CPU;
import static dev.wnm.core.decision.Feature.REMOVE_HD;
import static dev.wnm.core.decision.Feature.REMOVE_HDIO;
import static dev.wnm.core.decision.Feature.REMOVE_MEM;
import static dev.wnm.core.decision.Feature.REMOVE_NETIO;
import static dev.wnm.core.decision.Feature.UPGRADE;

import dev.wnm.core.model.FleetCounts;
import dev.wnm.spi.model.Version;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** When each feature holds: those that compare measurements by {@link Thresholds}, the others from these. */
final class FeatureRules {
  static final Set<Feature> NEEDED_FOR_GROWTH = EnumSet.of(
      ALLOW_CPU, ALLOW_MEM, ALLOW_HD, ALLOW_NODE_CAP, ALLOW_NETIO, ALLOW_HDIO, LOAD_ALLOW);
  /** What presses on the machine; the cap, which presses on nothing, is the other reason for fewer nodes. */
  static final Set<Feature> PRESSURE = EnumSet.of(
      REMOVE_CPU, REMOVE_MEM, REMOVE_HD, REMOVE_NETIO, REMOVE_HDIO, LOAD_NOT_ALLOW);

  private FeatureRules() {}

  static Features features(DecisionInput input) {
    Set<Feature> holding = EnumSet.noneOf(Feature.class);
    for (Thresholds thresholds : Thresholds.ALL) {
      if (thresholds.hold(input)) {
        holding.add(thresholds.feature());
      }
    }
    if (!Collections.disjoint(holding, PRESSURE) || overCap(input) > 0) {
      holding.add(REMOVE);
    }
    if (resourcesAllowGrowth(holding, input) && input.fleet().staying() < input.limits().mostNodes()
        && input.brakes().adds().isEmpty()) {
      holding.add(ADD_NEW_NODE);
    }
    if (input.limits().upgrades() && mayUpgrade(holding, input.fleet()) && input.brakes().upgrades().isEmpty()) {
      holding.add(UPGRADE);
    }
    return new Features(holding);
  }

  /** Whether stopped nodes may be started: all that adding needs but room below the cap, since they are counted in already. */
  static boolean resourcesAllowGrowth(Set<Feature> holding, DecisionInput input) {
    boolean isUndisturbed = !holding.contains(REMOVE) && input.fleet().leaving() == 0;
    return holding.containsAll(NEEDED_FOR_GROWTH) && (isUndisturbed || onlyAnotherDiskPresses(holding, input))
        && input.fleet().migrating() == 0;
  }

  /** Nodes leave a disk that is too full, while another one has room for more. */
  private static boolean onlyAnotherDiskPresses(Set<Feature> holding, DecisionInput input) {
    Set<Feature> pressing = EnumSet.copyOf(PRESSURE);
    pressing.retainAll(holding);
    return !input.disks().isEmpty() && pressing.equals(EnumSet.of(REMOVE_HD)) && overCap(input) <= 0;
  }

  /** Nodes beyond the cap, negative while there is room. */
  static int overCap(DecisionInput input) {
    return input.fleet().staying() - input.limits().mostNodes();
  }

  private static boolean mayUpgrade(Set<Feature> holding, FleetCounts fleet) {
    return fleet.upgradable() > 0 && isNoDowngrade(fleet) && !holding.contains(REMOVE) && fleet.leaving() == 0;
  }

  static boolean isNoDowngrade(FleetCounts fleet) {
    Optional<Version> antnode = fleet.antnodeVersion();
    return antnode.isPresent() && (fleet.queenVersion().isEmpty() || !antnode.get().isOlderThan(fleet.queenVersion().get()));
  }
}
