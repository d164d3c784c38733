package dev.wnm.core.decision;

import dev.wnm.core.decision.Condition.State;
import dev.wnm.core.model.DecisionLimits.Concurrency;
import dev.wnm.core.model.FleetCounts;
import dev.wnm.spi.model.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Tells of {@link Need}s how they stand, with present values, limits, and by how much these are missed. */
final class Conditions {
  private static final String NONE = "none";
  private static final Optional<String> NO_OPTION = Optional.empty();

  private final Set<Feature> holding;
  private final DecisionInput input;
  private final FleetCounts fleet;
  private final Concurrency limits;

  private Conditions(Set<Feature> holding, DecisionInput input) {
    this.holding = holding;
    this.input = input;
    fleet = input.fleet();
    limits = input.limits().concurrency();
  }

  /** Each of these needs, in their order; thresholds that are switched off are left out. */
  static List<Condition> of(List<Need> needs, Set<Feature> holding, DecisionInput input) {
    Conditions conditions = new Conditions(holding, input);
    List<Condition> all = new ArrayList<>();
    for (Need need : needs) {
      boolean isMet = need.isMet(holding, input);
      boolean isSaidByOther = need == Need.RUNNING_BELOW_CAP
          ? isMet || needs.contains(Need.BELOW_CAP) && !Need.BELOW_CAP.isMet(holding, input)
          : isMet && need.isOfPressure() && isImplied(need, input);
      if (isSaidByOther) {
        continue;
      }
      all.addAll(need.feature().isPresent() ? conditions.thresholds(need, Thresholds.of(need.feature().get())) : List.of(conditions.of(need, isMet)));
    }
    return all;
  }

  /** Whether all that presses is watched for room, too, so that it would be named there. */
  private static boolean isImplied(Need need, DecisionInput input) {
    return Thresholds.of(need.feature().orElseThrow()).room().map(room -> room.comparisons().stream().allMatch(each -> each.isOn(input))).orElse(false);
  }

  private List<Condition> thresholds(Need need, Thresholds thresholds) {
    return thresholds.comparisons().stream().filter(each -> each.isOn(input)).map(each -> threshold(need, each)).toList();
  }

  private Condition threshold(Need need, Threshold threshold) {
    boolean isPressure = need.isOfPressure();
    String key = key(threshold.what()) + (isPressure ? "_pressure" : "");
    String limit = threshold.limitFor(input).inWords();
    State state = isPressure ? met(!threshold.holds(input) || need.isMet(holding, input))
        : threshold.isUnknown(input) ? State.UNKNOWN : met(threshold.holds(input));
    String gap = switch (state) {
      case MET -> "";
      case UNKNOWN -> "it cannot be measured";
      case UNMET -> threshold.distance(input) == 0 ? "it is at the limit"
          : threshold.unit().difference(threshold.distance(input)) + " too much" + (isPressure ? "; nodes are stopped or removed" : "");
    };
    return new Condition(key, threshold.what(), state, threshold.use(input), (isPressure ? "not above " : "below ") + limit,
        Optional.of(threshold.option()), gap);
  }

  private Condition of(Need need, boolean isMet) {
    int most = input.limits().mostNodes();
    return switch (need) {
      case BELOW_CAP -> count("nodes", isMet, fleet.staying(), "below " + most, Optional.of("node_cap"),
          nodes(fleet.staying() - most + 1) + " too many");
      case WITHIN_CAP -> count("nodes", isMet, fleet.staying(), "at most " + most, Optional.of("node_cap"),
          nodes(fleet.staying() - most) + " too many, which " + (fleet.staying() - most == 1 ? "is" : "are") + " removed");
      case NO_REMOVAL, NO_REMOVAL_BUT_FROM_ANOTHER_DISK -> none("nodes being removed", isMet, fleet.leaving(), "they must be gone");
      case NO_MIGRATION -> none("nodes on the move", isMet, fleet.migrating(), "they must have arrived");
      case ADDS_NOT_HELD_BACK -> brake("adds_held_back", "brakes", input.brakes().adds());
      case UPGRADES_NOT_HELD_BACK -> brake("upgrades_held_back", "brakes", input.brakes().upgrades());
      case UPGRADES_ON -> new Condition("enable_upgrade", "upgrades by wnm", met(isMet), isMet ? "on" : "off", "on",
          Optional.of("enable_upgrade"), isMet ? "" : "switched off");
      case VERSION_KNOWN -> new Condition("version", "node program", isMet ? State.MET : State.UNKNOWN,
          fleet.antnodeVersion().map(Version::text).orElse("unknown"), "of a known version", Optional.of("antnode_path"),
          isMet ? "" : "its version cannot be told");
      case NO_DOWNGRADE -> new Condition("newer", "its version", met(isMet), fleet.antnodeVersion().map(Version::text).orElse("unknown"),
          "not older than the first node's" + fleet.queenVersion().map(version -> " " + version.text()).orElse(""), NO_OPTION,
          isMet ? "" : "it is older");
      case AN_OUTDATED_NODE -> count("outdated nodes", isMet, fleet.upgradable(), "1 or more", NO_OPTION, "all are up to date, or wait after a failure");
      case NO_REBOOT -> new Condition("reboot", "reboot", met(isMet), isMet ? NONE : "yes", "none since the last cycle", NO_OPTION,
          isMet ? "" : "the next cycle only looks at the nodes");
      case NO_DEAD_NODES_FIRST -> none("dead nodes to remove", isMet, Math.max(0, Slots.deadRemovals(input)), "they are removed first");
      case NO_DISK_REMOVALS_FIRST -> none("nodes on a full disk", isMet, Math.max(0, Slots.diskRemovals(holding, input)), "they are removed first");
      case FREE_OPERATION -> below("operations under way", isMet, fleet.operations(), limits.operations(), "max_concurrent_operations");
      case NO_RESTARTS_FIRST -> none("nodes to restart", isMet, Math.max(0, Slots.restarts(input)), "that comes first: they do not answer");
      case FREE_UPGRADE -> below("nodes being upgraded", isMet, fleet.upgrading(), Slots.mostUpgrades(input), "max_concurrent_upgrades");
      case NO_UPGRADES_FIRST -> none("nodes to upgrade", isMet, holding.contains(Feature.UPGRADE) ? Math.max(0, Slots.upgrades(input)) : 0, "that comes first");
      case FREE_START -> below("nodes being started", isMet, fleet.restarting(), limits.starts(), "max_concurrent_starts");
      case A_STOPPED_NODE -> count("stopped nodes to start", isMet, fleet.startable(), "1 or more", NO_OPTION, waiting());
      case START_LEFT_FOR_ADD -> none("stopped nodes to start", isMet, isMet ? 0 : Slots.starts(input), "that comes first, and leaves no place");
      default -> throw new IllegalArgumentException(need + " is about thresholds");
    };
  }

  /** Why no stopped node can be started. */
  private String waiting() {
    List<String> reasons = new ArrayList<>();
    if (fleet.backingOff() > 0) {
      reasons.add(fleet.backingOff() + " wait" + (fleet.backingOff() == 1 ? "s" : "") + " after a failure");
    }
    input.brakes().starts().ifPresent(reasons::add);
    return reasons.isEmpty() ? fleet.stopped() == 0 ? "no node is stopped" : "their disks leave no room" : String.join(", ", reasons);
  }

  private static Condition count(String what, boolean isMet, int present, String needed, Optional<String> option, String gap) {
    return new Condition(key(what), what, met(isMet), Integer.toString(present), needed, option, isMet ? "" : gap);
  }

  private static Condition none(String what, boolean isMet, int present, String gap) {
    return count(what, isMet, present, NONE, NO_OPTION, gap);
  }

  private static Condition below(String what, boolean isMet, int present, int limit, String option) {
    return count(what, isMet, present, "below " + limit, Optional.of(option), present - limit + 1 + " must end first");
  }

  private static Condition brake(String key, String what, Optional<String> reason) {
    return new Condition(key, what, met(reason.isEmpty()), reason.isEmpty() ? NONE : "held back", "none that hold back", NO_OPTION, reason.orElse(""));
  }

  private static String nodes(int count) {
    return count + (count == 1 ? " node" : " nodes");
  }

  private static State met(boolean isMet) {
    return isMet ? State.MET : State.UNMET;
  }

  private static String key(String what) {
    return what.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
  }
}
