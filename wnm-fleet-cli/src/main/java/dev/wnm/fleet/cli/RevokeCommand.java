package dev.wnm.fleet.cli;

import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.placement.Claim;
import dev.wnm.fleet.placement.Claims;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.transport.Wishes;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
    OpenFleet fleet;
    try {
      fleet = OpenFleet.open(context);
    } catch (FleetException away) {
      // To be let in no more needs no server.
      OpenFleet.require(context.operatorFolder()).revoke(context.operatorFolder(), host).forEach(context::say);
      context.warn("whether another operator has let in or put out hosts since this folder was copied is not known");
      throw away;
    }
    try (fleet) {
      fleet.reconcile(Set.of(host), context);
      List<String> next = putOut(host, fleet, context);
      next.forEach(context::say);
      fleet.remove(host);
      // One that is invited again under this name begins with nothing, least of all with blocks that are another's by then.
      new Wishes(fleet.link(), context.clock()).forget(host);
      List<Claim> freed = new Claims(fleet.link().records()).release(host);
      if (!freed.isEmpty()) {
        context.say("free again: " + freed.stream().map(claim -> "block " + claim.block() + " of site " + claim.site()).collect(Collectors.joining(", ")));
      }
      context.tell(new Document().put("host", host).put("next", next)
          .put("freed", freed.stream().map(claim -> new Document().put("site", claim.site()).put("block", claim.block())).toList()));
    }
    return true;
  }

  /** Where it was done before and the rest was cut off, such as by a server that was away, the rest is done. */
  private static List<String> putOut(HostName host, OpenFleet fleet, FleetContext context) throws FleetException, IOException {
    try {
      return fleet.transport().revoke(context.operatorFolder(), host);
    } catch (FleetException unknown) {
      if (fleet.members().containsKey(host)) {
        return List.of();
      }
      throw unknown;
    }
  }
}
