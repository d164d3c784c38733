package dev.wnm.core.cycle;

import dev.wnm.core.model.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

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
    List<Node> found = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    List<String> byNumber = new ArrayList<>();
    for (String name : names) {
      Optional<Node> node = find(name, nodes);
      if (node.isEmpty()) {
        unknown.add(name);
      } else if (!found.contains(node.get())) {
        found.add(node.get());
        if (name.matches("\\d+")) {
          byNumber.add(name);
        }
      }
    }
    return new NodeNames(found, unknown, byNumber);
  }

  private static Optional<Node> find(String name, List<Node> nodes) {
    if (name.matches("\\d{1,9}")) {
      return first(nodes, node -> node.id() == Integer.parseInt(name));
    }
    return first(nodes, node -> bare(node.service()).equals(bare(name)))
        .or(() -> first(nodes, node -> node.nodeName().equals(name)))
        .or(() -> first(nodes, node -> String.format(Locale.ROOT, "antnode%04d", node.id()).equals(bare(name))));
  }

  private static Optional<Node> first(List<Node> nodes, Predicate<Node> which) {
    return nodes.stream().filter(which).findFirst();
  }

  /** A service name without the suffix that some service managers add. */
  static String bare(String service) {
    return service.endsWith(".service") ? service.substring(0, service.length() - ".service".length()) : service;
  }
}
