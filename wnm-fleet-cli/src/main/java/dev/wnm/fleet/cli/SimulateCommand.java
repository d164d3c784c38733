package dev.wnm.fleet.cli;

import dev.wnm.core.report.table.TextTable;
import dev.wnm.fleet.rollout.Gate;
import dev.wnm.fleet.rollout.RollOut;
import dev.wnm.fleet.rollout.Waves;
import dev.wnm.fleet.simulate.Pace;
import dev.wnm.fleet.simulate.Quality;
import dev.wnm.fleet.simulate.RollOutSimulation;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.spi.config.BadInputException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.cli.Options;

/** Plays roll-outs in memory, or has hosts play what they recorded with other settings. */
final class SimulateCommand implements FleetCommand {
  private static final String REPLAY = "replay";
  private static final int FINE_HOURS = 10;
  private static final List<String> OF_REPLAYS = List.of("set", "where");
  private static final List<String> OF_ROLL_OUTS = List.of("hosts", "nodes", "waves", "gate", "soak", "kills_after");

  @Override
  public String name() {
    return "simulate";
  }

  @Override
  public String usage() {
    return "[--hosts 250] [--nodes 400] [--waves 1,5%,25%,100%] | --replay 7d --set cpu_less_than=60 [--set …] [--where CONDITION]";
  }

  @Override
  public String help() {
    return "Play a good and a bad version over hosts in memory, by the state machine and the decision engine that drive real ones. With --replay: compare"
        + " settings by what hosts recorded; each plays it again with each --set, and nothing is changed.";
  }

  @Override
  public Options options() {
    return Asked.options(Asked.value("hosts", "N", "how many, 250 when not given"), Asked.value("nodes", "N", "on each, 400 when not given"),
        Asked.value("waves", "SIZES", "1,5%,25%,100% when not given"), Asked.value("gate", "CONDITION", RollOutCommand.USUAL_GATE + " when not given"),
        Asked.value("soak", "TIME", "30m when not given"), Asked.value("kills_after", "TIME", "after how long the bad version ends a node, 20m when not given"),
        Asked.value(REPLAY, "TIME", "have hosts play so much of what they recorded, such as 7d"),
        Asked.value("set", "NAME=VALUE,…", "with --replay: settings to compare with those of the time; once for each alternative"), StatusCommand.WHERE);
  }

  @Override
  public boolean run(Asked asked, FleetContext context) throws FleetException, IOException {
    if (!asked.words().isEmpty()) {
      throw new BadInputException("simulate takes no " + asked.words().get(0) + "; 'wnm fleet simulate --help' tells more");
    }
    List<String> wrong = (asked.has(REPLAY) ? OF_ROLL_OUTS : OF_REPLAYS).stream().filter(asked::has).toList();
    if (!wrong.isEmpty()) {
      throw new BadInputException("--" + wrong.get(0) + " is " + (asked.has(REPLAY) ? "not for" : "only for") + " --" + REPLAY);
    }
    return asked.has(REPLAY) ? Replaying.run(asked, context) : rollOuts(asked, context);
  }

  private static boolean rollOuts(Asked asked, FleetContext context) {
    int hosts = asked.number("hosts", 250, 1, 10_000);
    int nodes = asked.number("nodes", 400, 1, 10_000);
    Waves waves = asked.read("waves", RollOutCommand.USUAL_WAVES, Waves::parse);
    Gate gate = asked.read("gate", RollOutCommand.USUAL_GATE, Gate::new);
    Duration soak = asked.time("soak", "30m");
    Quality bad = new Quality(Optional.of(asked.time("kills_after", "20m")));
    Pace fast = new Pace(4, Duration.ofMinutes(1), Pace.USUAL.settling(), Pace.USUAL.cycle());
    List<Policy> policies = List.of(
        Policy.of("all hosts at once, one node at a time", new RollOutSimulation(Waves.parse("100%"), gate, soak), hosts, nodes, Pace.USUAL, bad),
        Policy.of("waves " + waves + ", one node at a time", new RollOutSimulation(waves, gate, soak), hosts, nodes, Pace.USUAL, bad),
        Policy.of("waves " + waves + ", four at a time, a minute each", new RollOutSimulation(waves, gate, soak), hosts, nodes, fast, bad));
    List<List<String>> rows = new ArrayList<>(List.of(List.of("Policy", "Everywhere after", "Nodes a bad one reached")));
    policies.forEach(policy -> rows.add(policy.row()));
    TextTable.lines(rows, context.screen()).forEach(context::say);
    context.tell(new Document().put("hosts", hosts).put("nodes_each", nodes).put("policies", policies.stream().map(Policy::document).toList()));
    return true;
  }

  /** A way to bring a version to all, what becomes of a good one, and how many nodes a bad one reaches. */
  private record Policy(String name, RollOutSimulation.Ending good, int reached) {
    static Policy of(String name, RollOutSimulation simulation, int hosts, int nodes, Pace pace, Quality bad) {
      return new Policy(name, simulation.run(hosts, nodes, pace, Quality.GOOD), simulation.run(hosts, nodes, pace, bad).reached());
    }

    private boolean isDone() {
      return good.state() == RollOut.State.DONE;
    }

    List<String> row() {
      return List.of(name, isDone() ? hours(good.took()) : "never: " + good.why(), Integer.toString(reached));
    }

    /** All in one unit, so that policies can be compared. */
    private static String hours(Duration time) {
      double hours = time.toSeconds() / (double) Duration.ofHours(1).toSeconds();
      return String.format(Locale.ROOT, hours < FINE_HOURS ? "%.1f h" : "%.0f h", hours);
    }

    Document document() {
      return new Document().put("policy", name).put("good_everywhere_after", isDone() ? Optional.of(good.took()) : Optional.empty())
          .put("good_stops_because", isDone() ? Optional.empty() : Optional.of(good.why())).put("bad_reaches_nodes", reached);
    }
  }
}
