package dev.wnm.fleet.cli;

import dev.wnm.core.report.table.Column;
import dev.wnm.core.report.table.Columns;
import dev.wnm.core.report.table.Selection;
import dev.wnm.core.report.table.Table;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.view.Belief;
import dev.wnm.fleet.view.HostColumns;
import dev.wnm.fleet.view.HostRow;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** How all hosts stand. */
final class StatusCommand implements FleetCommand {
  static final Option WHERE = Asked.value("where", "CONDITION", "which hosts, in the language of --filter, such as 'site=home and dead>0'");

  @Override
  public String name() {
    return "status";
  }

  @Override
  public String usage() {
    return "[--where 'site=home and dead>0'] [--sort -dead]";
  }

  @Override
  public String help() {
    return "Show all hosts: how they stand, how old that is, their nodes, room, versions and last decisions.";
  }

  @Override
  public Options options() {
    return Asked.options(WHERE, Asked.value("sort", "FIELDS", "by which fields, such as -dead,host"),
        Asked.value("columns", "NAMES", "which columns, or all"), Asked.flag("csv", "for programs and spreadsheets"));
  }

  @Override
  public boolean run(Asked asked, FleetContext context) throws FleetException, IOException {
    try (OpenFleet fleet = OpenFleet.open(context)) {
      List<HostRow> rows = fleet.rows();
      Columns<HostRow> all = HostColumns.of(rows);
      Selection<HostRow> selection = fleet.selection(asked, all);
      Selection.Selected<HostRow> selected = selection.of(rows);
      if (asked.isForPrograms()) {
        context.tell(Document.list(selected.rows().stream().map(row -> Table.json(selection.columns().orElse(all.all()), row)).toList()));
      } else if (asked.has("csv")) {
        context.say(Table.csv(selection.columns().orElse(all.all()), selected.rows()));
      } else {
        show(rows, selected, selection.columns().orElse(HostColumns.usual(all)), context);
      }
      return rows.stream().allMatch(row -> row.belief() == Belief.WELL);
    }
  }

  private static void show(List<HostRow> rows, Selection.Selected<HostRow> selected, List<Column<HostRow>> columns, FleetContext context) {
    context.say(verdict(rows) + "\n");
    Table.lines(columns, selected.rows(), context.screen()).forEach(context::say);
    selected.remark().ifPresent(context::say);
    selected.rows().forEach(row -> row.remarks().forEach(remark -> context.say(row.name() + ": " + remark)));
  }

  /** In one sentence. */
  static String verdict(List<HostRow> rows) {
    if (rows.isEmpty()) {
      return "This fleet has no hosts yet; 'wnm fleet invite HOST' lets one in.";
    }
    Map<Belief, Integer> counts = new EnumMap<>(Belief.class);
    rows.forEach(row -> counts.merge(row.belief(), 1, Integer::sum));
    int nodes = rows.stream().flatMap(row -> row.fresh().stream()).mapToInt(state -> state.nodes().total()).sum();
    int running = rows.stream().flatMap(row -> row.fresh().stream()).mapToInt(state -> state.nodes().in("RUNNING")).sum();
    return rows.size() + (rows.size() == 1 ? " host: " : " hosts: ")
        + counts.entrySet().stream().map(entry -> entry.getValue() + " " + entry.getKey().word()).collect(Collectors.joining(", "))
        + "; " + running + " of " + nodes + " nodes run where that is known.";
  }
}
