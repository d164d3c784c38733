package dev.wnm.core.whatif.replay;

import dev.wnm.core.decision.Brakes;
import dev.wnm.core.decision.DecisionEngine;
import dev.wnm.core.decision.PlannedAction;
import dev.wnm.core.history.Moment;
import dev.wnm.core.history.PastOperation;
import dev.wnm.core.model.DecisionLimits;
import dev.wnm.core.model.FleetCounts;
import dev.wnm.core.model.HostMetrics;
import dev.wnm.core.model.Motive;
import dev.wnm.core.model.OperationKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/** A machine whose costs are known, on which a fleet goes by the decision engine, minute by minute; and what would be recorded of it. */
final class World {
  static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");
  static final double IDLE_CPU = 12;
  static final double CPU_A_NODE = 1.2;
  static final double IDLE_MEMORY = 20;
  static final double MEMORY_A_NODE = 0.9;
  static final double IDLE_DISK = 15;
  static final double DISK_A_NODE = 0.7;
  static final double LOAD_A_NODE = 0.08;

  private final DecisionLimits limits;
  private final Duration delayStart;
  private final Random noise;
  /** When each node that starts runs, and each that is removed is gone. */
  private final List<Instant> starting = new ArrayList<>();
  private final List<Instant> leaving = new ArrayList<>();
  private int running;
  private int stopped;
  private Optional<Instant> lastStop = Optional.empty();
  private final double[] loads = {0.3, 0.3, 0.3};
  /** How large what else the machine does is, percent of CPU. */
  private double others = 12;

  final List<Moment> moments = new ArrayList<>();
  final List<PastOperation> operations = new ArrayList<>();

  World(DecisionLimits limits, Duration delayStart, long seed) {
    this.limits = limits;
    this.delayStart = delayStart;
    noise = new Random(seed);
  }

  World startingWith(int nodes) {
    running = nodes;
    for (int i = 0; i < loads.length; i++) {
      loads[i] += nodes * LOAD_A_NODE;
    }
    return this;
  }

  World withOthers(double percent) {
    others = percent;
    return this;
  }

  /** Lets so many minutes pass. */
  World run(int minutes) {
    for (int minute = 0; minute < minutes; minute++) {
      cycle(BEGIN.plus(Duration.ofMinutes(minute)), minute);
    }
    return this;
  }

  private void cycle(Instant now, int minute) {
    int came = starting.size();
    starting.removeIf(ready -> !ready.isAfter(now));
    running += came - starting.size();
    leaving.removeIf(gone -> !gone.isAfter(now));
    FleetCounts fleet = new FleetCounts(running + stopped + starting.size() + leaving.size(), running, stopped, starting.size(), 0, 0,
        leaving.size(), 0, 0, 0, 0, Optional.empty(), Optional.empty());
    Moment moment = new Moment(now, measure(minute), fleet, lastStop.map(at -> Duration.between(at, now)), false, Brakes.NONE, 0);
    moments.add(moment);
    DecisionEngine.decide(moment.under(limits)).actions().forEach(action -> carryOut(action, now));
  }

  /** What else runs comes and goes by the hour and by chance. */
  private HostMetrics measure(int minute) {
    int active = running + starting.size();
    double wave = others * (1 + Math.sin(minute / 200.0)) / 2 + noise.nextGaussian();
    double goal = 0.3 + active * LOAD_A_NODE + wave / 50;
    double[] lags = {60, 300, 900};
    for (int i = 0; i < loads.length; i++) {
      loads[i] += (goal - loads[i]) * (1 - Math.exp(-60 / lags[i]));
    }
    return new HostMetrics(Instant.EPOCH, "", loads[0], loads[1], loads[2], percent(IDLE_CPU + CPU_A_NODE * active + wave), 0.5,
        percent(IDLE_MEMORY + MEMORY_A_NODE * active + wave / 10),
        percent(IDLE_DISK + DISK_A_NODE * (active + stopped + leaving.size())), 1L << 40, 1_000L * active, 2_000L * active,
        50_000L * active, 60_000L * active);
  }

  private static double percent(double value) {
    return Math.max(0, Math.min(100, value));
  }

  private void carryOut(PlannedAction action, Instant now) {
    for (int i = 0; i < action.count(); i++) {
      switch (action.type()) {
        case ADD -> begin(OperationKind.ADD, now);
        case START -> {
          stopped--;
          begin(OperationKind.START, now);
        }
        case STOP -> {
          running--;
          stopped++;
          lastStop = Optional.of(now);
          note(OperationKind.STOP, now);
        }
        case REMOVE -> {
          if (action.target() == PlannedAction.Target.STOPPED_NODE) {
            stopped--;
            note(OperationKind.REMOVE, now);
          } else {
            running--;
            leaving.add(now.plus(limits.delayRemove()));
            note(OperationKind.DECOMMISSION, now);
          }
        }
        case RESURVEY, SURVEY, RESTART, UPGRADE -> { }
      }
    }
  }

  private void begin(OperationKind kind, Instant now) {
    starting.add(now.plus(delayStart));
    note(kind, now);
  }

  private void note(OperationKind kind, Instant now) {
    operations.add(new PastOperation(operations.size() + 1, kind, 1, "antnode0001", new Motive("as decided", OptionalLong.of(1), ""), now,
        Optional.of(now), PastOperation.Ending.DONE, ""));
  }
}
