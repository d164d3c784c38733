package dev.wnm.testkit.manager;

import dev.wnm.spi.manager.NodeSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a process manager was asked to do, in order, and how much of it at once. Safe to use from many threads. */
public final class CallLog {
  /**
   * One call.
   *
   * @param id the node's, 0 for calls about many nodes
   */
  public record Call(Operation operation, int id) {}

  private final List<Call> calls = new ArrayList<>();
  private final Map<Key, Integer> underWay = new HashMap<>();
  private final Map<Key, Integer> most = new HashMap<>();

  private enum Scope {
    ALL, NODE, GROUP
  }

  private record Key(Scope scope, Object what) {}

  CallLog() {}

  /** Every call so far, in the order they came. */
  public synchronized List<Call> calls() {
    return List.copyOf(calls);
  }

  /** The ids of the nodes for which an operation was asked, in order. */
  public synchronized List<Integer> of(Operation operation) {
    return calls.stream().filter(call -> call.operation() == operation).map(Call::id).toList();
  }

  /** Forgets the calls so far. */
  public synchronized void clear() {
    calls.clear();
    most.clear();
  }

  /** The largest number of operations on nodes that were under way at the same time. */
  public synchronized int mostAtOnce() {
    return mostIn(Scope.ALL);
  }

  /** The largest number of operations that were under way at the same time on any one node; more than 1 is a defect. */
  public synchronized int mostAtOnceOnOneNode() {
    return mostIn(Scope.NODE);
  }

  /** The largest number of operations that were under way at the same time in any one container group. */
  public synchronized int mostAtOnceInOneGroup() {
    return mostIn(Scope.GROUP);
  }

  private int mostIn(Scope scope) {
    return most.entrySet().stream().filter(entry -> entry.getKey().scope() == scope)
        .mapToInt(Map.Entry::getValue).max().orElse(0);
  }

  synchronized void note(Operation operation) {
    calls.add(new Call(operation, 0));
  }

  synchronized void begin(Operation operation, NodeSpec node) {
    calls.add(new Call(operation, node.id()));
    for (Key key : keys(node)) {
      int now = underWay.merge(key, 1, Integer::sum);
      most.merge(key, now, Math::max);
    }
  }

  synchronized void end(NodeSpec node) {
    keys(node).forEach(key -> underWay.merge(key, -1, Integer::sum));
  }

  private static List<Key> keys(NodeSpec node) {
    List<Key> keys = new ArrayList<>(List.of(new Key(Scope.ALL, ""), new Key(Scope.NODE, node.id())));
    node.group().ifPresent(group -> keys.add(new Key(Scope.GROUP, group)));
    return keys;
  }
}
