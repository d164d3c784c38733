package dev.wnm.core.execution;

import dev.wnm.core.model.Motive;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.OperationKind;
import dev.wnm.spi.model.NodePorts;
import java.nio.file.Path;
import java.util.List;

/** Does nothing and says what would have been done: a cycle with these goes its whole way and touches nothing. */
public final class DryRunOperations implements NodeOperations {
  @Override
  public NodeOperations because(Motive motive) {
    return this;
  }

  private static String others(NodePorts ports) {
    return (ports.browsers().isPresent() ? ", browsers' on " + ports.browsers().getAsInt() : "")
        + (ports.metrics().isPresent() ? ", metrics on " + ports.metrics().getAsInt() : "");
  }

  @Override
  public NodeOutcome run(OperationKind kind, Node node) {
    String detail = switch (kind) {
      case ADD -> "on port " + node.ports().node() + others(node.ports()) + " in " + node.rootDir().getParent() + ", rewards to " + node.wallet();
      case REMOVE -> "with its data in " + node.rootDir();
      default -> "";
    };
    return new NodeOutcome(kind, node.id(), node.service(), true, detail);
  }

  @Override
  public List<NodeOutcome> runTogether(OperationKind kind, List<Node> nodes) {
    return nodes.stream().map(node -> run(kind, node)).toList();
  }

  @Override
  public NodeOutcome putBack(UpgradeWaves.Casualty casualty) {
    return run(OperationKind.START, casualty.node());
  }

  @Override
  public NodeOutcome move(Node node, Path storage) {
    return new NodeOutcome(OperationKind.MOVE, node.id(), node.service(), true, "from " + node.rootDir().getParent() + " to " + storage);
  }

  @Override
  public List<NodeOutcome> teardown(String managerType, List<Node> nodes) {
    return nodes.stream().map(node -> run(OperationKind.REMOVE, node)).toList();
  }
}
