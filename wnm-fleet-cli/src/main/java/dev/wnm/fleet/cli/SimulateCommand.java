package dev.wnm.fleet.cli;

import dev.wnm.core.report.table.TextTable;
import dev.wnm.fleet.rollout.Gate;
import dev.wnm.fleet.rollout.RollOut;
import dev.wnm.fleet.rollout.Waves;
import dev.wnm.fleet.simulate.Pace;
import dev.wnm.fleet.simulate.Quality;
import dev.wnm.fleet.simulate.RollOutSimulation;
import dev.wnm.spi.internal.Human;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.Options;

/** Plays roll-outs in memory. */
final class SimulateCommand implements FleetCommand {
  @Override
  public String name() {
    return "simulate";
  }

  @Override
  public String usage() {
    return "[--hosts 250] [--nodes 400] [--waves 1,5%,25%,100%]";
  }

  @Override
  public String help() {
    return "Play a good and a bad version over hosts in memory, by the state machine and the decision engine that drive real ones.";
  }

  @Override
  public Options options() {
    return Asked.options(Asked.value("hosts", "N", "how many, 250 when not given"), Asked.value("nodes", "N", "on each, 400 when not given"),
        Asked.value("waves", "SIZES", "1,5%,25%,100% when not given"), Asked.value("gate", "CONDITION", RollOutCommand.USUAL_GATE + " when not given"),
        Asked.value("soak", "TIME", "30m when not given"), Asked.value("kills_after", "TIME", "after how long the bad version ends a node, 20m when not given"));
  }

  @Override
  public boolean run(Asked asked, FleetContext context) {
    int hosts = asked.number("hosts", 250, 1, 10_000);
    int nodes = asked.number("nodes", 400, 1, 10_000);
    Waves waves = asked.read("waves", RollOutCommand.USUAL_WAVES, Waves::parse);
    Gate gate = asked.read("gate", RollOutCommand.USUAL_GATE, Gate::new);
    Duration soak = asked.time("soak", "30m");
    Quality bad = new Quality(Optional.of(asked.time("kills_after", "20m")));
    Pace fast = new Pace(4, Duration.ofMinutes(1), Pace.USUAL.settling(), Pace.USUAL.cycle());
    List<List<String>> rows = new ArrayList<>(List.of(List.of("Policy", "Everywhere after", "Nodes a bad one reached")));
    rows.add(row("all hosts at once, one node at a time", new RollOutSimulation(Waves.parse("100%"), gate, soak), hosts, nodes, Pace.USUAL, bad));
    rows.add(row("waves " + waves + ", one node at a time", new RollOutSimulation(waves, gate, soak), hosts, nodes, Pace.USUAL, bad));
    rows.add(row("waves " + waves + ", four at a time, a minute each", new RollOutSimulation(waves, gate, soak), hosts, nodes, fast, bad));
    TextTable.lines(rows, context.screen()).forEach(context::say);
    return true;
  }

  private static List<String> row(String policy, RollOutSimulation simulation, int hosts, int nodes, Pace pace, Quality bad) {
    RollOutSimulation.Ending good = simulation.run(hosts, nodes, pace, Quality.GOOD);
    return List.of(policy, good.state() == RollOut.State.DONE ? Human.time(good.took()) : "never: " + good.why(),
        Integer.toString(simulation.run(hosts, nodes, pace, bad).reached()));
  }
}
