package dev.wnm.managers.setsid;

import dev.wnm.core.manager.NodeSpec;
import dev.wnm.core.manager.ProcessState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells what nodes' processes do: one look at the processes and one at each storage folder, however many nodes. */
final class NodeStates {
  private final NodeFinder finder;

  NodeStates(NodeFinder finder) {
    this.finder = finder;
  }

  Map<Integer, ProcessState> of(List<NodeSpec> nodes) {
    if (nodes.isEmpty()) {
      return Map.of();
    }
    NodeFinder.Found found = finder.look();
    Map<Path, Set<String>> storages = new HashMap<>();
    Map<Integer, ProcessState> states = new LinkedHashMap<>();
    for (NodeSpec node : nodes) {
      states.put(node.id(), stateOf(node, found, storages));
    }
    return states;
  }

  private static ProcessState stateOf(NodeSpec node, NodeFinder.Found found, Map<Path, Set<String>> storages) {
    List<NodeProcess> running = found.of(node);
    if (!running.isEmpty()) {
      return new ProcessState.Running(OptionalLong.of(running.get(running.size() - 1).pid()));
    }
    Optional<String> stranger = found.strangerOn(node);
    if (stranger.isPresent()) {
      return new ProcessState.Unknown(stranger.get());
    }
    Path storage = node.rootDir().getParent();
    try {
      if (!storages.containsKey(storage)) {
        storages.put(storage, namesIn(storage));
      }
    } catch (IOException e) {
      return new ProcessState.Unknown("cannot read the node storage " + storage + ": " + Sentences.of(e));
    }
    Set<String> names = storages.get(storage);
    if (names.isEmpty()) {
      return new ProcessState.Unknown("the node storage " + storage + " is missing or empty; is its disk mounted?");
    }
    return names.contains(node.rootDir().getFileName().toString())
        ? new ProcessState.Stopped(NodeLogs.lastFailure(node)) : new ProcessState.Missing();
  }

  private static Set<String> namesIn(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return Set.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).collect(Collectors.toSet());
    }
  }
}
