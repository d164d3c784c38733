package dev.wnm.core.execution;

import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.model.Container;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** What a process manager tells of nodes whose operations were cut off. It is asked once, however many they are. */
final class Sightings {
  private final Map<Integer, ProcessState> states;
  private final Optional<String> blindness;
  private final List<FoundNode> found;
  /** Where in the survey the first node with a port is. */
  private final Map<Place, Integer> places = new HashMap<>();

  /** What identifies a node that has no row yet: its service name may be the process manager's own choice. */
  private record Place(Optional<String> container, Use use, int port) {}

  private enum Use {
    NODE, METRICS
  }

  private Sightings(Map<Integer, ProcessState> states, List<FoundNode> found, Optional<String> blindness) {
    this.states = states;
    this.found = found;
    this.blindness = blindness;
    for (int i = 0; i < found.size(); i++) {
      FoundNode node = found.get(i);
      if (!(node.state() instanceof ProcessState.Missing)) {
        int position = i;
        places(node.facts().container().map(Container::name), node.nodePort(), node.metricsPort())
            .forEach(place -> places.putIfAbsent(place, position));
      }
    }
  }

  /**
   * Asks for all of them.
   *
   * @param known of these it matters what their processes do
   * @param anyPlanned whether there are nodes that were being made, for which it must tell all that it has
   */
  static Sightings of(ProcessManager manager, List<NodeSpec> known, boolean anyPlanned) {
    Map<Integer, ProcessState> states = known.isEmpty() ? Map.of() : manager.status(known);
    try {
      return new Sightings(states, anyPlanned ? manager.survey() : List.of(), Optional.empty());
    } catch (ManagerUnavailableException e) {
      return new Sightings(states, List.of(), Optional.of(e.getMessage()));
    }
  }

  /** What the process of a node does that it was asked about. */
  ProcessState stateOf(NodeSpec node) {
    return states.getOrDefault(node.id(), new ProcessState.Unknown("the process manager said nothing of it"));
  }

  /** Why nobody knows what there is, a sentence. */
  Optional<String> blindness() {
    return blindness;
  }

  /** What there is of a node that was being made. */
  Optional<FoundNode> find(NodeSpec planned) {
    return places(planned.group(), OptionalInt.of(planned.ports().node()), planned.ports().metrics())
        .flatMap(place -> Optional.ofNullable(places.get(place)).stream()).min(Integer::compare).map(found::get);
  }

  private static Stream<Place> places(Optional<String> container, OptionalInt node, OptionalInt metrics) {
    return Stream.concat(node.stream().mapToObj(port -> new Place(container, Use.NODE, port)),
        metrics.stream().mapToObj(port -> new Place(container, Use.METRICS, port)));
  }
}
