package dev.wnm.core.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.wnm.core.history.Measure;
import dev.wnm.core.history.TimeRange;
import dev.wnm.core.report.table.Screen;
import dev.wnm.core.report.table.TextTable;
import dev.wnm.core.whatif.replay.Fate;
import dev.wnm.core.whatif.replay.Fit;
import dev.wnm.core.whatif.replay.Replayed;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How a fleet would have gone with other settings, beside how it went. Text, or JSON. */
public final class ReplayReport {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);
  private static final int ROWS_OF_COURSE = 12;

  private ReplayReport() {}

  /** As JSON where that is asked for, else as text. */
  public static String print(Replayed replayed, ReportFormat format) {
    return format.isJson() ? Json.pretty(json(replayed)) : text(replayed);
  }

  private static String text(Replayed replayed) {
    List<String> lines = new ArrayList<>();
    lines.add("From " + TIME.format(replayed.range().from()) + " to " + TIME.format(replayed.range().until()) + " UTC with "
        + (replayed.settings().isEmpty() ? "the settings of that time" : new TreeMap<>(replayed.settings()).entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue()).collect(Collectors.joining(", "))) + ":");
    lines.add("");
    lines.addAll(TextTable.lines(fates(replayed.really(), replayed.simulated()), Screen.NONE));
    lines.add("");
    lines.addAll(TextTable.lines(course(replayed.course()), Screen.NONE));
    lines.add("");
    lines.add("How sure this is:");
    lines.add("  With the settings of that time, the replay differs from what was recorded by " + decimal(replayed.deviation())
        + " running nodes on the average.");
    replayed.fits().stream().filter(fit -> fit.basis() != Fit.Basis.UNKNOWN).forEach(fit -> lines.add("  " + sentence(fit)));
    if (!replayed.gaps().isEmpty()) {
      lines.add("  Nothing is known of " + replayed.gaps().size() + (replayed.gaps().size() == 1 ? " gap, " : " gaps, ")
          + inWords(replayed.unknown()) + " together; after each the replay goes on with what was recorded then.");
    }
    if (replayed.byHand() > 0) {
      lines.add("  People asked for " + replayed.byHand() + " operations, which are left out.");
    }
    Replayed.ASSUMPTIONS.forEach(assumption -> lines.add("  Assumed: " + assumption));
    return String.join("\n", lines);
  }

  private static List<List<String>> fates(Fate really, Fate simulated) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("", "Really", "Replayed"));
    rows.add(row("Nodes in the end", really.nodes(), simulated.nodes()));
    rows.add(row("Running in the end", really.running(), simulated.running()));
    rows.add(List.of("Running on the average", decimal(really.meanRunning()), decimal(simulated.meanRunning())));
    rows.add(row("Running at most", really.mostRunning(), simulated.mostRunning()));
    rows.add(row("Added", really.added(), simulated.added()));
    rows.add(row("Started", really.started(), simulated.started()));
    rows.add(row("Stopped for pressure", really.stopped(), simulated.stopped()));
    rows.add(row("Removed", really.removed(), simulated.removed()));
    rows.add(List.of("Time under pressure", inWords(really.pressure()), inWords(simulated.pressure())));
    return rows;
  }

  private static List<String> row(String what, int really, int simulated) {
    return List.of(what, Integer.toString(really), Integer.toString(simulated));
  }

  private static List<List<String>> course(List<Replayed.Point> course) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("Time (UTC)", "Running really", "Replayed"));
    int steps = Math.min(ROWS_OF_COURSE, course.size()) - 1;
    for (int i = 0; i <= steps; i++) {
      Replayed.Point point = course.get(steps == 0 ? 0 : i * (course.size() - 1) / steps);
      rows.add(List.of(TIME.format(point.at()), Integer.toString(point.running()), Integer.toString(point.simulatedRunning())));
    }
    return rows;
  }

  private static String sentence(Fit fit) {
    String cost = name(fit.measure()) + ": " + amount(fit.measure(), fit.perNode()) + " a node";
    return fit.basis() == Fit.Basis.SHARED
        ? cost + "; the number of nodes hardly changed, so all that was used is counted as theirs (" + fit.samples() + " measurements)."
        : cost + " and " + amount(fit.measure(), fit.idle()) + " without nodes; that explains " + Math.round(fit.explained() * 100)
            + " % of the changes in " + fit.samples() + " measurements.";
  }

  private static String name(Measure measure) {
    return switch (measure) {
      case CPU -> "CPU";
      case IO_WAIT -> "waiting for I/O";
      case MEMORY -> "memory";
      case DISK -> "disk";
      case LOAD_1 -> "load over 1 minute";
      case LOAD_5 -> "load over 5 minutes";
      case LOAD_15 -> "load over 15 minutes";
      case DISK_READS -> "disk reading";
      case DISK_WRITES -> "disk writing";
      case NET_READS -> "network input";
      case NET_WRITES -> "network output";
    };
  }

  private static String amount(Measure measure, double value) {
    return switch (measure) {
      case CPU, IO_WAIT, MEMORY, DISK -> String.format(Locale.ROOT, "%.2f %%", value);
      case LOAD_1, LOAD_5, LOAD_15 -> String.format(Locale.ROOT, "%.3f", value);
      case DISK_READS, DISK_WRITES, NET_READS, NET_WRITES -> String.format(Locale.ROOT, "%.0f bytes/s", value);
    };
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String inWords(Duration time) {
    return time.toDays() > 1 ? time.toDays() + " d " + time.toHoursPart() + " h"
        : time.toHours() > 0 ? time.toHours() + " h " + time.toMinutesPart() + " min" : time.toMinutes() + " min";
  }

  private static JsonObject json(Replayed replayed) {
    JsonObject json = new JsonObject();
    json.addProperty("from", replayed.range().from().getEpochSecond());
    json.addProperty("until", replayed.range().until().getEpochSecond());
    JsonObject settings = new JsonObject();
    for (Map.Entry<String, String> setting : new TreeMap<>(replayed.settings()).entrySet()) {
      settings.addProperty(setting.getKey(), setting.getValue());
    }
    json.add("settings", settings);
    json.addProperty("moments", replayed.moments());
    json.add("really", json(replayed.really()));
    json.add("replayed", json(replayed.simulated()));
    json.add("deviation_nodes", Json.decimal(replayed.deviation()));
    json.addProperty("operations_by_hand", replayed.byHand());
    JsonArray gaps = new JsonArray();
    for (TimeRange gap : replayed.gaps()) {
      JsonObject entry = new JsonObject();
      entry.addProperty("from", gap.from().getEpochSecond());
      entry.addProperty("until", gap.until().getEpochSecond());
      gaps.add(entry);
    }
    json.add("gaps", gaps);
    JsonArray costs = new JsonArray();
    replayed.fits().forEach(fit -> costs.add(json(fit)));
    json.add("costs", costs);
    JsonArray course = new JsonArray();
    replayed.course().forEach(point -> course.add(json(point.at(), point)));
    json.add("course", course);
    JsonArray assumptions = new JsonArray();
    Replayed.ASSUMPTIONS.forEach(assumptions::add);
    json.add("assumptions", assumptions);
    return json;
  }

  private static JsonObject json(Fate fate) {
    JsonObject json = new JsonObject();
    json.addProperty("nodes", fate.nodes());
    json.addProperty("running", fate.running());
    json.add("mean_running", Json.decimal(fate.meanRunning()));
    json.addProperty("most_running", fate.mostRunning());
    json.addProperty("added", fate.added());
    json.addProperty("started", fate.started());
    json.addProperty("stopped", fate.stopped());
    json.addProperty("removed", fate.removed());
    json.addProperty("seconds_under_pressure", fate.pressure().toSeconds());
    return json;
  }

  private static JsonObject json(Fit fit) {
    JsonObject json = new JsonObject();
    json.addProperty("measure", fit.measure().key());
    json.add("idle", Json.decimal(fit.idle()));
    json.add("per_node", Json.decimal(fit.perNode()));
    json.addProperty("basis", fit.basis().name().toLowerCase(Locale.ROOT));
    json.add("explained", Json.decimal(fit.explained()));
    json.addProperty("measurements", fit.samples());
    return json;
  }

  private static JsonObject json(Instant at, Replayed.Point point) {
    JsonObject json = new JsonObject();
    json.addProperty("time", at.getEpochSecond());
    json.addProperty("nodes", point.nodes());
    json.addProperty("running", point.running());
    json.addProperty("replayed_nodes", point.simulatedNodes());
    json.addProperty("replayed_running", point.simulatedRunning());
    return json;
  }
}
