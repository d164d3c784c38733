package dev.wnm.fleet.cli;

import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.transport.FleetTransport;
import dev.wnm.fleet.transport.Founding;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.Options;

/** Begins a fleet. */
final class InitCommand implements FleetCommand {
  private static final String SSH = "ssh";

  @Override
  public String name() {
    return "init";
  }

  @Override
  public String usage() {
    return "FLEET --server HOST:PORT | --transport ssh";
  }

  @Override
  public String help() {
    return "Begin a fleet: make its keys, and what its server is started with. Prints what to do next.";
  }

  @Override
  public Options options() {
    return Asked.options(Asked.value("server", "HOST:PORT", "where hosts and operators reach the fleet's NATS server, such as fleet.example.org:4222"),
        Asked.value("transport", "NAME", "nats, or ssh, which needs no server; nats when not given"),
        Asked.value("operator", "NAME", "what you are called there; the account's name when not given"));
  }

  @Override
  public boolean run(Asked asked, FleetContext context) throws FleetException, IOException {
    FleetTransport transport = Transports.named(asked.get("transport", "nats"));
    if (OpenFleet.transport(context.operatorFolder()).isPresent()) {
      throw new FleetException(context.operatorFolder() + " has a fleet already");
    }
    String account = System.getProperty("user.name", "");
    String operator = asked.get("operator", HostName.fits(account) ? account : "operator");
    String server = transport.name().equals(SSH) ? asked.get("server", "") : asked.require("server");
    Founding founding = Asked.checked("init", asked.word("FLEET"), fleet -> new Founding(fleet, operator, server));
    List<String> next = transport.init(context.operatorFolder(), founding);
    OpenFleet.begin(context.operatorFolder(), transport);
    next.forEach(context::say);
    context.tell(new Document().put("fleet", founding.fleet()).put("operator", founding.operator()).put("transport", transport.name())
        .put("server", Optional.of(founding.address()).filter(address -> !address.isEmpty())).put("folder", context.operatorFolder()).put("next", next));
    return true;
  }
}
