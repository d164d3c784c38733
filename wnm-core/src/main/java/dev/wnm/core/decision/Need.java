package dev.wnm.core.decision;

import static dev.wnm.core.decision.Feature.ALLOW_CPU;
import static dev.wnm.core.decision.Feature.ALLOW_HD;
import static dev.wnm.core.decision.Feature.ALLOW_HDIO;
import static dev.wnm.core.decision.Feature.ALLOW_MEM;
import static dev.wnm.core.decision.Feature.ALLOW_NETIO;
import static dev.wnm.core.decision.Feature.ALLOW_NODE_CAP;
import static dev.wnm.core.decision.Feature.LOAD_ALLOW;
import static dev.wnm.core.decision.Feature.LOAD_NOT_ALLOW;
import static dev.wnm.core.decision.Feature.REMOVE_CPU;
import static dev.wnm.core.decision.Feature.REMOVE_HD;
import static dev.wnm.core.decision.Feature.REMOVE_HDIO;
import static dev.wnm.core.decision.Feature.REMOVE_MEM;
import static dev.wnm.core.decision.Feature.REMOVE_NETIO;
import static dev.wnm.core.decision.Feature.UPGRADE;

import dev.wnm.core.model.FleetCounts;
import java.util.Optional;
import java.util.Set;

/**
 * What an action needs, one thing each. {@link Needs} lists those of each action: the engine takes an action when all of them are met,
 * {@link Explanations} and {@link Conditions} say of each how it stands. So what is said cannot contradict what is done.
 */
enum Need {
  CPU_ROOM(ALLOW_CPU),
  MEMORY_ROOM(ALLOW_MEM),
  DISK_ROOM(ALLOW_HD),
  RUNNING_BELOW_CAP(ALLOW_NODE_CAP),
  NETWORK_ROOM(ALLOW_NETIO),
  DISK_TRAFFIC_ROOM(ALLOW_HDIO),
  LOAD_ROOM(LOAD_ALLOW),

  NO_CPU_PRESSURE(REMOVE_CPU),
  NO_MEMORY_PRESSURE(REMOVE_MEM),
  NO_DISK_PRESSURE(REMOVE_HD),
  /** Nodes leave a disk that is too full, while another one has room for more. */
  NO_DISK_PRESSURE_BUT_ON_ANOTHER_DISK(REMOVE_HD),
  NO_NETWORK_PRESSURE(REMOVE_NETIO),
  NO_DISK_TRAFFIC_PRESSURE(REMOVE_HDIO),
  NO_LOAD_PRESSURE(LOAD_NOT_ALLOW),

  /** Room for one more node below the cap. */
  BELOW_CAP,
  /** No node beyond the cap. */
  WITHIN_CAP,
  NO_REMOVAL,
  NO_REMOVAL_BUT_FROM_ANOTHER_DISK,
  NO_MIGRATION,
  ADDS_NOT_HELD_BACK,

  UPGRADES_ON,
  VERSION_KNOWN,
  NO_DOWNGRADE,
  AN_OUTDATED_NODE,
  UPGRADES_NOT_HELD_BACK,

  /** After a reboot the nodes are looked at first. */
  NO_REBOOT,
  NO_DEAD_NODES_FIRST,
  NO_DISK_REMOVALS_FIRST,
  FREE_OPERATION,
  NO_RESTARTS_FIRST,
  FREE_UPGRADE,
  NO_UPGRADES_FIRST,
  FREE_START,
  A_STOPPED_NODE,
  /** Stopped nodes are started before any is added. */
  START_LEFT_FOR_ADD;

  private final Optional<Feature> feature;

  Need() {
    feature = Optional.empty();
  }

  Need(Feature feature) {
    this.feature = Optional.of(feature);
  }

  /** The feature that it is about: one that must hold, or of pressure, one that must not. */
  Optional<Feature> feature() {
    return feature;
  }

  /** Whether it is that there is no pressure. */
  boolean isOfPressure() {
    return feature.filter(FeatureRules.PRESSURE::contains).isPresent();
  }

  /** @param holding the features that follow from thresholds, and for what comes first also whether nodes may be upgraded */
  boolean isMet(Set<Feature> holding, DecisionInput input) {
    FleetCounts fleet = input.fleet();
    return switch (this) {
      case CPU_ROOM, MEMORY_ROOM, DISK_ROOM, RUNNING_BELOW_CAP, NETWORK_ROOM, DISK_TRAFFIC_ROOM, LOAD_ROOM ->
          holding.contains(feature.orElseThrow());
      case NO_CPU_PRESSURE, NO_MEMORY_PRESSURE, NO_DISK_PRESSURE, NO_NETWORK_PRESSURE, NO_DISK_TRAFFIC_PRESSURE, NO_LOAD_PRESSURE ->
          !holding.contains(feature.orElseThrow());
      case NO_DISK_PRESSURE_BUT_ON_ANOTHER_DISK -> !holding.contains(REMOVE_HD) || onlyAnotherDiskPresses(holding, input);
      case BELOW_CAP -> FeatureRules.overCap(input) < 0;
      case WITHIN_CAP -> FeatureRules.overCap(input) <= 0;
      case NO_REMOVAL -> fleet.leaving() == 0;
      case NO_REMOVAL_BUT_FROM_ANOTHER_DISK -> fleet.leaving() == 0 || onlyAnotherDiskPresses(holding, input);
      case NO_MIGRATION -> fleet.migrating() == 0;
      case ADDS_NOT_HELD_BACK -> input.brakes().adds().isEmpty();
      case UPGRADES_ON -> input.limits().upgrades();
      case VERSION_KNOWN -> fleet.antnodeVersion().isPresent();
      case NO_DOWNGRADE -> input.limits().downgrades() || fleet.antnodeVersion().isEmpty() || fleet.queenVersion().isEmpty()
          || !fleet.antnodeVersion().get().isOlderThan(fleet.queenVersion().get());
      case AN_OUTDATED_NODE -> fleet.upgradable() > 0;
      case UPGRADES_NOT_HELD_BACK -> input.brakes().upgrades().isEmpty();
      case NO_REBOOT -> !input.rebooted();
      case NO_DEAD_NODES_FIRST -> Slots.deadRemovals(input) <= 0;
      case NO_DISK_REMOVALS_FIRST -> Slots.diskRemovals(holding, input) <= 0;
      case FREE_OPERATION -> Slots.freeOperations(input) > 0;
      case NO_RESTARTS_FIRST -> Slots.restarts(input) <= 0;
      case FREE_UPGRADE -> fleet.upgrading() < Slots.mostUpgrades(input);
      case NO_UPGRADES_FIRST -> !holding.contains(UPGRADE) || Slots.upgrades(input) <= 0;
      case FREE_START -> fleet.restarting() < input.limits().concurrency().starts();
      case A_STOPPED_NODE -> fleet.startable() > 0;
      case START_LEFT_FOR_ADD -> Slots.freeStarts(input) <= 0 || Slots.starts(input) < Slots.freeStarts(input);
    };
  }

  private static boolean onlyAnotherDiskPresses(Set<Feature> holding, DecisionInput input) {
    return !input.disks().isEmpty() && holding.contains(REMOVE_HD) && FeatureRules.overCap(input) <= 0
        && FeatureRules.PRESSURE.stream().allMatch(pressure -> pressure == REMOVE_HD || !holding.contains(pressure));
  }
}
