package dev.wnm.core.cycle;

import dev.wnm.core.model.Node;
import dev.wnm.core.model.OperationKind;
import java.util.List;

/** Does nothing and says what would have been done: a cycle with these goes its whole way and touches nothing. */
final class DryRunOperations implements NodeOperations {
  @Override
  public NodeOutcome add(Node planned) {
    return would(OperationKind.ADD, planned, "on port " + planned.ports().node() + ", metrics on "
        + planned.ports().metrics() + ", rewards to " + planned.wallet());
  }

  @Override
  public NodeOutcome start(Node node) {
    return would(OperationKind.START, node, "");
  }

  @Override
  public NodeOutcome stop(Node node) {
    return would(OperationKind.STOP, node, "");
  }

  @Override
  public NodeOutcome upgrade(Node node) {
    return would(OperationKind.UPGRADE, node, "");
  }

  @Override
  public NodeOutcome retire(Node node) {
    return would(OperationKind.RETIRE, node, "");
  }

  @Override
  public NodeOutcome remove(Node node) {
    return would(OperationKind.REMOVE, node, "would delete " + node.rootDir());
  }

  @Override
  public NodeOutcome disable(Node node) {
    return would(OperationKind.DISABLE, node, "");
  }

  @Override
  public NodeOutcome enable(Node node) {
    return would(OperationKind.ENABLE, node, "");
  }

  @Override
  public List<NodeOutcome> teardown(String managerType, List<Node> nodes) {
    return nodes.stream().map(this::remove).toList();
  }

  private static NodeOutcome would(OperationKind kind, Node node, String detail) {
    return new NodeOutcome(kind, node.id(), node.service(), true, detail);
  }
}
