package dev.wnm.fleet.cli;

import dev.wnm.core.config.Option;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.fleet.host.LocalHost;
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
  public org.apache.commons.cli.Options options() {
    return Asked.options(StatusCommand.WHERE, Asked.flag("all", "all hosts, in the place of --where"), Asked.flag("dry_run", "only say what would change where"),
        Asked.value("wait", "TIME", "how long to wait for answers, 60s when not given"));
  }

  @Override
  public boolean run(Asked asked, FleetContext context) throws FleetException, IOException {
    Map<String, Optional<String>> changes = changes(asked.words(), context);
    try (OpenFleet fleet = OpenFleet.open(context)) {
      List<HostRow> rows = hosts(asked, fleet);
      for (HostRow row : rows) {
        context.say(row.name() + ": " + changes.entrySet().stream().map(change -> change.getKey() + " "
            + row.state().map(state -> state.limits().getOrDefault(change.getKey(), "?")).orElse("?") + " -> " + change.getValue().orElse("its own affair"))
            .collect(Collectors.joining(", ")));
      }
      return asked.has("dry_run") || Wishing.all(rows.stream().map(HostRow::name).toList(), wish -> wish.withSettings(changes), asked.time("wait", "60s"), fleet,
          context);
    }
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

  private static Map<String, Optional<String>> changes(List<String> words, FleetContext context) {
    if (words.isEmpty()) {
      throw new BadInputException("no setting is named, such as node_cap=40");
    }
    Settings defaults = Settings.defaults(context.platform());
    Map<String, Optional<String>> changes = new TreeMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals).replaceFirst("^--", "").replace('-', '_');
      if (equals < 0 || LocalHost.isNeverChangedFromAfar(name) || defaults.registry().find(name).filter(option -> option.scope().isKept()).isEmpty()) {
        throw new BadInputException("'" + word + "' is no setting that can be changed from afar; these are " + Options.OF_DECISIONS.stream().map(Option::name)
            .collect(Collectors.joining(", ")) + ", and what a host allows by 'wnm fleet join --allow'");
      }
      changes.put(name, Optional.of(word.substring(equals + 1)).filter(text -> !text.isEmpty()));
    }
    // As this machine would check them; each host does so again.
    Map<String, String> given = new TreeMap<>();
    changes.forEach((name, text) -> text.ifPresent(value -> given.put(name, value)));
    defaults.with(given, "the command line");
    return changes;
  }
}
