package dev.wnm.managers.setsid;

import dev.wnm.managers.support.NodeLogs;
import dev.wnm.managers.support.NodeProcess;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.StorageView;
import dev.wnm.spi.model.ColonyId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Tells what nodes' processes do: one look at the processes and one at each storage folder, however many nodes. */
final class NodeStates {
  private final NodeFinder finder;
  private final StartedProcesses started;
  private final ColonyId colony;
  private final NodeLogs logs;

  NodeStates(NodeFinder finder, StartedProcesses started, ColonyId colony, NodeLogs logs) {
    this.finder = finder;
    this.started = started;
    this.colony = colony;
    this.logs = logs;
  }

  Map<Integer, ProcessState> of(List<NodeSpec> nodes) {
    if (nodes.isEmpty()) {
      return Map.of();
    }
    Map<Integer, ProcessState> states = new LinkedHashMap<>();
    NodeFinder.Found found;
    try {
      found = finder.look();
    } catch (OperationFailedException e) {
      nodes.forEach(node -> states.put(node.id(), new ProcessState.Unknown(e.getMessage())));
      return states;
    }
    StorageView storages = new StorageView(colony);
    for (NodeSpec node : nodes) {
      states.put(node.id(), stateOf(node, found, storages));
    }
    return states;
  }

  private ProcessState stateOf(NodeSpec node, NodeFinder.Found found, StorageView storages) {
    List<NodeProcess> running = found.of(node);
    if (!running.isEmpty()) {
      return new ProcessState.Running(OptionalLong.of(running.get(running.size() - 1).pid()));
    }
    Optional<String> other = found.otherOn(node);
    if (other.isPresent()) {
      return new ProcessState.Unknown(other.get());
    }
    try {
      // One that became another program does not answer as the node: core starts it again after as many looks as for any.
      Optional<NodeProcess> changed = started.of(node);
      if (changed.isPresent()) {
        return new ProcessState.Running(OptionalLong.of(changed.get().pid()));
      }
    } catch (CommandFailedException e) {
      return new ProcessState.Unknown("whether the process that it was started as still runs is not known: " + e.getMessage());
    }
    return storages.ofNodeThatIsDown(node.rootDir(), () -> logs.lastFailure(node));
  }
}
