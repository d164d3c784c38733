package dev.wnm.fleet.cli;

import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.Labels;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.transport.FleetTransport;
import dev.wnm.fleet.transport.PrivateFolder;
import java.io.IOException;
import java.nio.file.Path;
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
    Labels labels = asked.read("labels", "", Labels::parse);
    Path file = invite(host, labels, asked.get("address", ""), context);
    context.say("scp " + file + " " + host + ":");
    context.say("# then, there");
    context.say("wnm fleet join " + file.getFileName());
    return true;
  }

  /** @return the file that it joins with */
  static Path invite(HostName host, Labels labels, String address, FleetContext context) throws FleetException, IOException {
    FleetTransport transport = OpenFleet.require(context.operatorFolder());
    FleetTransport.Invited invited = transport.invite(context.operatorFolder(), host, labels, address);
    PrivateFolder invitations = PrivateFolder.at(context.operatorFolder().resolve("invitations"));
    invitations.write(host + ".invitation", invited.invitation().text() + "\n");
    invited.next().forEach(context::say);
    try (OpenFleet fleet = OpenFleet.open(context)) {
      fleet.add(host, labels);
    }
    return invitations.file(host + ".invitation");
  }
}
