package dev.wnm.fleet.simulate;

import dev.wnm.core.decision.ActionType;
import dev.wnm.core.decision.Brakes;
import dev.wnm.core.decision.DecisionEngine;
import dev.wnm.core.decision.DecisionInput;
import dev.wnm.core.decision.PlannedAction;
import dev.wnm.core.model.DecisionLimits;
import dev.wnm.core.model.DecisionLimits.Band;
import dev.wnm.core.model.DecisionLimits.Concurrency;
import dev.wnm.core.model.FleetCounts;
import dev.wnm.core.model.HostMetrics;
import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.HostState;
import dev.wnm.fleet.model.Labels;
import dev.wnm.fleet.model.WishAnswer;
import dev.wnm.fleet.view.Belief;
import dev.wnm.fleet.view.HostRow;
import dev.wnm.spi.model.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A host that exists in memory only: idle but for its upgrades, of which the real decision engine decides. */
final class SimulatedHost {
  private static final int NO_LIMIT = 100;
  private static final HostMetrics IDLE = new HostMetrics(Instant.EPOCH, "boot", 0, 0, 0, 1, 0, 1, 1, 1L << 40, 0, 0, 0, 0);
  private static final Band ANY = new Band(NO_LIMIT, NO_LIMIT);
  private static final Band OFF = new Band(0, 0);

  private final HostName name;
  private final Version old;
  private final Pace pace;
  private final Deque<Instant> underWay = new ArrayDeque<>();
  private final Deque<Instant> dying = new ArrayDeque<>();
  private int outdated;
  private int updated;
  private int dead;
  private Optional<Version> wished = Optional.empty();
  private Optional<Instant> settled = Optional.empty();
  private boolean held;
  private Optional<HostRow> row = Optional.empty();

  SimulatedHost(HostName name, int nodes, Version old, Pace pace) {
    this.name = name;
    this.old = old;
    this.pace = pace;
    outdated = nodes;
  }

  HostName name() {
    return name;
  }

  void wish(Version version) {
    row = wished.isEmpty() ? Optional.empty() : row;
    wished = Optional.of(version);
    held = false;
  }

  void hold() {
    held = true;
  }

  /** How many nodes have, or had, the version. */
  int reached() {
    return updated + dead + underWay.size();
  }

  /** Whether something will change by itself. */
  boolean isBusy() {
    return !underWay.isEmpty() || !dying.isEmpty() || wished.isPresent() && !held && outdated > 0;
  }

  /** Lets what was due happen, and begins what the decision engine says. */
  void cycle(Instant now, Quality quality) {
    while (!underWay.isEmpty() && !underWay.peekFirst().isAfter(now)) {
      Instant done = underWay.removeFirst();
      updated++;
      settled = settled.or(() -> Optional.of(done.plus(pace.settling())));
      quality.killsAfter().ifPresent(after -> dying.addLast(done.plus(after)));
      row = Optional.empty();
    }
    while (!dying.isEmpty() && !dying.peekFirst().isAfter(now)) {
      dying.removeFirst();
      updated--;
      dead++;
      row = Optional.empty();
    }
    if (wished.isPresent() && !held && outdated > 0) {
      int more = DecisionEngine.decide(input(wished.get(), now)).actions().stream().filter(action -> action.type() == ActionType.UPGRADE)
          .mapToInt(PlannedAction::count).sum();
      for (int i = 0; i < more; i++) {
        underWay.addLast(now.plus(pace.each()));
        outdated--;
        row = Optional.empty();
      }
    }
  }

  private DecisionInput input(Version version, Instant now) {
    int nodes = outdated + updated + underWay.size() + dead;
    FleetCounts counts = new FleetCounts(nodes, outdated + updated, dead, 0, underWay.size(), 0, 0, 0, dead, 0, outdated, Optional.of(version),
        Optional.of(old));
    DecisionLimits limits = new DecisionLimits(nodes, ANY, ANY, ANY, new Band(Double.MAX_VALUE, Double.MAX_VALUE), OFF, OFF, OFF, OFF,
        new Concurrency(pace.atOnce(), 1, 1, pace.atOnce()), Duration.ZERO, true, 0);
    boolean isTrial = settled.isEmpty() || settled.get().isAfter(now);
    Optional<String> trial = isTrial && updated > 0 ? Optional.of("the first has to prove itself") : Optional.empty();
    return new DecisionInput(limits, IDLE, counts, Optional.empty(), false, new Brakes(trial, isTrial, Optional.empty(), Optional.empty()));
  }

  /** As an operator sees it. */
  HostRow row(Instant now) {
    HostRow seen = row.orElseGet(() -> new HostRow(name, Belief.WELL, Optional.of(state(now)), Optional.of(now), Optional.of(Duration.ZERO), now, List.of()));
    row = Optional.of(seen);
    return seen;
  }

  private HostState state(Instant now) {
    Map<String, Integer> statuses = new HashMap<>();
    statuses.put("RUNNING", outdated + updated);
    statuses.put("UPGRADING", underWay.size());
    statuses.put("DEAD", dead);
    Map<String, Integer> versions = new HashMap<>();
    versions.put(old.text(), outdated);
    wished.ifPresent(version -> versions.put(version.text(), updated));
    return new HostState(name, new HostState.Run(name.text(), "boot", 1, Optional.empty()), now, Labels.NONE, "", pace.cycle(),
        new HostState.Nodes(statuses, versions, OptionalInt.empty(), OptionalInt.of(dead), Optional.of(now)), List.of(),
        new HostState.Outlook("well", "", List.of(), List.of(), List.of(), "", Optional.empty()), Map.of(), Optional.empty(),
        wished.isPresent() ? new WishAnswer(1, WishAnswer.Outcome.APPLIED, "") : WishAnswer.NONE);
  }
}
