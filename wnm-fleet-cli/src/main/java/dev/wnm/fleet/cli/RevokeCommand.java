package dev.wnm.fleet.cli;

import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.placement.Claim;
import dev.wnm.fleet.placement.Claims;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.transport.FleetTransport;
import dev.wnm.fleet.transport.OperatorLink;
import dev.wnm.fleet.transport.Wishes;
import java.io.IOException;
import java.util.List;
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
    reconcile(host, context);
    List<String> next = putOut(host, context);
    next.forEach(context::say);
    try (OpenFleet fleet = OpenFleet.open(context)) {
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

  private static void reconcile(HostName host, FleetContext context) throws FleetException, IOException {
    FleetTransport transport = OpenFleet.require(context.operatorFolder());
    OperatorLink link;
    try {
      link = transport.operate(context.operatorFolder());
    } catch (FleetException away) {
      context.warn(away.getMessage() + "; whether another operator has let in or put out hosts since this folder was copied is not known");
      return;
    }
    try (OpenFleet fleet = OpenFleet.of(transport, link, context)) {
      fleet.reconcile(host, context);
    }
  }

  /** That comes first, and needs no server. Where it was done before and the rest was cut off, such as by a server that was away, the rest is done. */
  private static List<String> putOut(HostName host, FleetContext context) throws FleetException, IOException {
    try {
      return OpenFleet.require(context.operatorFolder()).revoke(context.operatorFolder(), host);
    } catch (FleetException unknown) {
      try (OpenFleet fleet = OpenFleet.open(context)) {
        if (fleet.members().containsKey(host)) {
          return List.of();
        }
      }
      throw unknown;
    }
  }
}
