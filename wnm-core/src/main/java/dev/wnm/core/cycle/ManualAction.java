package dev.wnm.core.cycle;

import dev.wnm.core.model.Fleet;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.OperationKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apiguardian.api.API;

/**
 * What a person may ask for, whatever the decision rules say; the lower-case name is the value of {@code --force_action}.
 */
@API(status = API.Status.STABLE)
public enum ManualAction {
  ADD(OperationKind.ADD, "added", "add"),
  REMOVE(OperationKind.REMOVE, "removed", "remove"),
  UPGRADE(OperationKind.UPGRADE, "upgraded", "upgrade"),
  START(OperationKind.START, "started", "start"),
  STOP(OperationKind.STOP, "stopped", "stop"),
  DISABLE(OperationKind.DISABLE, "disabled", "disable"),
  ENABLE(OperationKind.ENABLE, "enabled", "enable");

  private final OperationKind kind;
  private final String done;
  private final String verb;

  ManualAction(OperationKind kind, String done, String verb) {
    this.kind = kind;
    this.done = done;
    this.verb = verb;
  }

  /** The one that is written so. */
  static Optional<ManualAction> named(String word) {
    return Arrays.stream(values()).filter(each -> each.verb.equals(word)).findFirst();
  }

  OperationKind kind() {
    return kind;
  }

  /** {@code added}: the stem of the keys and of the status in the answer. */
  String done() {
    return done;
  }

  /** {@code add}: the stem of the status in a dry run. */
  public String verb() {
    return verb;
  }

  /** The nodes it is about when none are named, the first ones first; {@link #needsNames()} says when there are none. */
  List<Node> unnamed(Fleet fleet) {
    return switch (this) {
      case REMOVE -> fleet.youngest(node -> true);
      case STOP -> fleet.youngest(Fleet.in(NodeStatus.RUNNING));
      case UPGRADE -> fleet.oldest(Fleet.in(NodeStatus.RUNNING));
      case START -> fleet.oldest(Fleet.in(NodeStatus.STOPPED));
      case ADD, DISABLE, ENABLE -> List.of();
    };
  }

  public boolean needsNames() {
    return this == DISABLE || this == ENABLE;
  }

  String nothingToDo() {
    return switch (this) {
      case UPGRADE -> "No running nodes to upgrade";
      case STOP -> "No running nodes to stop";
      case START -> "No stopped nodes to start";
      default -> "No nodes to " + verb;
    };
  }

  /** Why a named node cannot have this done to it, if it cannot. */
  Optional<String> obstacle(Node node) {
    Predicate<NodeStatus> is = status -> node.status() == status;
    return switch (this) {
      case START -> node.isUnknown() ? Optional.of("it is not known whether it runs: " + node.health().lastError())
          : is.test(NodeStatus.RUNNING) ? Optional.of("already running") : Optional.empty();
      case UPGRADE -> is.test(NodeStatus.DISABLED) ? Optional.of("disabled") : Optional.empty();
      case ENABLE -> is.test(NodeStatus.DISABLED) ? Optional.empty() : Optional.of("not disabled");
      default -> Optional.empty();
    };
  }
}
