package dev.wnm.fleet.cli;

import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.view.HostRow;
import java.io.IOException;
import java.util.List;
import org.apache.commons.cli.Options;

/** Has hosts begin nothing new, or go on. */
final class HoldCommand implements FleetCommand {
  private final String name;
  private final String help;
  private final boolean isHold;

  private HoldCommand(String name, String help, boolean isHold) {
    this.name = name;
    this.help = help;
    this.isHold = isHold;
  }

  static HoldCommand hold() {
    return new HoldCommand("hold", "Have hosts add and upgrade no node until they are released.", true);
  }

  static HoldCommand release() {
    return new HoldCommand("release", "Let hosts add and upgrade nodes again.", false);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String usage() {
    return "--where CONDITION | --all";
  }

  @Override
  public String help() {
    return help;
  }

  @Override
  public Options options() {
    return Asked.options(StatusCommand.WHERE, Asked.flag("all", "all hosts, in the place of --where"),
        Asked.value("wait", "TIME", "how long to wait for answers, 60s when not given"));
  }

  @Override
  public boolean run(Asked asked, FleetContext context) throws FleetException, IOException {
    try (OpenFleet fleet = OpenFleet.open(context)) {
      List<HostRow> rows = SetCommand.hosts(asked, fleet);
      Wished wished = Wishing.all(SetCommand.names(rows), rows, wish -> wish.withHold(isHold), asked.time("wait", "60s"), fleet, context);
      context.tell(new Document().put("hold", isHold).put("hosts", wished.documents()));
      return wished.isDone();
    }
  }
}
