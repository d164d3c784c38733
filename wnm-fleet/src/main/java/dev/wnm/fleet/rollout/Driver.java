package dev.wnm.fleet.rollout;

import dev.wnm.core.query.Truth;
import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.HostState;
import dev.wnm.fleet.model.WishAnswer;
import dev.wnm.fleet.view.HostRow;
import dev.wnm.spi.internal.Human;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Decides what comes next in a roll-out. Pure: it is given what is believed of the hosts, and says what to wish of whom. It goes by what is
 * there, not by what it did before: a step that was cut off is simply taken again.
 */
public final class Driver {
  private Driver() {}

  /**
   * What comes next.
   *
   * @param rollOut as it is to be kept
   * @param toWish of whom the version is to be wished; those that have the wish already may be among them
   * @param toHold who is to begin nothing new until it goes on: nodes that do not have the version yet are not to get it now
   * @param toRelease who has the version, and is to be on hold no more if it was
   * @param figures how the hosts do that have it
   * @param words what it waits for, or why it stopped, in a sentence
   */
  public record Step(RollOut rollOut, List<HostName> toWish, List<HostName> toHold, List<HostName> toRelease, Figures figures, String words) {
    public Step {
      toWish = List.copyOf(toWish);
      toHold = List.copyOf(toHold);
      toRelease = List.copyOf(toRelease);
    }

    /** Whether it differs from what is kept. */
    public boolean changes(RollOut kept) {
      return !rollOut.equals(kept);
    }
  }

  /** @param rows what is believed of all hosts of the fleet */
  public static Step step(RollOut kept, List<HostRow> rows, Instant now) {
    Map<HostName, HostRow> byName = rows.stream().collect(Collectors.toMap(HostRow::name, Function.identity()));
    // A host that was let in no more would be waited for for ever.
    RollOut rollOut = kept.isOver() ? kept : kept.of(byName.keySet());
    Figures figures = figures(rollOut, byName);
    if (rollOut.state() == RollOut.State.PAUSED) {
      return paused(rollOut, byName, figures);
    }
    if (rollOut.state() != RollOut.State.RUNNING) {
      return step(rollOut, figures, rollOut.why());
    }
    if (rollOut.at() >= rollOut.waves().size()) {
      return step(rollOut.in(RollOut.State.DONE, ""), figures, "all hosts have it");
    }
    Optional<String> stop = stop(rollOut, byName, figures);
    if (stop.isPresent()) {
      return paused(rollOut.in(RollOut.State.PAUSED, stop.get()), byName, figures);
    }
    RollOut begun = remembering(rollOut, byName);
    return begun.stage() == RollOut.Stage.UPGRADING ? upgrading(begun, byName, figures, now) : soaking(begun, byName, figures, now);
  }

  /** How many nodes a host had is counted once, when its wave begins. */
  private static RollOut remembering(RollOut rollOut, Map<HostName, HostRow> byName) {
    Map<HostName, Integer> before = new HashMap<>(rollOut.before());
    // Of one that is silent just now what it said last: what has died since would not be missed else.
    rollOut.underWay().forEach(host -> Optional.ofNullable(byName.get(host)).flatMap(HostRow::state).ifPresent(state -> before.putIfAbsent(host, staying(state))));
    return before.equals(rollOut.before()) ? rollOut : rollOut.with(rollOut.at(), rollOut.stage(), rollOut.since(), before);
  }

  /** Nodes that are meant to run: those that an operator has disabled, and those on their way out, are not. */
  private static int staying(HostState state) {
    return state.nodes().total() - state.nodes().in("DISABLED") - state.nodes().in("REMOVING") - state.nodes().in("STOPPED");
  }

  private static Optional<String> stop(RollOut rollOut, Map<HostName, HostRow> byName, Figures figures) {
    if (figures.silentPercent().orElse(0) > rollOut.order().mostSilentPercent()) {
      return Optional.of(figures.silent() + " of " + figures.hosts() + " hosts that have it are silent, more than "
          + rollOut.order().mostSilentPercent() + " %: nobody knows how they do");
    }
    // Between two waves, nodes that are being upgraded do not run for a while: what the gate asks of those has to hold later.
    if (rollOut.stage() == RollOut.Stage.SOAKING && rollOut.order().gate().test(figures) == Truth.NO) {
      return Optional.of("the gate '" + rollOut.order().gate() + "' does not hold: " + figures.inWords());
    }
    if (rollOut.stage() == RollOut.Stage.UPGRADING && isWorseThanUpgrading(rollOut, figures)) {
      return Optional.of("the gate '" + rollOut.order().gate() + "' cannot hold any more: " + figures.inWords());
    }
    Optional<String> setback = rollOut.underWay().stream().flatMap(host -> setback(rollOut, byName, host).stream()).findFirst();
    if (setback.isPresent()) {
      return setback;
    }
    List<String> refusals = rollOut.underWay().stream().flatMap(host -> refusal(rollOut, byName, host).stream()).toList();
    return refusals.isEmpty() ? Optional.empty() : Optional.of(refusals.size() + (refusals.size() == 1 ? " host refuses it: " : " hosts refuse it: ")
        + String.join("; ", refusals.subList(0, Math.min(3, refusals.size()))));
  }

  /** What would hold if all nodes ran that are not dead: if not even that, waiting does not help. */
  private static boolean isWorseThanUpgrading(RollOut rollOut, Figures figures) {
    int atBest = Math.max(0, figures.nodes() - figures.dead());
    Figures best = new Figures(figures.hosts(), figures.silent(), figures.nodes(), atBest, figures.dead(), 0, atBest, figures.alone());
    return rollOut.order().gate().test(best) == Truth.NO;
  }

  private static Optional<String> refusal(RollOut rollOut, Map<HostName, HostRow> byName, HostName host) {
    return state(byName, host).filter(state -> hasRefused(rollOut, state) && !isThere(rollOut, state))
        .map(state -> host + ": " + state.answer().reason());
  }

  /** What it refused before this stage began, it is asked again. */
  private static boolean hasRefused(RollOut rollOut, HostState state) {
    return state.answer().outcome() == WishAnswer.Outcome.REFUSED && state.answer().generation() >= rollOut.since().getEpochSecond();
  }

  /** What a host found out about the version by itself: its wnm gives it to no further node, and those that had it have their old one again. */
  private static Optional<String> setback(RollOut rollOut, Map<HostName, HostRow> byName, HostName host) {
    String version = rollOut.order().program().version();
    return state(byName, host).filter(state -> !isThere(rollOut, state)).flatMap(state -> state.outlook().troubles().stream()
        .filter(trouble -> trouble.isSetbackOf(version)).findFirst())
        .map(trouble -> host + ": " + trouble.what());
  }

  private static Step upgrading(RollOut rollOut, Map<HostName, HostRow> byName, Figures figures, Instant now) {
    List<HostName> missing = missing(rollOut, byName);
    Duration waited = Duration.between(rollOut.since(), now);
    if (missing.isEmpty()) {
      return step(rollOut.with(rollOut.at(), RollOut.Stage.SOAKING, now, rollOut.before()), figures,
          "wave " + (rollOut.at() + 1) + " has it; the gate has to hold for " + Human.time(rollOut.order().soak()));
    }
    if (waited.compareTo(rollOut.order().patience()) > 0) {
      String why = "wave " + (rollOut.at() + 1) + " does not have it after " + Human.time(waited) + ": " + names(missing);
      return paused(rollOut.in(RollOut.State.PAUSED, why), byName, figures);
    }
    List<HostName> through = rollOut.underWay().stream().filter(host -> !missing.contains(host)).toList();
    return new Step(rollOut, missing, List.of(), through, figures, "wave " + (rollOut.at() + 1) + " of " + rollOut.waves().size() + " gets it; not there yet: " + names(missing));
  }

  private static List<HostName> missing(RollOut rollOut, Map<HostName, HostRow> byName) {
    return rollOut.underWay().stream().filter(host -> lately(byName, host).filter(state -> isThere(rollOut, state)).isEmpty()).toList();
  }

  private static Step paused(RollOut rollOut, Map<HostName, HostRow> byName, Figures figures) {
    return new Step(rollOut, List.of(), missing(rollOut, byName), List.of(), figures, rollOut.why());
  }

  /** Where nothing is to be wished of anybody, but for what a pause before may have left. */
  private static Step step(RollOut rollOut, Figures figures, String words) {
    return new Step(rollOut, List.of(), List.of(), rollOut.isOver() ? rollOut.begun() : rollOut.underWay(), figures, words);
  }

  private static Step soaking(RollOut rollOut, Map<HostName, HostRow> byName, Figures figures, Instant now) {
    Duration left = rollOut.order().soak().minus(Duration.between(rollOut.since(), now));
    if (!left.isNegative() && !left.isZero()) {
      return step(rollOut, figures, "wave " + (rollOut.at() + 1) + " of " + rollOut.waves().size() + " soaks for another " + Human.time(left)
          + "; " + figures.inWords());
    }
    boolean isEmpty = figures.nodes() == 0 && figures.silent() == 0;
    if (!isEmpty && rollOut.order().gate().test(figures) != Truth.YES) {
      return step(rollOut, figures, "whether the gate '" + rollOut.order().gate() + "' holds is not known yet: " + figures.inWords());
    }
    int next = rollOut.at() + 1;
    if (next >= rollOut.waves().size()) {
      return step(rollOut.with(next, RollOut.Stage.SOAKING, now, rollOut.before()).in(RollOut.State.DONE, ""), figures, "all hosts have it");
    }
    RollOut begun = remembering(rollOut.with(next, RollOut.Stage.UPGRADING, now, rollOut.before()), byName);
    return new Step(begun, begun.underWay(), List.of(), rollOut.underWay(), figures, "wave " + (next + 1) + " of " + begun.waves().size() + " begins: " + names(begun.underWay()));
  }

  /** Whether all nodes of a host that run have the version, and it is known which do; one without nodes has it as soon as it says that the wish is in force. */
  private static boolean isThere(RollOut rollOut, HostState state) {
    int running = state.nodes().byVersion().values().stream().mapToInt(Integer::intValue).sum();
    int updated = state.nodes().ofVersion(rollOut.order().program().version());
    return running > 0 ? updated == running && state.nodes().in("UPGRADING") == 0 && state.nodes().in("UNKNOWN") == 0
        : state.answer().outcome() == WishAnswer.Outcome.APPLIED && state.nodes().total() == 0;
  }

  private static Figures figures(RollOut rollOut, Map<HostName, HostRow> byName) {
    List<HostName> begun = rollOut.begun();
    Set<HostName> has = new HashSet<>(begun);
    String version = rollOut.order().program().version();
    int silent = 0;
    int nodes = 0;
    int running = 0;
    int dead = 0;
    int unknown = 0;
    int updated = 0;
    for (HostName host : begun) {
      Optional<HostState> state = lately(byName, host);
      if (state.isEmpty()) {
        silent++;
        continue;
      }
      nodes += Math.max(rollOut.before().getOrDefault(host, 0), staying(state.get()));
      running += state.get().nodes().in("RUNNING");
      dead += state.get().nodes().in("DEAD");
      unknown += state.get().nodes().in("UNKNOWN");
      updated += state.get().nodes().ofVersion(version);
    }
    int alone = byName.values().stream().filter(row -> !has.contains(row.name())).flatMap(row -> row.fresh().stream())
        .mapToInt(state -> state.nodes().ofVersion(version)).sum();
    return new Figures(begun.size(), silent, nodes, running, dead, unknown, updated, alone);
  }

  private static Optional<HostState> state(Map<HostName, HostRow> byName, HostName host) {
    return Optional.ofNullable(byName.get(host)).flatMap(HostRow::fresh);
  }

  /** The same, if it tells of a look at the nodes that was not long ago. */
  private static Optional<HostState> lately(Map<HostName, HostRow> byName, HostName host) {
    return state(byName, host).filter(HostState::isOfLate);
  }

  private static String names(List<HostName> hosts) {
    List<String> some = new ArrayList<>(hosts.stream().limit(5).map(HostName::text).toList());
    return String.join(", ", some) + (hosts.size() > some.size() ? " and " + (hosts.size() - some.size()) + " more" : "");
  }
}
