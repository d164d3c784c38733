package dev.wnm.core.history;

import dev.wnm.core.model.Incident;
import dev.wnm.core.model.OperationKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What was, by range of time. Courses are thinned to about as many points as are wished for, but never show a finer step than what is
 * kept of their age. All methods throw {@link RuntimeException} of the store when the database cannot be read.
 */
public interface History {
  /** More than anybody reads, and less than what would fill the memory. */
  int MOST = 10_000;

  /** How the machine was used. @param points how many points are wished for, 1 or more */
  Course<MachinePoint> machine(TimeRange range, int points);

  /** How many nodes there were in which state. @param points how many points are wished for, 1 or more */
  Course<StatesPoint> states(TimeRange range, int points);

  /** How one node was. @param points how many points are wished for, 1 or more */
  Course<NodePoint> node(int nodeId, TimeRange range, int points);

  /** What was decided, the newest first. */
  List<PastDecision> decisions(DecisionQuery query);

  /** One decision, where it is still kept. */
  Optional<PastDecision> decision(long id);

  /** What was done to nodes, the newest first. */
  List<PastOperation> operations(OperationQuery query);

  /**
   * What befell nodes by itself, the newest first.
   *
   * @param nodes on these nodes alone, by number; empty means all
   * @param most no more than so many
   */
  List<Incident> incidents(TimeRange range, Set<Integer> nodes, int most);

  /** The settings that decisions depended on: those at the beginning of the range, where known, and each change in it; the oldest first. */
  List<SettingsChange> settings(TimeRange range);

  /** Hands over all that decisions were made from, the oldest first; not what is kept of cycles of an earlier schema. */
  void moments(TimeRange range, Consumer<Moment> reader);

  /** What became of one node. @param points how many points of its course are wished for, 1 or more */
  default NodeLife life(int nodeId, TimeRange range, int points) {
    List<PastOperation> operations = operations(OperationQuery.of(range, MOST).on(Set.of(nodeId)));
    Optional<PastDecision> addedBy = operations.stream().filter(operation -> operation.kind() == OperationKind.ADD).findFirst()
        .filter(add -> add.motive().decision().isPresent()).flatMap(add -> decision(add.motive().decision().getAsLong()));
    return new NodeLife(nodeId, node(nodeId, range, points), operations, incidents(range, Set.of(nodeId), MOST), addedBy);
  }
}
