package dev.wnm.core.cycle;

import dev.wnm.core.execution.NodeOutcome;
import dev.wnm.core.execution.UpgradeWaves;
import dev.wnm.core.model.OperationKind;
import dev.wnm.core.provisioning.Groups;
import dev.wnm.core.provisioning.StorageKeeper;
import dev.wnm.core.work.Oversight;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps the containers of groups running, and judges the roll-out of an image that was cut off. */
final class GroupUpkeep {
  private final CycleContext context;
  private final Optional<Groups> groups;
  private final StorageKeeper storages;
  private final UpgradeWaves waves;
  private final Surveyor surveyor;
  private final FleetOperations operations;
  private final Oversight oversight;
  private final List<String> troubles = new ArrayList<>();

  GroupUpkeep(CycleContext context, Optional<Groups> groups, StorageKeeper storages, UpgradeWaves waves, Surveyor surveyor,
      FleetOperations operations, Oversight oversight) {
    this.oversight = oversight;
    this.context = context;
    this.groups = groups;
    this.storages = storages;
    this.waves = waves;
    this.surveyor = surveyor;
    this.operations = operations;
  }

  /** Where the machine's process manager has them. */
  Optional<Groups> groups() {
    return groups;
  }

  /** What is wrong with groups though their nodes run, and what was left undone with them, a clause each. */
  List<String> troubles() {
    return List.copyOf(troubles);
  }

  /** That of the image of the settings over these groups. */
  ImageRollout rollOut(Groups ofThese) {
    return new ImageRollout(context, ofThese, surveyor, waves, oversight);
  }

  /**
   * Makes the containers of all groups run, whatever became of them since the last time, before anything is asked of their
   * nodes. In a dry run they stay as they are.
   */
  List<NodeOutcome> keepGroups() {
    if (context.isDryRun() || groups.isEmpty()) {
      return List.of();
    }
    List<NodeOutcome> failures = outcomes(OperationKind.START, groups.get().keep(storages::outage));
    Map<String, Integer> deaths = context.state().groupDeaths();
    troubles.addAll(groups.get().troubles(deaths));
    context.state().groupDeaths(deaths);
    context.reload();
    // The nodes of a container that was started or made anew have other processes, through no fault of their binaries.
    waves.silence(groups.get().changed());
    return operations.logged(failures, "");
  }

  /** Judges a roll-out that was cut off. @return an outcome for a group that got its old image again */
  List<NodeOutcome> judgeRollOut() {
    if (context.isDryRun() || groups.isEmpty()) {
      return List.of();
    }
    ImageRollout.CutOff cutOff = rollOut(groups.get()).judge();
    troubles.addAll(cutOff.troubles());
    context.reload();
    return operations.logged(cutOff.outcomes(), "");
  }

  /** What became of groups, as outcomes. @param failures why each failed, by its name */
  static List<NodeOutcome> outcomes(OperationKind kind, Map<String, String> failures) {
    return failures.entrySet().stream()
        .map(entry -> new NodeOutcome(kind, 0, "group " + entry.getKey(), false, entry.getValue())).toList();
  }
}
