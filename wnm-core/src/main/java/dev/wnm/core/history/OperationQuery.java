package dev.wnm.core.history;

import dev.wnm.core.model.OperationKind;
import java.util.Set;

/**
 * Which operations are asked for. An empty set allows all.
 *
 * @param range begun in this time
 * @param nodes on these nodes, by number
 * @param kinds of these kinds
 * @param endings that ended so
 * @param decisions that follow from these decisions, by number
 * @param most no more than so many, the newest; 1 or more
 */
public record OperationQuery(TimeRange range, Set<Integer> nodes, Set<OperationKind> kinds, Set<PastOperation.Ending> endings,
    Set<Long> decisions, int most) {
  public OperationQuery {
    nodes = Set.copyOf(nodes);
    kinds = Set.copyOf(kinds);
    endings = Set.copyOf(endings);
    decisions = Set.copyOf(decisions);
    if (most < 1) {
      throw new IllegalArgumentException("at most " + most + " operations are none");
    }
  }

  /** All of a time. */
  public static OperationQuery of(TimeRange range, int most) {
    return new OperationQuery(range, Set.of(), Set.of(), Set.of(), Set.of(), most);
  }

  /** The same on these nodes alone. */
  public OperationQuery on(Set<Integer> only) {
    return new OperationQuery(range, only, kinds, endings, decisions, most);
  }

  /** The same of these kinds alone. */
  public OperationQuery of(Set<OperationKind> only) {
    return new OperationQuery(range, nodes, only, endings, decisions, most);
  }

  /** The same that ended so alone. */
  public OperationQuery ended(Set<PastOperation.Ending> only) {
    return new OperationQuery(range, nodes, kinds, only, decisions, most);
  }

  /** The same that follow from these decisions alone. */
  public OperationQuery following(Set<Long> only) {
    return new OperationQuery(range, nodes, kinds, endings, only, most);
  }
}
