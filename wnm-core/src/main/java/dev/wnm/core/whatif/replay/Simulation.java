package dev.wnm.core.whatif.replay;

import dev.wnm.core.decision.Decision;
import dev.wnm.core.decision.DecisionEngine;
import dev.wnm.core.decision.DecisionInput;
import dev.wnm.core.decision.Feature;
import dev.wnm.core.decision.PlannedAction;
import dev.wnm.core.history.Measure;
import dev.wnm.core.history.Moment;
import dev.wnm.core.model.FleetCounts;
import dev.wnm.core.model.HostMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** A fleet that goes by decisions on what would have been measured. One cycle after another; not for use by several threads. */
final class Simulation {
  static final Set<Feature> PRESSURE = Set.of(Feature.REMOVE_CPU, Feature.REMOVE_MEM, Feature.REMOVE_HD, Feature.REMOVE_NETIO,
      Feature.REMOVE_HDIO, Feature.LOAD_NOT_ALLOW);
  /** How fast load averages follow the load, in seconds. */
  private static final Map<Measure, Double> LAGS = Map.of(Measure.LOAD_1, 60.0, Measure.LOAD_5, 300.0, Measure.LOAD_15, 900.0);

  private final CostModel model;
  private final Rules rules;
  private int running;
  private int stopped;
  /** When each node that starts runs. */
  private final Deque<Instant> starting = new ArrayDeque<>();
  /** When each node that is being removed is gone. */
  private final Deque<Instant> leaving = new ArrayDeque<>();
  private int dead;
  /** Nodes that are in no state that decisions look at: disabled, migrating, unreadable. */
  private int aside;
  private Optional<Instant> lastStop = Optional.empty();
  private Optional<Instant> lastCycle = Optional.empty();
  /** By how many nodes' worth load averages are above what was measured. */
  private final Map<Measure, Double> lagging = new EnumMap<>(Measure.class);
  private final Tally tally = new Tally();
  private Seen seen = new Seen(0, 0);

  /**
   * The fleet as a cycle finds it, before it does anything.
   *
   * @param nodes how many nodes there are
   * @param running how many of them run
   */
  record Seen(int nodes, int running) {}

  Simulation(CostModel model, Rules rules) {
    this.model = model;
    this.rules = rules;
  }

  private int nodes() {
    return running + stopped + starting.size() + leaving.size() + dead + aside;
  }

  Fate fate() {
    return tally.fate(seen.nodes(), seen.running());
  }

  /** Takes the fleet as it was recorded. */
  void take(Moment moment) {
    Rules.Rule rule = rules.at(moment.at());
    FleetCounts fleet = moment.fleet();
    running = fleet.running() + fleet.upgrading();
    stopped = fleet.stopped();
    dead = fleet.dead();
    aside = aside(fleet);
    starting.clear();
    starting.addAll(Collections.nCopies(fleet.restarting(), moment.at().plus(rule.delayStart())));
    leaving.clear();
    leaving.addAll(Collections.nCopies(fleet.removing(), moment.at().plus(rule.limits().delayRemove())));
    lastStop = moment.sinceLastStop().map(moment.at()::minus);
    lastCycle = Optional.empty();
    LAGS.keySet().forEach(load -> lagging.put(load, 0.0));
  }

  private static int aside(FleetCounts fleet) {
    return Math.max(0, fleet.total() - CostModel.active(fleet) - fleet.stopped() - fleet.removing() - fleet.dead());
  }

  /**
   * One cycle.
   *
   * @param moment what was recorded last
   * @param now when the cycle is; not before that
   * @param length how long until the next one
   * @return what it found
   */
  Seen cycle(Moment moment, Instant now, Duration length) {
    Rules.Rule rule = rules.at(now);
    for (; !starting.isEmpty() && !starting.peek().isAfter(now); starting.remove()) {
      running++;
    }
    while (!leaving.isEmpty() && !leaving.peek().isAfter(now)) {
      leaving.remove();
    }
    followWhatBefell(moment.fleet());
    seen = new Seen(nodes(), running);
    DecisionInput input = new DecisionInput(rule.limits().withMoreNodes(moment.beyondCap()), host(moment, now), fleet(moment.fleet()),
        lastStop.map(at -> Duration.between(at, now)), moment.rebooted() && now.equals(moment.at()), moment.brakes());
    Decision decision = DecisionEngine.decide(input);
    tally.during(running, !Collections.disjoint(decision.features().holding(), PRESSURE), length);
    decision.actions().forEach(action -> carryOut(action, decision, rule, now));
    lastCycle = Optional.of(now);
    return seen;
  }

  /** Nodes that die or are set aside are some of those that there would have been. Those that come back from aside are stopped first. */
  private void followWhatBefell(FleetCounts fleet) {
    int newlyDead = Math.max(0, fleet.dead() - dead);
    int setAside = Math.max(0, aside(fleet) - aside);
    int back = Math.max(0, aside - aside(fleet));
    int lost = Math.min(running + stopped, newlyDead + setAside);
    int fromStopped = Math.min(stopped, lost);
    stopped += back - fromStopped;
    running -= lost - fromStopped;
    dead = fleet.dead();
    aside = aside(fleet);
  }

  private FleetCounts fleet(FleetCounts recorded) {
    int backingOff = Math.min(stopped, recorded.backingOff());
    return new FleetCounts(nodes(), running, stopped, starting.size(), 0, recorded.migrating(), leaving.size(), dead, backingOff,
        Math.min(stopped - backingOff, recorded.waiting()), 0, 0, 0, Optional.empty(), Optional.empty());
  }

  private HostMetrics host(Moment moment, Instant now) {
    double more = running + starting.size() - CostModel.active(moment.fleet());
    double seconds = lastCycle.map(before -> Duration.between(before, now).toMillis() / 1_000.0).orElse(0.0);
    LAGS.forEach((load, lag) -> lagging.merge(load, more, (old, goal) -> old + (goal - old) * (1 - Math.exp(-seconds / lag))));
    return new HostMetrics(Instant.EPOCH, "", load(Measure.LOAD_1, moment), load(Measure.LOAD_5, moment), load(Measure.LOAD_15, moment),
        model.with(Measure.CPU, moment, more), model.with(Measure.IO_WAIT, moment, more), model.with(Measure.MEMORY, moment, more),
        model.with(Measure.DISK, moment, nodes() - moment.fleet().total()), OptionalLong.empty(),
        whole(model.with(Measure.DISK_READS, moment, more)), whole(model.with(Measure.DISK_WRITES, moment, more)),
        whole(model.with(Measure.NET_READS, moment, more)), whole(model.with(Measure.NET_WRITES, moment, more)));
  }

  private OptionalDouble load(Measure load, Moment moment) {
    return model.with(load, moment, lagging.getOrDefault(load, 0.0));
  }

  private static OptionalLong whole(OptionalDouble value) {
    return value.isPresent() ? OptionalLong.of(Math.round(value.getAsDouble())) : OptionalLong.empty();
  }

  private void carryOut(PlannedAction action, Decision decision, Rules.Rule rule, Instant now) {
    int count = action.count();
    switch (action.type()) {
      case ADD -> {
        starting.addAll(Collections.nCopies(count, now.plus(rule.delayStart())));
        tally.added += count;
      }
      case START -> {
        stopped -= count;
        starting.addAll(Collections.nCopies(count, now.plus(rule.delayStart())));
        tally.started += count;
      }
      case STOP -> {
        running -= count;
        stopped += count;
        tally.stopped += count;
        lastStop = Optional.of(now);
      }
      case REMOVE -> remove(action, decision, rule, now);
      case RESURVEY, SURVEY, RESTART, UPGRADE -> { }
    }
  }

  private void remove(PlannedAction action, Decision decision, Rules.Rule rule, Instant now) {
    switch (action.target()) {
      case STOPPED_NODE -> stopped -= action.count();
      case RUNNING_NODE -> {
        running -= action.count();
        leaving.addAll(Collections.nCopies(action.count(), now.plus(rule.limits().delayRemove())));
      }
      case DEAD_NODE, FLEET, NEW_NODE -> {
        return; // of the dead it is recorded when they went
      }
    }
    tally.removed += action.count();
    if (decision.features().has(Feature.REMOVE_HD)) {
      lastStop = Optional.of(now);
    }
  }
}
