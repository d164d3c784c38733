package dev.wnm.core.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.wnm.core.decision.Condition;
import dev.wnm.core.decision.WhyNot;
import dev.wnm.core.report.table.Paragraph;
import dev.wnm.core.report.table.Screen;
import dev.wnm.core.report.table.Tone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What {@code --why_not} prints: each condition of an action in a line, those that are not met first. Text, or JSON. */
public final class WhyNotReport {
  private static final Comparator<Condition> NOT_MET_FIRST =
      Comparator.comparingInt(condition -> condition.state() == Condition.State.UNMET ? 0 : condition.state() == Condition.State.UNKNOWN ? 1 : 2);

  private WhyNotReport() {}

  /** As JSON where that is asked for, else as text. */
  public static String print(WhyNot whyNot, ReportFormat format, Screen screen) {
    return format.isJson() ? Json.pretty(json(whyNot)) : String.join("\n", text(whyNot, screen));
  }

  private static String sentence(WhyNot whyNot) {
    String action = whyNot.action().name().toLowerCase(Locale.ROOT);
    String done = switch (whyNot.action()) {
      case ADD -> "added";
      case START -> "started";
      default -> "upgraded";
    };
    int all = whyNot.conditions().size();
    int unmet = whyNot.unmet().size();
    return unmet == 0 ? "The next cycle would " + action + " " + whyNot.planned() + (whyNot.planned() == 1 ? " node" : " nodes") + ": all " + all
        + " conditions are met."
        : "No node is " + done + " now: " + unmet + " of " + all + (unmet == 1 ? " conditions is" : " conditions are") + " not met.";
  }

  private static List<String> text(WhyNot whyNot, Screen screen) {
    List<String> lines = new ArrayList<>(Paragraph.lines("", sentence(whyNot), screen));
    lines.add("");
    List<Condition> sorted = whyNot.conditions().stream().sorted(NOT_MET_FIRST).toList();
    int marks = widest(sorted, WhyNotReport::mark);
    int names = widest(sorted, Condition::what);
    int presents = widest(sorted, Condition::present);
    for (Condition condition : sorted) {
      String mark = mark(condition);
      String head = String.format(Locale.ROOT, "%-" + marks + "s  %-" + names + "s  %-" + presents + "s  ", mark, condition.what(), condition.present());
      List<String> row = Paragraph.lines(head, condition.needed() + condition.option().map(option -> " (" + option + ")").orElse("")
          + (condition.gap().isEmpty() ? "" : ": " + condition.gap()), screen);
      lines.add(screen.paint(tone(condition), mark) + row.get(0).substring(mark.length()));
      lines.addAll(row.subList(1, row.size()));
    }
    return lines;
  }

  private static int widest(List<Condition> conditions, Function<Condition, String> cell) {
    return conditions.stream().map(cell).mapToInt(String::length).max().orElse(1);
  }

  /** With a word, since not every terminal has the sign. */
  private static String mark(Condition condition) {
    return switch (condition.state()) {
      case MET -> "\u2713 yes";
      case UNMET -> "\u2717 no";
      case UNKNOWN -> "? unknown";
    };
  }

  private static Tone tone(Condition condition) {
    return switch (condition.state()) {
      case MET -> Tone.GOOD;
      case UNMET -> Tone.BAD;
      case UNKNOWN -> Tone.BUSY;
    };
  }

  private static JsonObject json(WhyNot whyNot) {
    JsonObject json = new JsonObject();
    json.addProperty("action", whyNot.action().name());
    json.addProperty("sentence", sentence(whyNot));
    json.addProperty("planned", whyNot.unmet().isEmpty() ? whyNot.planned() : 0);
    JsonArray conditions = new JsonArray();
    whyNot.conditions().forEach(condition -> {
      JsonObject each = new JsonObject();
      each.addProperty("key", condition.key());
      each.addProperty("what", condition.what());
      each.addProperty("state", condition.state().name().toLowerCase(Locale.ROOT));
      each.addProperty("present", condition.present());
      each.addProperty("needed", condition.needed());
      each.add("option", Json.text(condition.option()));
      each.addProperty("gap", condition.gap());
      conditions.add(each);
    });
    json.add("conditions", conditions);
    return json;
  }
}
