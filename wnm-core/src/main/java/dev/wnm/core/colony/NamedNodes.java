package dev.wnm.core.colony;

import dev.wnm.core.cycle.NodeNames;
import dev.wnm.core.history.History;
import dev.wnm.core.history.OperationQuery;
import dev.wnm.core.history.PastOperation;
import dev.wnm.core.history.TimeRange;
import dev.wnm.core.model.Node;
import dev.wnm.spi.config.BadInputException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Nodes that a person named for a look: those that there are, as {@link NodeNames} finds them, and those that are only kept in
 * history. {@code *} means all that there are.
 *
 * @param present those that there are, in the order of the names
 * @param past the numbers of those that are there no more, by the names that were given
 */
public record NamedNodes(List<Node> present, Map<String, Integer> past) {
  private static final String ALL = "*";

  public NamedNodes {
    present = List.copyOf(present);
  }

  /**
   * Finds them.
   *
   * @param asker what they are named by, for the sentence
   * @param now the time
   * @throws BadInputException when a name means no node, now or in what is kept of the past
   */
  public static NamedNodes of(String asker, List<String> names, Colony colony, Instant now) {
    List<Node> nodes = colony.nodes();
    NodeNames named = NodeNames.resolve(names.stream().filter(name -> !name.equals(ALL)).toList(), nodes);
    List<Node> present = Stream.concat(named.found().stream(), names.contains(ALL) ? nodes.stream() : Stream.empty()).distinct().toList();
    Map<String, Integer> past = new LinkedHashMap<>();
    for (String name : named.unknown()) {
      past.put(name, pastNumber(name, colony.history(), now).orElseThrow(() -> new BadInputException(asker + " " + name
          + " names no node, now or in what is kept of the past; wnm --report node-status has the names of those that there are")));
    }
    return new NamedNodes(present, past);
  }

  /** The numbers of all of them. */
  public Set<Integer> numbers() {
    return Stream.concat(present.stream().map(Node::id), past.values().stream()).collect(Collectors.toSet());
  }

  private static Optional<Integer> pastNumber(String name, History history, Instant now) {
    return history.operations(OperationQuery.of(new TimeRange(Instant.EPOCH, now.plusSeconds(1)), History.MOST)).stream()
        .filter(operation -> isOn(operation, name)).map(PastOperation::nodeId).findFirst();
  }

  /** Whether an operation was done to a node of this name, or number, that is there no more. */
  static boolean isOn(PastOperation operation, String name) {
    return name.matches("\\d{1,9}") ? operation.nodeId() == Integer.parseInt(name) : NodeNames.isSame(operation.service(), name);
  }
}
