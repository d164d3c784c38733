package dev.wnm.core.decision;

import dev.wnm.core.model.DecisionLimits;
import dev.wnm.core.model.DecisionLimits.Band;
import dev.wnm.core.model.DecisionLimits.Concurrency;
import dev.wnm.core.model.FleetCounts;
import dev.wnm.core.model.HostMetrics;
import dev.wnm.spi.model.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Makes decision inputs for tests: an idle machine with wnm's default limits on 4 CPUs and no nodes, until told otherwise. */
public final class Situation {
  public int cap = 20;
  public Band cpuLimits = new Band(50, 70);
  public Band memoryLimits = new Band(60, 75);
  public Band diskLimits = new Band(75, 90);
  public Band loadLimits = new Band(2.4, 4);
  public Band diskReadLimits = new Band(0, 0);
  public Band diskWriteLimits = new Band(0, 0);
  public Band netReadLimits = new Band(0, 0);
  public Band netWriteLimits = new Band(0, 0);
  public int maxUpgrades = 1;
  public int maxStarts = 1;
  public int maxRemovals = 1;
  public int maxOperations = 1;
  public int delayRemoveSeconds = 300;
  public boolean upgrades = true;

  public double cpu = 10;
  public double memory = 10;
  public double disk = 10;
  public double load1 = 0.5;
  public double load5 = 0.5;
  public double load15 = 0.5;
  public long diskReads;
  public long diskWrites;
  public long netReads;
  public long netWrites;

  public int disabled;
  public int running;
  public int stopped;
  public int restarting;
  public int upgrading;
  public int migrating;
  public int removing;
  public int dead;
  public int backingOff;
  public int waiting;
  public int hung;
  public int outdated;
  public String antnodeVersion = "0.4.7";
  public String queenVersion = "0.4.7";
  public int sinceLastStopSeconds = Integer.MAX_VALUE;
  public boolean rebooted;
  public Brakes brakes = Brakes.NONE;

  public Situation concurrency(int upgrades, int starts, int removals, int operations) {
    maxUpgrades = upgrades;
    maxStarts = starts;
    maxRemovals = removals;
    maxOperations = operations;
    return this;
  }

  public Situation running(int nodes) {
    running = nodes;
    return this;
  }

  public Situation stopped(int nodes) {
    stopped = nodes;
    return this;
  }

  /** The same with outdated nodes among the running ones. */
  public Situation outdated(int nodes) {
    outdated = nodes;
    queenVersion = "0.4.6";
    return this;
  }

  public Situation cap(int nodes) {
    cap = nodes;
    return this;
  }

  public Situation cpu(double percent) {
    cpu = percent;
    return this;
  }

  public Situation disk(double percent) {
    disk = percent;
    return this;
  }

  public DecisionInput input() {
    DecisionLimits limits = new DecisionLimits(cap, cpuLimits, memoryLimits, diskLimits, loadLimits, diskReadLimits,
        diskWriteLimits, netReadLimits, netWriteLimits,
        new Concurrency(maxUpgrades, maxStarts, maxRemovals, maxOperations), Duration.ofSeconds(delayRemoveSeconds), upgrades, 0);
    HostMetrics host = new HostMetrics(Instant.EPOCH, "", known(load1), known(load5), known(load15), known(cpu),
        OptionalDouble.of(0), known(memory), known(disk), OptionalLong.of(1_000_000_000_000L), OptionalLong.of(diskReads),
        OptionalLong.of(diskWrites), OptionalLong.of(netReads), OptionalLong.of(netWrites));
    int total = running + stopped + restarting + upgrading + migrating + removing + dead + disabled;
    FleetCounts fleet = new FleetCounts(total, running, stopped, restarting, upgrading, migrating, removing, dead, backingOff,
        waiting, hung, 0, outdated, Version.parse(antnodeVersion), Version.parse(queenVersion));
    Optional<Duration> sinceLastStop = sinceLastStopSeconds == Integer.MAX_VALUE
        ? Optional.empty()
        : Optional.of(Duration.ofSeconds(sinceLastStopSeconds));
    return new DecisionInput(limits, host, fleet, sinceLastStop, rebooted, brakes);
  }

  /** NaN stands for what is unknown. */
  private static OptionalDouble known(double value) {
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  public Decision decision() {
    return DecisionEngine.decide(input());
  }

  /** The planned actions in short, such as {@code START 50, 2 ADD 40}. */
  public String plan() {
    StringBuilder text = new StringBuilder();
    for (PlannedAction action : decision().actions()) {
      text.append(text.length() == 0 ? "" : ", ")
          .append(action.count() == 1 ? "" : action.count() + " ").append(action.type()).append(' ').append(action.priority());
    }
    return text.toString();
  }

  /** The first planned action's reason. */
  public String reason() {
    return decision().actions().get(0).reason();
  }

  @Override
  public String toString() {
    return input().toString();
  }
}
