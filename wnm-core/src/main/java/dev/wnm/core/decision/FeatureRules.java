package dev.wnm.core.decision;

import static dev.wnm.core.decision.Feature.ADD_NEW_NODE;
import static dev.wnm.core.decision.Feature.LOAD_NOT_ALLOW;
import static dev.wnm.core.decision.Feature.REMOVE;
import static dev.wnm.core.decision.Feature.REMOVE_CPU;
import static dev.wnm.core.decision.Feature.REMOVE_HD;
import static dev.wnm.core.decision.Feature.REMOVE_HDIO;
import static dev.wnm.core.decision.Feature.REMOVE_MEM;
import static dev.wnm.core.decision.Feature.REMOVE_NETIO;
import static dev.wnm.core.decision.Feature.UPGRADE;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** When each feature holds: those that compare measurements by {@link Thresholds}, the others from these, by their {@link Needs}. */
final class FeatureRules {
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
    if (Needs.areMet(Needs.OF_GROWTH, holding, input)) {
      holding.add(ADD_NEW_NODE);
    }
    if (Needs.areMet(Needs.OF_UPGRADES, holding, input)) {
      holding.add(UPGRADE);
    }
    return new Features(holding);
  }

  /** Nodes beyond the cap, negative while there is room. */
  static int overCap(DecisionInput input) {
    return input.fleet().staying() - input.limits().mostNodes();
  }
}
