package dev.wnm.fleet.cli;

import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.HostState;
import dev.wnm.fleet.model.WantedProgram;
import dev.wnm.fleet.rollout.Driver;
import dev.wnm.fleet.rollout.Gate;
import dev.wnm.fleet.rollout.RollOut;
import dev.wnm.fleet.rollout.RollOuts;
import dev.wnm.fleet.rollout.TakenOverException;
import dev.wnm.fleet.rollout.Waves;
import dev.wnm.fleet.simulate.Pace;
import dev.wnm.fleet.simulate.Quality;
import dev.wnm.fleet.simulate.RollOutSimulation;
import dev.wnm.fleet.site.FleetJson;
import dev.wnm.fleet.site.Sight;
import dev.wnm.fleet.transport.ConflictException;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.view.HostRow;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.internal.Human;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.cli.Options;

/** A version on its way through the fleet. */
final class RollOutCommand implements FleetCommand {
  static final String USUAL_WAVES = "1,5%,25%,100%";
  static final String USUAL_GATE = "running>=97% and dead<=1%";
  private static final Duration BETWEEN_STEPS = Duration.ofSeconds(15);
  private static final Duration A_BAD_VERSION_TAKES = Duration.ofMinutes(20);

  @Override
  public String name() {
    return "rollout";
  }

  @Override
  public String usage() {
    return "start --version V --sha256 DIGEST | status | pause | resume | abort | back";
  }

  @Override
  public String help() {
    return "Bring a version to all hosts in waves, each after the gate has held for a while. start and resume drive it until it is over or stops; they can be"
        + " ended at any time, and resume goes on, from any operator's machine.";
  }

  @Override
  public Options options() {
    return Asked.options(Asked.value("version", "V", "the release of the node program; with back: for hosts of which the fleet does not know what they had"),
        Asked.value("sha256", "DIGEST", "of the program itself; hosts take no other"), Asked.value("waves", "SIZES", USUAL_WAVES + " when not given"),
        Asked.value("gate", "CONDITION", USUAL_GATE + " when not given"), Asked.value("soak", "TIME", "how long the gate has to hold, 30m when not given"),
        Asked.value("patience", "TIME", "how long a wave may take, 3d when not given"),
        Asked.value("most_silent", "PERCENT", "of more hosts than this it may not be unknown how they do, 10 when not given"), StatusCommand.WHERE,
        Asked.value("why", "WORDS", "for those who look: why it is paused, aborted or taken back"),
        Asked.flag("dry_run", "with start: only say what would be done, with a forecast"), Asked.flag("once", "with start and resume: take one step and end"));
  }

  @Override
  public boolean run(Asked asked, FleetContext context) throws FleetException, IOException {
    String word = asked.word("of start, status, pause, resume, abort and back");
    try (OpenFleet fleet = OpenFleet.open(context)) {
      RollOuts rollOuts = new RollOuts(fleet.link(), context.clock());
      String why = asked.get("why", "by " + fleet.link().operator());
      return switch (word) {
        case "start" -> start(asked, fleet, rollOuts, context);
        case "status" -> status(fleet, rollOuts, context);
        case "pause" -> {
          rollOuts.pause(why);
          drive(asked, fleet, rollOuts, context);
          yield true;
        }
        case "resume" -> {
          rollOuts.resume();
          yield drive(asked, fleet, rollOuts, context);
        }
        case "abort" -> {
          RollOuts.Aborted aborted = rollOuts.abort(why);
          context.say("aborted: " + aborted.rollOut().id());
          aborted.troubles().forEach((host, trouble) -> context.warn(host + " may still be on hold; abort once more tries again: " + trouble));
          context.tell(new Document().put("id", aborted.rollOut().id()).put("state", "aborted").put("why", why).put("troubles", aborted.troubles()));
          yield aborted.troubles().isEmpty();
        }
        case "back" -> {
          Map<HostName, String> troubles = rollOuts.takeBack(why, asked.has("version") ? Optional.of(program(asked)) : Optional.empty());
          troubles.forEach((host, trouble) -> context.warn(host + ": " + trouble));
          context.tell(new Document().put("state", "taken_back").put("why", why).put("troubles", troubles));
          yield troubles.isEmpty();
        }
        default -> throw new BadInputException("rollout is followed by start, status, pause, resume, abort or back, not '" + word + "'");
      };
    }
  }

  private static WantedProgram program(Asked asked) {
    return asked.read("sha256", asked.require("sha256"), digest -> new WantedProgram(asked.require("version"), digest));
  }

  private static boolean start(Asked asked, OpenFleet fleet, RollOuts rollOuts, FleetContext context) throws FleetException {
    WantedProgram program = program(asked);
    Waves waves = asked.read("waves", USUAL_WAVES, Waves::parse);
    RollOut.Order order = new RollOut.Order(program, asked.read("gate", USUAL_GATE, Gate::new), asked.time("soak", "30m"), asked.time("patience", "3d"),
        asked.number("most_silent", 10, 0, 100));
    // Where little can go wrong comes first.
    List<HostRow> rows = fleet.chosen(asked, fleet.rows()).rows().stream().sorted(Comparator.<HostRow>comparingInt(
        row -> row.state().map(state -> state.nodes().total()).orElse(Integer.MAX_VALUE)).thenComparing(HostRow::name)).toList();
    List<HostName> hosts = rows.stream().map(HostRow::name).toList();
    if (hosts.isEmpty()) {
      throw new BadInputException("no host is meant by --where '" + asked.get("where", "") + "'");
    }
    List<List<HostName>> all = waves.over(hosts);
    for (int i = 0; i < all.size(); i++) {
      context.say("wave " + (i + 1) + ": " + all.get(i).size() + (all.get(i).size() == 1 ? " host, " : " hosts, ") + all.get(i).get(0)
          + (all.get(i).size() > 1 ? " …" : ""));
    }
    Document plan = new Document().put("version", program.version()).put("sha256", program.sha256()).put("dry_run", asked.has("dry_run")).put("waves", all)
        .put("forecast", forecast(order, waves, rows, context));
    if (asked.has("dry_run")) {
      context.tell(plan);
      return true;
    }
    context.tellStep(plan);
    RollOut begun = rollOuts.begin(program.version() + "-" + context.clock().instant().getEpochSecond(), order, waves, hosts);
    context.say("begun: " + begun.id());
    return drive(asked, fleet, rollOuts, context);
  }

  private static Document forecast(RollOut.Order order, Waves waves, List<HostRow> rows, FleetContext context) {
    List<RollOutSimulation.Host> hosts = rows.stream().map(row -> new RollOutSimulation.Host(
        row.state().map(state -> state.nodes().in("RUNNING")).orElse(0), pace(row.state()))).toList();
    RollOutSimulation simulation = new RollOutSimulation(waves, order.gate(), order.soak());
    RollOutSimulation.Ending good = simulation.run(hosts, Quality.GOOD);
    int reached = simulation.run(hosts, new Quality(Optional.of(A_BAD_VERSION_TAKES))).reached();
    context.say("forecast: " + (good.state() == RollOut.State.DONE ? "a good version is everywhere after " + Human.time(good.took()) : "it stops: " + good.why())
        + "; one that ends nodes after " + Human.time(A_BAD_VERSION_TAKES) + " reaches " + reached + " of them");
    boolean isDone = good.state() == RollOut.State.DONE;
    return new Document().put("good_everywhere_after", isDone ? Optional.of(good.took()) : Optional.empty())
        .put("good_stops_because", isDone ? Optional.empty() : Optional.of(good.why())).put("bad_ends_nodes_after", A_BAD_VERSION_TAKES)
        .put("bad_reaches_nodes", reached);
  }

  private static Pace pace(Optional<HostState> state) {
    String atOnce = state.map(said -> said.limits().getOrDefault("max_concurrent_upgrades", "1")).orElse("1");
    return new Pace(atOnce.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(atOnce) : 1, Pace.USUAL.each(), Pace.USUAL.settling(), Pace.USUAL.cycle());
  }

  private static boolean status(OpenFleet fleet, RollOuts rollOuts, FleetContext context) throws FleetException {
    Optional<RollOut> current = rollOuts.current();
    if (current.isEmpty()) {
      context.say("there is no roll-out");
      context.tell(new Document().put("rollout", Optional.empty()));
      return true;
    }
    RollOut rollOut = current.get();
    Sight sight = new Sight(context.clock().instant(), fleet.rows(), current);
    Driver.Step step = Driver.step(rollOut, sight.rows(), sight.at());
    context.tell(new Document().put("rollout", FleetJson.rollOut(rollOut, sight)));
    context.say("roll-out " + rollOut.id() + " of " + rollOut.order().program() + ", driven by " + rollOut.owner() + ": "
        + rollOut.state().name().toLowerCase(Locale.ROOT).replace('_', ' ') + "\n" + step.words() + "\n" + step.figures().inWords() + "; gate: "
        + rollOut.order().gate());
    return rollOut.state() != RollOut.State.PAUSED;
  }

  private static boolean drive(Asked asked, OpenFleet fleet, RollOuts rollOuts, FleetContext context) throws FleetException {
    String said = "";
    while (true) {
      Optional<RollOuts.Taken> taken = step(fleet, rollOuts, context, said);
      // Who could not be told to hold is told again.
      boolean isEnd = taken.filter(now -> now.step().rollOut().state() != RollOut.State.RUNNING && now.troubles().isEmpty()).isPresent();
      if (taken.isPresent() && (isEnd || asked.has("once"))) {
        return taken.get().step().rollOut().state() != RollOut.State.PAUSED;
      }
      said = taken.map(now -> now.step().words()).orElse(said);
      try {
        Thread.sleep(BETWEEN_STEPS.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }

  /** A step that cannot be taken now, such as while the server is away, is taken later. @param before what was said last */
  private static Optional<RollOuts.Taken> step(OpenFleet fleet, RollOuts rollOuts, FleetContext context, String before) throws FleetException {
    try {
      List<HostRow> rows = fleet.rows();
      RollOuts.Taken taken = rollOuts.step(rows);
      RollOut rollOut = taken.step().rollOut();
      context.tellStep(new Document().put("rollout", FleetJson.rollOut(rollOut, new Sight(context.clock().instant(), rows, Optional.of(rollOut))))
          .put("troubles", taken.troubles()));
      if (!taken.step().words().equals(before)) {
        context.say(taken.step().words());
      }
      taken.troubles().forEach((host, trouble) -> context.warn(host + ": " + trouble));
      return Optional.of(taken);
    } catch (ConflictException | TakenOverException other) {
      throw other;
    } catch (FleetException away) {
      context.warn(String.valueOf(away.getMessage()));
      return Optional.empty();
    }
  }
}
