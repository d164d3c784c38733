package dev.wnm.cli.top;

import dev.wnm.core.model.Node;
import dev.wnm.core.report.NodeColumns;
import dev.wnm.core.report.NodeLine;
import dev.wnm.core.report.table.Screen;
import dev.wnm.core.report.table.Tone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One cell for each node, told by its sign and its colour. Where there are more nodes than cells, a cell stands for several, and shows
 * the one that needs an operator the most.
 */
final class Strip {
  private Strip() {}

  /** @param most how many lines it may take, 2 or more: the first is the legend */
  static List<String> lines(List<NodeLine> nodes, Screen screen, int width, int most) {
    List<String> lines = new ArrayList<>();
    int perCell = Math.max(1, (int) Math.ceil(nodes.size() / (double) (width * (most - 1))));
    lines.add(legend(nodes, screen) + (perCell == 1 ? "" : screen.paint(Tone.FAINT, "  (1 sign: " + perCell + " nodes, the worst)")));
    StringBuilder line = new StringBuilder();
    int cells = 0;
    for (int i = 0; i < nodes.size(); i += perCell) {
      NodeLine worst = nodes.subList(i, Math.min(nodes.size(), i + perCell)).stream().min(Comparator.comparing(each -> Sign.of(each.node()))).orElseThrow();
      line.append(screen.paint(NodeColumns.tone(worst), Sign.of(worst.node()).text()));
      cells++;
      if (cells == width) {
        lines.add(line.toString());
        line.setLength(0);
        cells = 0;
      }
    }
    if (cells > 0) {
      lines.add(line.toString());
    }
    return lines;
  }

  private static String legend(List<NodeLine> nodes, Screen screen) {
    Map<Sign, List<NodeLine>> bySign = nodes.stream().collect(Collectors.groupingBy(line -> Sign.of(line.node()), TreeMap::new, Collectors.toList()));
    return nodes.isEmpty() ? "no nodes" : bySign.entrySet().stream()
        .map(entry -> screen.paint(NodeColumns.tone(entry.getValue().get(0)), entry.getKey().text()) + " " + entry.getValue().size() + " " + entry.getKey().word())
        .collect(Collectors.joining("  "));
  }

  /** The signs, the one that needs an operator the most first. */
  private enum Sign {
    DEAD("X", "dead"),
    TROUBLED("x", "stopped, in trouble"),
    UNKNOWN("?", "unknown"),
    BUSY("^", "under way"),
    REMOVING("v", "removing"),
    STOPPED("o", "stopped"),
    DISABLED("-", "disabled"),
    RUNNING("#", "running");

    private final String text;
    private final String word;

    Sign(String text, String word) {
      this.text = text;
      this.word = word;
    }

    String text() {
      return text;
    }

    String word() {
      return word;
    }

    static Sign of(Node node) {
      return node.isUnknown() ? UNKNOWN : switch (node.status()) {
        case RUNNING -> RUNNING;
        case STOPPED -> node.health().isTroubled() ? TROUBLED : STOPPED;
        case DEAD -> DEAD;
        case RESTARTING, UPGRADING, MIGRATING -> BUSY;
        case REMOVING -> REMOVING;
        case DISABLED -> DISABLED;
        case UNREADABLE -> UNKNOWN;
      };
    }
  }
}
