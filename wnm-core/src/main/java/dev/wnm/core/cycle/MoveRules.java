package dev.wnm.core.cycle;

import dev.wnm.core.model.DecisionLimits;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.StorageSpace;
import dev.wnm.core.provisioning.StorageKeeper;
import dev.wnm.spi.manager.MovesNodes;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Why a node cannot be brought to another storage, before anything is done to it. */
final class MoveRules {
  private static final Set<NodeStatus> LEFT_ALONE = EnumSet.of(NodeStatus.REMOVING, NodeStatus.DEAD, NodeStatus.MIGRATING);

  private final CycleContext context;
  private final StorageKeeper storages;
  private final MachineWatch machine;

  MoveRules(CycleContext context, StorageKeeper storages, MachineWatch machine) {
    this.context = context;
    this.storages = storages;
    this.machine = machine;
  }

  /** One sentence; empty when it can be moved. */
  Optional<String> obstacle(Node node, Path storage) {
    Optional<MovesNodes> mover = context.managers().of(node.managerType()).capability(MovesNodes.class);
    if (mover.isEmpty()) {
      return Optional.of("process manager " + node.managerType() + " cannot move nodes: where a node's data is, it decides itself; stop"
          + " nothing, and let new nodes come to the other storage");
    }
    if (LEFT_ALONE.contains(node.status()) || node.isUnknown()) {
      return Optional.of("it is " + node.shownStatus() + ", and only a node that runs or is stopped is moved");
    }
    return storages.closed(storage, context.fleet().nodes()).or(() -> fullness(node, storage))
        .or(() -> mover.get().moveObstacle(context.specs().of(node), node.placement().in(storage)));
  }

  /** A disk that asks for fewer nodes would cost one as soon as this one is there. */
  private Optional<String> fullness(Node node, Path storage) {
    DecisionLimits.Band limits = context.settings().decisionLimits().disk();
    Optional<StorageSpace> there = machine.latest().of(storage).filter(StorageSpace::isKnown);
    OptionalLong bytes = node.metrics().find(NodeMetric.DISK_BYTES);
    return there.map(space -> space.withMore(bytes.orElse(0)).usedPercent()).filter(limits::presses).map(percent -> String.format(
        Locale.ROOT, "with it, %.1f %% of the disk of %s would be used, which is above hd_remove %.0f %%", percent.getAsDouble(),
        storage, limits.remove()));
  }
}
