package dev.wnm.managers.s6overlay.supervisord;

import dev.wnm.managers.s6overlay.companion.NamedValues;
import dev.wnm.spi.config.BadInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which service depends on which. */
final class Ordering {
  private Ordering() {}

  /** By priority: each service on all that start by themselves at the next lower level where there are such. */
  static Map<String, Set<String>> byPriority(List<Service> services) {
    TreeMap<Service.Level, Set<String>> levels = new TreeMap<>();
    services.stream().filter(Service::autostart)
        .forEach(service -> levels.computeIfAbsent(service.level(), level -> new TreeSet<>()).add(service.name()));
    Map<String, Set<String>> dependencies = new LinkedHashMap<>();
    for (Service service : services) {
      Map.Entry<Service.Level, Set<String>> below = levels.lowerEntry(service.level());
      dependencies.put(service.name(), below == null ? Set.of() : below.getValue());
    }
    return dependencies;
  }

  /**
   * By {@code --depends}: {@code later:earlier,…}.
   *
   * @param members the services behind each name of a program, group or service
   * @throws BadInputException for unknown names and cycles
   */
  static Map<String, Set<String>> byWish(String wish, Map<String, Set<String>> members, List<Service> services) {
    Map<String, Set<String>> dependencies = new LinkedHashMap<>();
    services.forEach(service -> dependencies.put(service.name(), new TreeSet<>()));
    for (String pair : wish.split(",")) {
      String[] names = pair.strip().split(":", -1);
      if (names.length != 2 || names[0].isBlank() || names[1].isBlank()) {
        throw new BadInputException("--depends must be pairs LATER:EARLIER separated by commas, but '" + pair.strip()
            + "' is not one");
      }
      for (String later : NamedValues.require("--depends", names[0].strip(), members)) {
        dependencies.get(later).addAll(NamedValues.require("--depends", names[1].strip(), members));
      }
    }
    refuseCycles(dependencies);
    return dependencies;
  }

  private static void refuseCycles(Map<String, Set<String>> dependencies) {
    Set<String> settled = new LinkedHashSet<>();
    for (String name : dependencies.keySet()) {
      walk(name, dependencies, new ArrayList<>(), settled);
    }
  }

  private static void walk(String name, Map<String, Set<String>> dependencies, List<String> path, Set<String> settled) {
    if (settled.contains(name)) {
      return;
    }
    int seen = path.indexOf(name);
    if (seen >= 0) {
      throw new BadInputException("--depends goes in a circle: "
          + String.join(" after ", path.subList(seen, path.size())) + " after " + name);
    }
    path.add(name);
    for (String earlier : dependencies.get(name)) {
      walk(earlier, dependencies, path, settled);
    }
    path.remove(path.size() - 1);
    settled.add(name);
  }
}
