package dev.wnm.core.whatif.replay;

import dev.wnm.core.decision.DecisionEngine;
import dev.wnm.core.history.Moment;
import dev.wnm.core.history.PastOperation;
import dev.wnm.core.history.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Plays what was recorded again. */
public final class Replay {
  /** Why a person's orders were carried out, before the journal told who had asked. */
  private static final String BY_HAND = "forced";
  private static final Duration MINUTE = Duration.ofMinutes(1);
  /** So long without a moment is no gap, however often there are some else. */
  private static final Duration SHORTEST_GAP = Duration.ofMinutes(10);
  /** History as old as that has no moment for each cycle, so that these do not tell how often there was one. */
  private static final Duration THINNED = Duration.ofMinutes(10);
  /** How many intervals on each side tell what is usual at a time. */
  private static final int AROUND = 10;
  private static final int MOST_POINTS = 200;

  private final List<Moment> moments;
  /** How long each moment stands for. */
  private final List<Duration> lengths;
  private final List<TimeRange> gaps = new ArrayList<>();
  private final Duration cycle;

  private Replay(List<Moment> moments) {
    this.moments = moments;
    List<Duration> usual = usualIntervals(moments);
    Duration shortest = usual.stream().min(Duration::compareTo).orElse(MINUTE);
    cycle = shortest.compareTo(THINNED) >= 0 ? MINUTE : shortest;
    lengths = new ArrayList<>();
    for (int i = 0; i < moments.size(); i++) {
      Duration most = usual.get(i).multipliedBy(3).compareTo(SHORTEST_GAP) > 0 ? usual.get(i).multipliedBy(3) : SHORTEST_GAP;
      Instant end = moments.get(i).at().plus(usual.get(i));
      if (i + 1 < moments.size()) {
        Instant next = moments.get(i + 1).at();
        if (Duration.between(moments.get(i).at(), next).compareTo(most) > 0) {
          gaps.add(new TimeRange(end, next));
        } else {
          end = next;
        }
      }
      lengths.add(Duration.between(moments.get(i).at(), end));
    }
  }

  /**
   * Plays it.
   *
   * @param moments what was recorded, the oldest first; at least one
   * @param operations what was done in that time, in any order
   * @param recorded the settings that held
   * @param asked those that are tried
   * @param settings the difference between both, as texts by name
   */
  public static Replayed run(List<Moment> moments, List<PastOperation> operations, Rules recorded, Rules asked,
      Map<String, String> settings) {
    if (moments.isEmpty()) {
      throw new IllegalArgumentException("nothing is recorded");
    }
    return new Replay(moments).run(operations, recorded, asked, settings);
  }

  private Replayed run(List<PastOperation> operations, Rules recorded, Rules asked, Map<String, String> settings) {
    CostModel model = CostModel.of(moments);
    Simulation simulation = new Simulation(model, asked);
    Simulation check = new Simulation(model, recorded);
    List<Replayed.Point> course = new ArrayList<>();
    double off = 0;
    double seconds = 0;
    int every = Math.max(1, (moments.size() + MOST_POINTS - 1) / MOST_POINTS);
    for (int i = 0; i < moments.size(); i++) {
      Moment moment = moments.get(i);
      if (i == 0 || followsGap(i)) {
        simulation.take(moment);
        check.take(moment);
      }
      Simulation.Seen seen = play(simulation, i);
      off += Math.abs(play(check, i).running() - moment.fleet().running() - moment.fleet().upgrading()) * (double) lengths.get(i).toSeconds();
      seconds += lengths.get(i).toSeconds();
      if (i % every == 0 || i == moments.size() - 1) {
        course.add(new Replayed.Point(moment.at(), moment.fleet().total(), moment.fleet().running(), seen.nodes(), seen.running()));
      }
    }
    int last = moments.size() - 1;
    return new Replayed(new TimeRange(moments.get(0).at(), moments.get(last).at().plus(lengths.get(last))), settings, moments.size(), gaps,
        really(operations, recorded), (int) operations.stream().filter(Replay::isByHand).count(), simulation.fate(),
        seconds == 0 ? 0 : off / seconds, model.fits(), course);
  }

  private boolean followsGap(int i) {
    return moments.get(i - 1).at().plus(lengths.get(i - 1)).isBefore(moments.get(i).at());
  }

  /** As many cycles as there were while a moment lasted. @return what the first one found */
  private Simulation.Seen play(Simulation simulation, int i) {
    Instant now = moments.get(i).at();
    Instant end = now.plus(lengths.get(i));
    Instant next = next(now, end);
    Simulation.Seen seen = simulation.cycle(moments.get(i), now, Duration.between(now, next));
    while (next.isBefore(end)) {
      now = next;
      next = next(now, end);
      simulation.cycle(moments.get(i), now, Duration.between(now, next));
    }
    return seen;
  }

  /** A rest of less than half a cycle belongs to the last one: cycles are not on the second. */
  private Instant next(Instant now, Instant end) {
    Instant next = now.plus(cycle);
    return next.plus(cycle.dividedBy(2)).isBefore(end) ? next : end;
  }

  private Fate really(List<PastOperation> operations, Rules recorded) {
    Tally tally = new Tally();
    for (int i = 0; i < moments.size(); i++) {
      Moment moment = moments.get(i);
      boolean pressure = !Collections.disjoint(
          DecisionEngine.decide(moment.under(recorded.at(moment.at()).limits())).features().holding(), Simulation.PRESSURE);
      tally.during(moment.fleet().running(), pressure, lengths.get(i));
    }
    for (PastOperation operation : operations) {
      if (operation.ending() == PastOperation.Ending.DONE && !isByHand(operation)) {
        switch (operation.kind()) {
          case ADD -> tally.added++;
          case START -> tally.started++;
          case STOP -> tally.stopped++;
          // A running node is decommissioned first, and that is when it was decided.
          case DECOMMISSION -> tally.removed++;
          case REMOVE -> tally.removed += operation.motive().decision().isPresent() && !operation.motive().reason().contains(" dead") ? 1 : 0;
          case RESTART, UPGRADE, DISABLE, ENABLE -> { }
        }
      }
    }
    Moment last = moments.get(moments.size() - 1);
    return tally.fate(last.fleet().total(), last.fleet().running());
  }

  private static boolean isByHand(PastOperation operation) {
    return !operation.motive().askedBy().isEmpty() || operation.motive().reason().equals(BY_HAND);
  }

  /** How far apart moments are around each of them. */
  private static List<Duration> usualIntervals(List<Moment> moments) {
    ToLongFunction<Integer> interval = i -> Duration.between(moments.get(i).at(), moments.get(i + 1).at()).toSeconds();
    List<Duration> usual = new ArrayList<>();
    for (int i = 0; i < moments.size(); i++) {
      List<Long> around = new ArrayList<>();
      for (int j = Math.max(0, i - AROUND); j < Math.min(moments.size() - 1, i + AROUND); j++) {
        around.add(interval.applyAsLong(j));
      }
      Collections.sort(around);
      usual.add(around.isEmpty() ? MINUTE : Duration.ofSeconds(Math.max(1, around.get(around.size() / 2))));
    }
    return usual;
  }
}
