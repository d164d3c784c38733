package dev.wnm.core.cycle;

import dev.wnm.core.config.Options;
import dev.wnm.core.history.HistoryLimits;
import dev.wnm.core.host.Measurement;
import dev.wnm.core.host.Meter;
import dev.wnm.core.host.Sense;
import dev.wnm.core.model.DecisionLimits;
import dev.wnm.core.model.Node;
import dev.wnm.core.provisioning.StorageKeeper;
import dev.wnm.core.state.ClockKeeper;
import dev.wnm.core.store.ColonyStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a run makes of the machine: what it measures, which time it is, and what of it the next run needs. */
final class MachineWatch {
  private static final System.Logger LOG = System.getLogger(MachineWatch.class.getName());
  /** History thins by the hour, and looking for what has had its time is a tenth of a short cycle's work. */
  private static final Duration THIN_EVERY = Duration.ofHours(1);

  private final CycleContext context;
  private final Meter meter;
  private final StorageKeeper storages;
  private Optional<Measurement> latest = Optional.empty();

  MachineWatch(CycleContext context, Meter meter, StorageKeeper storages) {
    this.context = context;
    this.meter = meter;
    this.storages = storages;
  }

  /** Measures the machine, as far as nodes and settings need it. */
  Measurement measure() {
    Measurement now = meter.measure(storages.measurable(context.fleet().nodes()), context.fleet().processes(), context.store().counters());
    latest = Optional.of(now);
    return now;
  }

  /** What was measured last in this run, or is now. */
  Measurement latest() {
    return latest.orElseGet(this::measure);
  }

  /** The disks that nodes are on. */
  NodeDisks disks(Measurement measurement) {
    return new NodeDisks(measurement.storages(), Set.copyOf(storages.ofNewNodes()), node -> context.specs().storageOf(node).path(),
        context.settings().decisionLimits().disk());
  }

  /**
   * Takes all that is written of times to what it is by the clock of today.
   *
   * @param measurement what was measured now
   */
  void followClock(Measurement measurement) {
    ClockKeeper clock = ClockKeeper.between(context.store().counters(), measurement.counters(), context.now());
    clock.words().ifPresent(words -> LOG.log(System.Logger.Level.WARNING, words));
    List<Node> moved = context.fleet().nodes().stream().flatMap(node -> clock.moved(node).stream()).toList();
    if (!moved.isEmpty() && clock.jump().isZero()) {
      LOG.log(System.Logger.Level.WARNING, "{0} nodes have times in the future, as after a clock that was set back: these count"
          + " as just now", moved.size());
    }
    context.state().follow(clock);
    if (!context.isDryRun()) {
      ColonyStore store = context.store();
      store.waves().stream().filter(wave -> !clock.wave(wave).equals(wave)).forEach(wave -> store.save(clock.wave(wave)));
      store.trials().stream().filter(trial -> !clock.trial(trial).equals(trial)).forEach(trial -> store.save(clock.trial(trial)));
      if (!moved.isEmpty()) {
        store.save(moved);
      }
    }
    context.replace(moved);
  }

  /** Says what cannot be measured, as far as settings depend on it; what the last cycle said already is not repeated. */
  void warnOfDoubts(Measurement measurement) {
    DecisionLimits limits = context.settings().decisionLimits();
    context.state().newDoubts(measurement.doubts().entrySet().stream().filter(doubt -> switch (doubt.getKey()) {
      case DISK_TRAFFIC -> isRateLimited(limits.diskReads()) || isRateLimited(limits.diskWrites());
      case NETWORK_TRAFFIC -> isRateLimited(limits.netReads()) || isRateLimited(limits.netWrites());
      case CPU -> isShareLimited(limits.cpu());
      case MEMORY -> isShareLimited(limits.memory());
      case DISK_SPACE -> isShareLimited(limits.disk());
      case LOAD, REBOOTS -> true;
    }).map(doubt -> doubt.getValue() + (doubt.getKey() == Sense.REBOOTS ? ""
        : "; until it is known, no node is started or added" + (doubt.getKey() == Sense.DISK_SPACE ? " there" : "")
            + ", and none stopped or removed for it")).toList())
        .forEach(doubt -> LOG.log(System.Logger.Level.WARNING, doubt));
  }

  private static boolean isRateLimited(DecisionLimits.Band band) {
    return band.lessThan() != 0 || band.remove() != 0;
  }

  private static boolean isShareLimited(DecisionLimits.Band band) {
    return band.lessThan() < 100 || band.remove() < 100;
  }

  /** Leaves for the next cycle what it needs. */
  void leave(Measurement measurement) {
    if (context.isDryRun()) {
      return;
    }
    context.state().booted(measurement.metrics().bootId());
    boolean thin = !context.state().thinnedWithin(THIN_EVERY, context.now());
    if (thin) {
      context.state().thinned(context.now());
    }
    context.saveState();
    if (thin) {
      context.store().thin(context.now(), new HistoryLimits(Duration.ofDays(context.settings().get(Options.HISTORY_DAYS)),
          context.settings().get(Options.HISTORY_MEGABYTES) * 1_000_000L));
    }
  }
}
