package dev.wnm.core.history;

import dev.wnm.core.model.Incident;
import dev.wnm.core.model.OperationKind;
import java.util.List;
import java.util.Optional;

/**
 * What became of one node in a time. A number may have been several nodes', one after another: a range that begins when the node was made
 * is about that node alone.
 *
 * @param nodeId its number
 * @param course how it was seen
 * @param operations what was done to it, the newest first
 * @param incidents what befell it, the newest first
 * @param addedBy the decision by which it was added; empty when a person added it, or that is not known any more
 */
public record NodeLife(int nodeId, Course<NodePoint> course, List<PastOperation> operations, List<Incident> incidents,
    Optional<PastDecision> addedBy) {
  public NodeLife {
    operations = List.copyOf(operations);
    incidents = List.copyOf(incidents);
  }

  /** The operation that made it, where that is still known. */
  public Optional<PastOperation> added() {
    return operations.stream().filter(operation -> operation.kind() == OperationKind.ADD).findFirst();
  }
}
