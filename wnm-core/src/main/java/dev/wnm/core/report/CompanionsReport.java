package dev.wnm.core.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.wnm.core.report.table.Column;
import dev.wnm.core.report.table.Screen;
import dev.wnm.core.report.table.Selection;
import dev.wnm.core.report.table.Table;
import dev.wnm.spi.internal.PlainText;
import dev.wnm.spi.manager.GroupCompanions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The report {@code companions}: the services that run beside the nodes of groups. What is not known is {@code ?} or null. */
public final class CompanionsReport {
  private static final List<Column<CompanionLine>> USUAL = CompanionLine.ALL.named("service", "state", "for", "ready", "restarts", "health", "memory", "cpu",
      "open_files", "connections", "words");
  private static final List<Column<CompanionLine>> IN_JSON =
      CompanionLine.ALL.all().stream().filter(column -> !List.of("cpu", "words", "group").contains(column.name())).toList();

  private CompanionsReport() {}

  /** @param groups what each group has, in the order in which they are to be shown when nothing else is asked for */
  public static String print(Map<String, GroupCompanions> groups, Selection<CompanionLine> selection, ReportFormat format, Screen screen, Instant now) {
    List<CompanionLine> all = groups.entrySet().stream().flatMap(entry -> entry.getValue() instanceof GroupCompanions.Known known
        ? known.companions().stream().map(view -> new CompanionLine(entry.getKey(), view, now)) : Stream.empty()).toList();
    Selection.Selected<CompanionLine> selected = selection.of(all);
    return format.isJson() ? json(groups, selected.rows(), selection.columns().orElse(IN_JSON))
        : format == ReportFormat.CSV ? Table.csv(selection.columns().orElse(CompanionLine.ALL.all()), selected.rows())
        : text(groups, selected, selection.columns().orElse(USUAL), screen);
  }

  private static String text(Map<String, GroupCompanions> groups, Selection.Selected<CompanionLine> selected, List<Column<CompanionLine>> columns,
      Screen screen) {
    List<String> lines = new ArrayList<>(selected.rows().isEmpty() ? List.of() : Table.lines(columns, selected.rows(), screen));
    groups.forEach((group, companions) -> {
      if (companions instanceof GroupCompanions.Unknown unknown) {
        lines.add(group + ": not known: " + PlainText.of(unknown.reason()));
      } else if (companions instanceof GroupCompanions.Known known && known.companions().isEmpty()) {
        lines.add(group + ": no services beside nodes");
      }
    });
    if (groups.isEmpty()) {
      lines.add("there are no container groups yet");
    }
    selected.remark().ifPresent(lines::add);
    return String.join("\n", lines);
  }

  /** By group, each with its services. */
  private static String json(Map<String, GroupCompanions> groups, List<CompanionLine> rows, List<Column<CompanionLine>> columns) {
    JsonArray array = new JsonArray();
    groups.forEach((group, companions) -> {
      JsonObject entry = new JsonObject();
      entry.addProperty("group", group);
      entry.addProperty("known", companions instanceof GroupCompanions.Known);
      entry.add("why_not_known", Json.text(companions instanceof GroupCompanions.Unknown unknown
          ? Optional.of(unknown.reason()) : Optional.empty()));
      JsonElement services = JsonNull.INSTANCE;
      if (companions instanceof GroupCompanions.Known) {
        JsonArray list = new JsonArray();
        rows.stream().filter(row -> row.group().equals(group)).forEach(row -> list.add(Table.json(columns, row)));
        services = list;
      }
      entry.add("services", services);
      array.add(entry);
    });
    return Json.pretty(array);
  }
}
