package dev.wnm.core.takeover;

import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.managers.ManagerTypes;
import dev.wnm.core.model.Node;
import dev.wnm.spi.internal.Known;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.model.Container;
import dev.wnm.spi.model.NodePorts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is to be done to rows that another program has written, given what their process managers found. Pure: nothing is
 * read, written or touched here.
 *
 * @param rows every row, changed or not, each once
 * @param warnings a sentence for each row that nothing is known of
 */
record RepairPlan(List<RowRepair> rows, List<String> warnings) {
  private static final Pattern NUMBERED = Pattern.compile("antnode(\\d{1,9})");

  /** Rows whose process managers are not asked stay as they are. */
  static RepairPlan untouched(Collection<Node> rows) {
    return new RepairPlan(rows.stream().map(row -> new RowRepair(row, row)).toList(), List.of());
  }

  /**
   * The same, with the rows of one type compared with what its process manager found: as {@link NodeMatches} finds it.
   *
   * @param types tells the whole type of a row
   * @param containers the names of containers by their row
   */
  RepairPlan with(String type, List<FoundNode> found, ManagerTypes types, String main, Map<Integer, String> containers,
      Instant now) {
    List<Node> members = rows.stream().map(RowRepair::before).filter(row -> types.whole(row, main).equals(type)).toList();
    NodeMatches matches = NodeMatches.of(members, found, containers);
    List<String> more = new ArrayList<>(warnings);
    List<RowRepair> repaired = new ArrayList<>();
    for (RowRepair repair : rows) {
      Node row = repair.before();
      if (!types.whole(row, main).equals(type)) {
        repaired.add(repair);
      } else if (matches.find(row).isPresent()) {
        repaired.add(RowRepair.of(row, type, matches.find(row).get(), now));
      } else {
        more.add(row.service() + " stays in the database as it is: nothing that " + type + " knows of matches it");
        repaired.add(RowRepair.unmatched(row, type));
      }
    }
    return new RepairPlan(repaired, more);
  }

  /**
   * The same, with the rows of one type numbered as their services are, as far as these numbers are free. For process
   * managers that give the numbers themselves; nodes in containers are left out, since each container counts anew.
   */
  RepairPlan numberedByService(String type) {
    Map<Integer, Integer> moves = new LinkedHashMap<>();
    for (RowRepair row : rows) {
      Matcher service = NUMBERED.matcher(NodeMatches.bare(row.after().service()));
      if (row.after().managerType().equals(type) && row.after().containerId().isEmpty() && service.matches()) {
        int number = Integer.parseInt(service.group(1));
        if (number > 0 && number != row.after().id()) {
          moves.put(row.after().id(), number);
        }
      }
    }
    // What cannot move keeps its number, which may be what another one wanted: hence again until all can.
    boolean settled = false;
    while (!settled) {
      Map<Integer, Long> wanted = Stream.concat(moves.values().stream(), rows.stream().map(row -> row.after().id())
          .filter(id -> !moves.containsKey(id))).collect(Collectors.groupingBy(id -> id, Collectors.counting()));
      settled = !moves.values().removeIf(number -> Known.of(wanted, number) > 1);
    }
    return new RepairPlan(rows.stream()
        .map(row -> moves.containsKey(row.after().id()) ? row.renumbered(moves.get(row.after().id())) : row).toList(),
        warnings);
  }

  /** The highest number that any node has or had, as ids, and ports by these settings' plan, tell. */
  int highestNumber(Settings settings) {
    return rows.stream().map(RowRepair::after)
        .mapToInt(node -> Math.max(node.id(), numberOf(node.ports(), settings))).max().orElse(0);
  }

  private static int numberOf(NodePorts ports, Settings settings) {
    int number = ports.node() - settings.get(Options.PORT_START) * 1_000;
    boolean follows = ports.metrics().isEmpty()
        || number == ports.metrics().getAsInt() - settings.get(Options.METRICS_PORT_START) * 1_000;
    return number > 0 && follows ? number : 0;
  }

  /** The rows that change. */
  List<RowRepair> changed() {
    return rows.stream().filter(RowRepair::changes).toList();
  }

  /** All rows as they shall be, by id. */
  List<Node> nodes() {
    return rows.stream().map(RowRepair::after).sorted(Comparator.comparing(Node::id)).toList();
  }

  /** The names of containers by their row. */
  static Map<Integer, String> names(Collection<Container> containers) {
    return containers.stream().collect(Collectors.toMap(container -> container.id().orElseThrow(), Container::name));
  }
}
