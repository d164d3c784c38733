package dev.wnm.fleet.simulate;

import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.WantedProgram;
import dev.wnm.fleet.rollout.Driver;
import dev.wnm.fleet.rollout.Gate;
import dev.wnm.fleet.rollout.RollOut;
import dev.wnm.fleet.rollout.Waves;
import dev.wnm.spi.model.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Plays a roll-out over hosts in memory: with the state machine that drives real ones, and the decision engine that each real host has. Time
 * goes on by cycles of the hosts.
 */
public final class RollOutSimulation {
  private static final Duration LONGEST = Duration.ofDays(730);
  private static final Version OLD = new Version("1.0.0");
  private static final Version NEW = new Version("1.1.0");

  private final Waves waves;
  private final Gate gate;
  private final Duration soak;

  public RollOutSimulation(Waves waves, Gate gate, Duration soak) {
    this.waves = waves;
    this.gate = gate;
    this.soak = soak;
  }

  /**
   * What came of it.
   *
   * @param state how it ended
   * @param took how long that was
   * @param reached how many nodes had the version then, or had died of it
   * @param why why it stopped; empty where it did not
   */
  public record Ending(RollOut.State state, Duration took, int reached, String why) {}

  /**
   * A host of the fleet.
   *
   * @param nodes how many it has
   * @param pace how fast it upgrades them
   */
  public record Host(int nodes, Pace pace) {}

  /** Plays it over hosts that are all the same. */
  public Ending run(int hosts, int nodes, Pace pace, Quality quality) {
    List<Host> all = new ArrayList<>();
    for (int i = 0; i < hosts; i++) {
      all.add(new Host(nodes, pace));
    }
    return run(all, quality);
  }

  /** Plays it until it is over, stops, or two years have gone by. @param fleet in the order in which they are to come */
  public Ending run(List<Host> fleet, Quality quality) {
    Map<HostName, SimulatedHost> hosts = new LinkedHashMap<>();
    for (int i = 0; i < fleet.size(); i++) {
      HostName name = new HostName("host-" + (i + 1));
      hosts.put(name, new SimulatedHost(name, fleet.get(i).nodes(), OLD, fleet.get(i).pace()));
    }
    Duration cycle = fleet.stream().map(host -> host.pace().cycle()).min(Duration::compareTo).orElse(Pace.USUAL.cycle());
    RollOut rollOut = new RollOut("simulated", new RollOut.Order(new WantedProgram(NEW.text(), "0".repeat(64)), gate, soak, LONGEST, 0),
        waves.over(List.copyOf(hosts.keySet())), 0, RollOut.Stage.UPGRADING, Instant.EPOCH, RollOut.State.RUNNING, "", "simulator", Map.of(), Map.of());
    Instant now = Instant.EPOCH;
    while (rollOut.state() == RollOut.State.RUNNING && now.isBefore(Instant.EPOCH.plus(LONGEST))) {
      boolean isBusy = false;
      for (SimulatedHost host : hosts.values()) {
        if (host.isBusy()) {
          host.cycle(now, quality);
          isBusy = true;
        }
      }
      Instant time = now;
      Driver.Step step = Driver.step(rollOut, hosts.values().stream().map(host -> host.row(time)).toList(), now);
      rollOut = step.rollOut();
      step.toWish().forEach(host -> hosts.get(host).wish(NEW));
      step.toHold().forEach(host -> hosts.get(host).hold());
      Instant due = rollOut.stage() == RollOut.Stage.SOAKING ? rollOut.since().plus(soak) : now;
      now = !isBusy && due.isAfter(now) ? due : now.plus(cycle);
    }
    int reached = hosts.values().stream().mapToInt(SimulatedHost::reached).sum();
    return new Ending(rollOut.state(), Duration.between(Instant.EPOCH, now), reached, rollOut.why());
  }
}
