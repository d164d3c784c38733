package dev.wnm.core.cycle;

import dev.wnm.core.model.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds the nodes that a person names. A name is a service name, with or without {@code .service}; else a node name; else
 * {@code antnode} and the id in four digits. A number alone means an id.
 *
 * @param found the nodes, in the order of the names
 * @param unknown the names that fit no node
 * @param byNumber the names that were only numbers and so were taken as ids
 */
public record NodeNames(List<Node> found, List<String> unknown, List<String> byNumber) {

  /** Finds them; a node that is named twice is found once. */
  public static NodeNames resolve(List<String> names, List<Node> nodes) {
    Map<Integer, Node> byId = index(nodes, Node::id);
    List<Map<String, Node>> byName = List.of(index(nodes, node -> bare(node.service())), index(nodes, Node::nodeName),
        index(nodes, node -> String.format(Locale.ROOT, "antnode%04d", node.id())));
    Map<Integer, Node> found = new LinkedHashMap<>();
    List<String> unknown = new ArrayList<>();
    List<String> byNumber = new ArrayList<>();
    for (String name : names) {
      Optional<Node> node = name.matches("\\d{1,9}") ? Optional.ofNullable(byId.get(Integer.valueOf(name)))
          : Optional.ofNullable(byName.get(0).get(bare(name))).or(() -> Optional.ofNullable(byName.get(1).get(name)))
              .or(() -> Optional.ofNullable(byName.get(2).get(bare(name))));
      if (node.isEmpty()) {
        unknown.add(name);
      } else if (found.putIfAbsent(node.get().id(), node.get()) == null && name.matches("\\d+")) {
        byNumber.add(name);
      }
    }
    return new NodeNames(List.copyOf(found.values()), unknown, byNumber);
  }

  /** The first of several that have the same. */
  private static <K> Map<K, Node> index(List<Node> nodes, Function<Node, K> key) {
    return nodes.stream().collect(Collectors.toMap(key, Function.identity(), (first, other) -> first));
  }

  /** Whether two service names are the same but for that suffix. */
  public static boolean isSame(String one, String other) {
    return bare(one).equals(bare(other));
  }

  /** A service name without the suffix that some service managers add. */
  static String bare(String service) {
    return service.endsWith(".service") ? service.substring(0, service.length() - ".service".length()) : service;
  }
}
