package dev.wnm.fleet.cli;

import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.transport.FleetException;
import java.io.IOException;
import org.apache.commons.cli.Options;

/** Lets a host in no more. */
final class RevokeCommand implements FleetCommand {
  @Override
  public String name() {
    return "revoke";
  }

  @Override
  public String usage() {
    return "HOST";
  }

  @Override
  public String help() {
    return "Let a host in no more. Its nodes run on, and its own wnm goes on by what it was told last.";
  }

  @Override
  public Options options() {
    return new Options();
  }

  @Override
  public boolean run(Asked asked, FleetContext context) throws FleetException, IOException {
    HostName host = asked.host();
    OpenFleet.require(context.operatorFolder()).revoke(context.operatorFolder(), host).forEach(context::say);
    try (OpenFleet fleet = OpenFleet.open(context)) {
      fleet.remove(host);
    }
    return true;
  }
}
