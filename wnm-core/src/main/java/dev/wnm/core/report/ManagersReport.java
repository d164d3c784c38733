package dev.wnm.core.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.wnm.core.report.table.Paragraph;
import dev.wnm.core.report.table.Screen;
import dev.wnm.core.report.table.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What {@code --list_managers} prints: the process managers that were found. Reasons are wrapped and never cut, since some end in a line
 * that is to be copied. A pipe gets two lines for each, as scripts know them.
 */
public final class ManagersReport {
  private ManagersReport() {}

  /**
   * A process manager that was found.
   *
   * @param type its type, such as {@code setsid+user}
   * @param works whether it can work here
   * @param detail why not, or what else is to be said of it; may be empty
   * @param source the jar that it is from
   */
  public record Manager(String type, boolean works, String detail, String source) {
    private String words() {
      return !works ? "cannot work here: " + detail : "works here" + (detail.isEmpty() ? "" : " (" + detail + ")");
    }
  }

  /** As JSON where that is asked for, else as text. @param problems what could not be loaded, a sentence each */
  public static String print(List<Manager> managers, List<String> problems, ReportFormat format, Screen screen) {
    return format.isJson() ? Json.pretty(json(managers, problems)) : String.join("\n", lines(managers, problems, screen));
  }

  private static List<String> lines(List<Manager> managers, List<String> problems, Screen screen) {
    int width = managers.stream().mapToInt(manager -> manager.type().length()).max().orElse(0);
    List<String> lines = new ArrayList<>();
    if (!screen.isTerminal()) {
      for (Manager manager : managers) {
        lines.addAll(Paragraph.lines(head(manager.type(), width), manager.words(), Screen.NONE));
        lines.addAll(Paragraph.lines(head("", width), "from " + manager.source(), Screen.NONE));
      }
      lines.addAll(problems);
      return lines;
    }
    boolean areOfOne = managers.stream().map(Manager::source).distinct().count() <= 1;
    lines.add(screen.paint(Tone.STRONG, head("Type", width) + "Here  Why"));
    for (Manager manager : managers) {
      String mark = manager.works() ? "yes" : "no";
      String head = head(manager.type(), width) + String.format(Locale.ROOT, "%-4s  ", mark);
      List<String> row = Paragraph.lines(head, manager.detail() + (areOfOne ? "" : (manager.detail().isEmpty() ? "" : "; ") + "from " + manager.source()), screen);
      int at = width + 2;
      lines.add(row.get(0).substring(0, at) + screen.paint(manager.works() ? Tone.GOOD : Tone.BAD, mark) + row.get(0).substring(at + mark.length()));
      lines.addAll(row.subList(1, row.size()));
    }
    if (areOfOne && !managers.isEmpty()) {
      lines.add("");
      lines.addAll(Paragraph.lines("from ", managers.get(0).source(), screen));
    }
    problems.forEach(problem -> lines.addAll(Paragraph.lines("", problem, screen)));
    return lines;
  }

  private static String head(String type, int width) {
    return type + " ".repeat(width - type.length() + 2);
  }

  private static JsonObject json(List<Manager> managers, List<String> problems) {
    JsonObject json = new JsonObject();
    JsonArray all = new JsonArray();
    managers.forEach(manager -> {
      JsonObject each = new JsonObject();
      each.addProperty("type", manager.type());
      each.addProperty("works_here", manager.works());
      each.addProperty("detail", manager.detail());
      each.addProperty("source", manager.source());
      all.add(each);
    });
    json.add("managers", all);
    JsonArray sentences = new JsonArray();
    problems.forEach(problem -> sentences.add(new JsonPrimitive(problem)));
    json.add("problems", sentences);
    return json;
  }
}
