package dev.wnm.fleet.cli;

import dev.wnm.fleet.host.Agent;
import dev.wnm.fleet.host.LocalHost;
import dev.wnm.fleet.host.WnmCommand;
import dev.wnm.fleet.transport.FleetException;
import java.io.IOException;
import java.time.Duration;
import org.apache.commons.cli.Options;

/** A host's side, for as long as it runs. */
final class AgentCommand implements FleetCommand {
  private static final int LONGEST_INTERVAL = 3_600;

  @Override
  public String name() {
    return "agent";
  }

  @Override
  public String usage() {
    return "[--interval 60]";
  }

  @Override
  public String help() {
    return "Stay up beside cycles of cron or --watch: tell the fleet how this machine stands, and take what is wished of it.";
  }

  @Override
  public Options options() {
    return Asked.options(Asked.value("interval", "S", "seconds between two states, 60 when not given"));
  }

  @Override
  public boolean speaksToPrograms() {
    return false;
  }

  @Override
  public boolean run(Asked asked, FleetContext context) throws FleetException, IOException {
    Duration interval = Duration.ofSeconds(asked.number("interval", 60, 1, LONGEST_INTERVAL));
    LocalHost host = LocalHost.in(context.hostFolder(), new WnmCommand(context.runner(), context.launcher()), context.clock(), interval);
    Agent agent = new Agent(host, interval, context::warn);
    Runtime.getRuntime().addShutdownHook(new Thread(agent::end, "wnm-fleet-end"));
    agent.run(Transports.named(host.transport()), context.hostFolder());
    return true;
  }
}
