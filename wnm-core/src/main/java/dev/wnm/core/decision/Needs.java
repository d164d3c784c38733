package dev.wnm.core.decision;

import static dev.wnm.core.decision.Need.ADDS_NOT_HELD_BACK;
import static dev.wnm.core.decision.Need.AN_OUTDATED_NODE;
import static dev.wnm.core.decision.Need.A_STOPPED_NODE;
import static dev.wnm.core.decision.Need.BELOW_CAP;
import static dev.wnm.core.decision.Need.CPU_ROOM;
import static dev.wnm.core.decision.Need.DISK_ROOM;
import static dev.wnm.core.decision.Need.DISK_TRAFFIC_ROOM;
import static dev.wnm.core.decision.Need.FREE_OPERATION;
import static dev.wnm.core.decision.Need.FREE_START;
import static dev.wnm.core.decision.Need.FREE_UPGRADE;
import static dev.wnm.core.decision.Need.LOAD_ROOM;
import static dev.wnm.core.decision.Need.MEMORY_ROOM;
import static dev.wnm.core.decision.Need.NETWORK_ROOM;
import static dev.wnm.core.decision.Need.NO_CPU_PRESSURE;
import static dev.wnm.core.decision.Need.NO_DEAD_NODES_FIRST;
import static dev.wnm.core.decision.Need.NO_DISK_PRESSURE;
import static dev.wnm.core.decision.Need.NO_DISK_PRESSURE_BUT_ON_ANOTHER_DISK;
import static dev.wnm.core.decision.Need.NO_DISK_REMOVALS_FIRST;
import static dev.wnm.core.decision.Need.NO_DISK_TRAFFIC_PRESSURE;
import static dev.wnm.core.decision.Need.NO_DOWNGRADE;
import static dev.wnm.core.decision.Need.NO_LOAD_PRESSURE;
import static dev.wnm.core.decision.Need.NO_MEMORY_PRESSURE;
import static dev.wnm.core.decision.Need.NO_MIGRATION;
import static dev.wnm.core.decision.Need.NO_NETWORK_PRESSURE;
import static dev.wnm.core.decision.Need.NO_REBOOT;
import static dev.wnm.core.decision.Need.NO_REMOVAL;
import static dev.wnm.core.decision.Need.NO_REMOVAL_BUT_FROM_ANOTHER_DISK;
import static dev.wnm.core.decision.Need.NO_RESTARTS_FIRST;
import static dev.wnm.core.decision.Need.NO_UPGRADES_FIRST;
import static dev.wnm.core.decision.Need.RUNNING_BELOW_CAP;
import static dev.wnm.core.decision.Need.START_LEFT_FOR_ADD;
import static dev.wnm.core.decision.Need.UPGRADES_NOT_HELD_BACK;
import static dev.wnm.core.decision.Need.UPGRADES_ON;
import static dev.wnm.core.decision.Need.VERSION_KNOWN;
import static dev.wnm.core.decision.Need.WITHIN_CAP;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What each of the actions needs that make the fleet larger or newer. */
final class Needs {
  private static final List<Need> RESOURCES = List.of(CPU_ROOM, MEMORY_ROOM, DISK_ROOM, RUNNING_BELOW_CAP, NETWORK_ROOM, DISK_TRAFFIC_ROOM,
      LOAD_ROOM, NO_CPU_PRESSURE, NO_MEMORY_PRESSURE, NO_DISK_PRESSURE_BUT_ON_ANOTHER_DISK, NO_NETWORK_PRESSURE, NO_DISK_TRAFFIC_PRESSURE,
      NO_LOAD_PRESSURE);
  private static final List<Need> NOTHING_FIRST =
      List.of(NO_REBOOT, NO_DEAD_NODES_FIRST, NO_DISK_REMOVALS_FIRST, FREE_OPERATION, NO_RESTARTS_FIRST);

  /** When a node may be added, whatever comes first: {@link Feature#ADD_NEW_NODE}. */
  static final List<Need> OF_GROWTH =
      join(RESOURCES, List.of(BELOW_CAP, NO_REMOVAL_BUT_FROM_ANOTHER_DISK, NO_MIGRATION, ADDS_NOT_HELD_BACK));
  /** When nodes may be upgraded, whatever comes first: {@link Feature#UPGRADE}. */
  static final List<Need> OF_UPGRADES = List.of(UPGRADES_ON, VERSION_KNOWN, NO_DOWNGRADE, AN_OUTDATED_NODE, NO_CPU_PRESSURE,
      NO_MEMORY_PRESSURE, NO_DISK_PRESSURE, NO_NETWORK_PRESSURE, NO_DISK_TRAFFIC_PRESSURE, NO_LOAD_PRESSURE, WITHIN_CAP, NO_REMOVAL,
      UPGRADES_NOT_HELD_BACK);

  /** All that it takes to add a node now. */
  static final List<Need> TO_ADD = join(OF_GROWTH, NOTHING_FIRST, List.of(NO_UPGRADES_FIRST, FREE_START, START_LEFT_FOR_ADD));
  /** All that it takes to start a stopped node now: it needs no room below the cap, since it is counted in already. */
  static final List<Need> TO_START = join(List.of(A_STOPPED_NODE), RESOURCES,
      List.of(WITHIN_CAP, NO_REMOVAL_BUT_FROM_ANOTHER_DISK, NO_MIGRATION), NOTHING_FIRST, List.of(NO_UPGRADES_FIRST, FREE_START));
  /** All that it takes to upgrade a node now. */
  static final List<Need> TO_UPGRADE = join(OF_UPGRADES, NOTHING_FIRST, List.of(FREE_UPGRADE));

  private Needs() {}

  /** Those of one of the actions ADD, START and UPGRADE. */
  static List<Need> of(ActionType action) {
    return switch (action) {
      case ADD -> TO_ADD;
      case START -> TO_START;
      case UPGRADE -> TO_UPGRADE;
      case RESURVEY, REMOVE, STOP, RESTART, SURVEY -> throw new IllegalArgumentException(action + " has no list of needs");
    };
  }

  static boolean areMet(List<Need> needs, Set<Feature> holding, DecisionInput input) {
    for (Need need : needs) {
      if (!need.isMet(holding, input)) {
        return false;
      }
    }
    return true;
  }

  /** Those that are not met. */
  static List<Need> unmet(List<Need> needs, Set<Feature> holding, DecisionInput input) {
    return needs.stream().filter(need -> !need.isMet(holding, input)).toList();
  }

  /** Without a stream, since each cycle begins with it. */
  @SafeVarargs
  private static List<Need> join(List<Need>... lists) {
    List<Need> all = new ArrayList<>();
    for (List<Need> each : lists) {
      all.addAll(each);
    }
    return List.copyOf(all);
  }
}
