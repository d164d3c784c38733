package dev.wnm.fleet.cli;

import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.view.HostRow;
import dev.wnm.spi.config.BadInputException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.cli.Options;

/** Changes settings of hosts. */
final class SetCommand implements FleetCommand {
  @Override
  public String name() {
    return "set";
  }

  @Override
  public String usage() {
    return "NAME=VALUE … --where CONDITION [--dry_run]";
  }

  @Override
  public String help() {
    return "Change settings of hosts. Each checks them like any input, and answers; an empty VALUE leaves the setting to the host again.";
  }

  @Override
  public Options options() {
    return Asked.options(StatusCommand.WHERE, Asked.flag("all", "all hosts, in the place of --where"), Asked.flag("dry_run", "only say what would change where"),
        Asked.value("wait", "TIME", "how long to wait for answers, 60s when not given"));
  }

  @Override
  public boolean run(Asked asked, FleetContext context) throws FleetException, IOException {
    Map<String, Optional<String>> changes = SettingChanges.fromAfar(asked.words(), context);
    try (OpenFleet fleet = OpenFleet.open(context)) {
      List<HostRow> rows = hosts(asked, fleet);
      for (HostRow row : rows) {
        context.say(row.name() + ": " + changes.entrySet().stream().map(change -> change.getKey() + " " + before(row, change.getKey()).orElse("?") + " -> "
            + change.getValue().orElse("its own affair")).collect(Collectors.joining(", ")));
      }
      if (asked.has("dry_run")) {
        context.tell(document(changes, rows, Optional.empty()));
        return true;
      }
      Wished wished = Wishing.all(names(rows), rows, wish -> wish.withSettings(changes), asked.time("wait", "60s"), fleet, context);
      context.tell(document(changes, rows, Optional.of(wished)));
      return wished.isDone();
    }
  }

  /** @param wished what became of it; empty where nothing was wished for */
  private static Document document(Map<String, Optional<String>> changes, List<HostRow> rows, Optional<Wished> wished) {
    List<Document> hosts = rows.stream().map(row -> {
      Map<String, Optional<String>> before = new TreeMap<>();
      changes.keySet().forEach(name -> before.put(name, before(row, name)));
      return wished.map(became -> became.document(row.name())).orElseGet(() -> new Document().put("host", row.name())).put("before", before);
    }).toList();
    return new Document().put("settings", changes).put("dry_run", wished.isEmpty()).put("hosts", hosts);
  }

  /** What a setting was when the host was heard last. */
  private static Optional<String> before(HostRow row, String name) {
    return row.state().map(state -> state.limits().get(name));
  }

  /** @throws BadInputException when it is not said which */
  static List<HostRow> hosts(Asked asked, OpenFleet fleet) throws FleetException {
    if (asked.has("where") == asked.has("all")) {
      throw new BadInputException("either --where CONDITION or --all says which hosts");
    }
    List<HostRow> rows = fleet.chosen(asked, fleet.rows()).rows();
    if (rows.isEmpty()) {
      throw new BadInputException("no host is meant by " + (asked.has("all") ? "--all" : "--where '" + asked.get("where", "") + "'"));
    }
    return rows;
  }

  static List<HostName> names(List<HostRow> rows) {
    return rows.stream().map(HostRow::name).toList();
  }
}
