package dev.wnm.core.decision;

import dev.wnm.core.model.FleetCounts;
import dev.wnm.spi.model.Version;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Says in one line what was measured against which limit. */
final class Explanations {
  private static final List<Feature> HEADROOM =
      List.of(Feature.ALLOW_CPU, Feature.ALLOW_MEM, Feature.ALLOW_HD, Feature.LOAD_ALLOW);

  private Explanations() {}

  /** @param slots how many of them are removed now */
  static String dead(DecisionInput input, int slots) {
    int dead = input.fleet().dead();
    return nodes(dead, "", "is", "are") + " dead" + (slots < dead
        ? "; max_concurrent_removals " + input.limits().concurrency().removals() + " lets " + slots + " of them go now" : "");
  }

  /** Why there is nothing to do. */
  static String idle(DecisionInput input) {
    return input.fleet().dead() > 0 ? dead(input, 0)
        : "idle monitoring" + input.brakes().starts().map(waiting -> "; " + waiting).orElse("");
  }

  static String disk(DecisionInput input) {
    return join(Thresholds.of(Feature.REMOVE_HD).sentences(input)) + input.disksUnderPressure();
  }

  static String overCap(DecisionInput input) {
    return nodes(input.fleet().staying(), "", "is", "are") + " more than " + input.limits().mostNodesInWords();
  }

  static String pressure(DecisionInput input) {
    return join(holding(FeatureRules.PRESSURE, true, input));
  }

  static String outdated(DecisionInput input) {
    return nodes(input.fleet().upgradable(), "running ", "is", "are") + (input.limits().downgrades() ? " of another version than " : " older than version ")
        + version(input.fleet());
  }

  static String hung(FleetCounts fleet) {
    return nodes(fleet.restartable(), "running ", "does", "do") + " not answer any more";
  }

  static String startable(DecisionInput input) {
    return nodes(input.fleet().startable(), "", "is", "are") + " stopped" + headroom(input)
        + input.brakes().starts().map(waiting -> "; " + waiting).orElse("");
  }

  static String room(DecisionInput input) {
    return nodes(input.fleet().staying(), "", "is", "are") + " fewer than " + input.limits().mostNodesInWords()
        + headroom(input);
  }

  static Map<Feature, String> of(DecisionInput input, Features features) {
    Map<Feature, String> map = new EnumMap<>(Feature.class);
    for (Thresholds thresholds : Thresholds.ALL) {
      List<String> sentences = thresholds.sentences(input);
      map.put(thresholds.feature(), sentences.isEmpty() ? "no threshold is set" : join(sentences));
    }
    map.put(Feature.ADD_NEW_NODE, features.has(Feature.ADD_NEW_NODE) ? room(input) : join(hindrancesToGrowth(input, features)));
    map.put(Feature.REMOVE, features.has(Feature.REMOVE) ? join(causesOfRemoval(input)) : noCauseOfRemoval(input));
    map.put(Feature.UPGRADE, features.has(Feature.UPGRADE) ? outdated(input) : join(hindrances(Needs.OF_UPGRADES, input, features)));
    return map;
  }

  /** Why of the nodes for which there is room only some come now. */
  static String pace(DecisionInput input) {
    int underWay = input.fleet().operations();
    return input.brakes().oneAdd() ? "one node is tried first, since others did not stay up"
        : "max_concurrent_starts " + input.limits().concurrency().starts() + " and max_concurrent_operations "
            + input.limits().concurrency().operations() + " let no more begin now"
            + (underWay == 0 ? "" : ": " + nodes(underWay, "", "is", "are") + " under way");
  }

  static List<String> hindrancesToGrowth(DecisionInput input, Features features) {
    return hindrances(Needs.OF_GROWTH, input, features);
  }

  private static String noCauseOfRemoval(DecisionInput input) {
    List<String> unknown = FeatureRules.PRESSURE.stream().flatMap(feature -> Thresholds.of(feature).unknown(input).stream())
        .toList();
    return unknown.isEmpty() ? "nothing is above its limit" : "nothing is known to be above its limit: " + join(unknown);
  }

  private static List<String> causesOfRemoval(DecisionInput input) {
    List<String> causes = new ArrayList<>(holding(FeatureRules.PRESSURE, true, input));
    if (FeatureRules.overCap(input) > 0) {
      causes.add(overCap(input));
    }
    return causes;
  }

  /** The needs that are not met, in clauses. */
  private static List<String> hindrances(List<Need> needs, DecisionInput input, Features features) {
    return Needs.unmet(needs, features.holding(), input).stream().flatMap(need -> hindrances(need, input).stream()).toList();
  }

  private static List<String> hindrances(Need need, DecisionInput input) {
    if (need.feature().isPresent()) {
      return Thresholds.of(need.feature().get()).sentences(input);
    }
    FleetCounts fleet = input.fleet();
    return switch (need) {
      case BELOW_CAP -> List.of(FeatureRules.overCap(input) > 0 ? overCap(input) : "there are as many nodes as " + input.limits().mostNodesInWords());
      case WITHIN_CAP -> List.of(overCap(input));
      case NO_REMOVAL, NO_REMOVAL_BUT_FROM_ANOTHER_DISK -> inFlight(fleet.leaving(), "REMOVING");
      case NO_MIGRATION -> inFlight(fleet.migrating(), "MIGRATING");
      case ADDS_NOT_HELD_BACK -> input.brakes().adds().stream().toList();
      case UPGRADES_ON -> List.of("enable_upgrade is off");
      case VERSION_KNOWN -> List.of("the version of the node program is unknown");
      case NO_DOWNGRADE -> List.of("version " + version(fleet) + " is older than the first node's "
          + fleet.queenVersion().map(Version::text).orElseThrow());
      case AN_OUTDATED_NODE -> List.of("no running node is outdated");
      case UPGRADES_NOT_HELD_BACK -> input.brakes().upgrades().stream().toList();
      default -> throw new IllegalArgumentException(need + " is no hindrance but what comes first");
    };
  }

  private static List<String> inFlight(int count, String status) {
    return count > 0 ? List.of(nodes(count, "", "is", "are") + " " + status) : List.of();
  }

  /** The sentences of those features whose outcome is as asked for. */
  private static List<String> holding(Collection<Feature> features, boolean outcome, DecisionInput input) {
    List<String> sentences = new ArrayList<>();
    for (Feature feature : features) {
      Thresholds thresholds = Thresholds.of(feature);
      if (thresholds.hold(input) == outcome) {
        sentences.addAll(thresholds.sentences(input));
      }
    }
    return sentences;
  }

  private static String headroom(DecisionInput input) {
    StringBuilder text = new StringBuilder("; ");
    for (Feature feature : HEADROOM) {
      text.append(Thresholds.of(feature).comparisons().get(0).measurement(input)).append(", ");
    }
    text.setLength(text.length() - 2);
    return text.append(" leave room").toString();
  }

  private static String version(FleetCounts fleet) {
    return fleet.antnodeVersion().map(Version::text).orElse("");
  }

  private static String nodes(int count, String kind, String one, String many) {
    return count + " " + kind + (count == 1 ? "node " + one : "nodes " + many);
  }

  private static String join(List<String> sentences) {
    return String.join(", ", sentences);
  }
}
