package dev.wnm.fleet.cli;

import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.Labels;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.transport.FleetTransport;
import dev.wnm.fleet.transport.PrivateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.commons.cli.Options;

/** Lets a host in. */
final class InviteCommand implements FleetCommand {
  @Override
  public String name() {
    return "invite";
  }

  @Override
  public String usage() {
    return "HOST [--labels site=home,rack=2]";
  }

  @Override
  public String help() {
    return "Let a host in: write the file that it joins with. It has the host's key in it: bring it there in a safe way, such as scp.";
  }

  @Override
  public Options options() {
    return Asked.options(Asked.value("labels", "LABELS", "what to know the host by, such as site=home: hosts of one site share one public address"),
        Asked.value("address", "ADDRESS", "with ssh: what ssh calls the host, where that is not HOST"));
  }

  @Override
  public boolean run(Asked asked, FleetContext context) throws FleetException, IOException {
    HostName host = asked.host();
    Labels given = asked.read("labels", "", Labels::parse);
    try (OpenFleet fleet = OpenFleet.open(context)) {
      fleet.reconcile(Set.of(host), context);
      // By its site its ports are given out: that is kept for one that gets but another key.
      Labels labels = asked.has("labels") ? given : fleet.members().getOrDefault(host, Labels.NONE);
      Invited invited = invite(host, labels, asked.get("address", ""), fleet, context);
      List<String> next = new ArrayList<>(invited.next());
      next.addAll(List.of("scp " + invited.file() + " " + host + ":", "# then, there", "wnm fleet join " + invited.file().getFileName()));
      next.forEach(context::say);
      context.tell(new Document().put("host", host).put("labels", labels.values()).put("invitation", invited.file()).put("next", next));
    }
    return true;
  }

  /** The file that a host joins with, and what to do next. */
  record Invited(Path file, List<String> next) {}

  static Invited invite(HostName host, Labels labels, String address, OpenFleet fleet, FleetContext context) throws FleetException, IOException {
    FleetTransport.Invited invited = fleet.transport().invite(context.operatorFolder(), host, labels, address);
    PrivateFolder invitations = PrivateFolder.at(context.operatorFolder().resolve("invitations"));
    invitations.write(host + ".invitation", invited.invitation().text() + "\n");
    fleet.add(host, labels);
    return new Invited(invitations.file(host + ".invitation"), invited.next());
  }
}
