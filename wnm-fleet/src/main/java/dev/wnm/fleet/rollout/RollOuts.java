package dev.wnm.fleet.rollout;

import dev.wnm.fleet.json.UnreadableException;
import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.WantedProgram;
import dev.wnm.fleet.model.Wish;
import dev.wnm.fleet.model.WishAnswer;
import dev.wnm.fleet.transport.AtOnce;
import dev.wnm.fleet.transport.ConflictException;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.transport.Kept;
import dev.wnm.fleet.transport.OperatorLink;
import dev.wnm.fleet.transport.Wishes;
import dev.wnm.fleet.view.HostRow;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The roll-out of a fleet: there is one at a time. What is decided is kept before anything is wished for; who finds that another operator has
 * kept something since, does nothing.
 */
public final class RollOuts {
  private static final String KEY = "rollout.current";
  private static final int DIGITS = 8;
  private static final int AT_ONCE = 16;

  private final OperatorLink link;
  private final Wishes wishes;
  private final Clock clock;
  /** Operators may share one identity, and one may have several machines: who drives is one run. */
  private final String driver;

  public RollOuts(OperatorLink link, Clock clock) {
    this.link = link;
    this.clock = clock;
    driver = link.operator() + "/" + UUID.randomUUID().toString().substring(0, DIGITS);
    wishes = new Wishes(link, clock);
  }

  /** It, as it is kept; empty where there never was one. */
  public Optional<RollOut> current() throws FleetException {
    Optional<Kept> kept = kept();
    return kept.isEmpty() ? Optional.empty() : Optional.of(read(kept.get()));
  }

  private Optional<Kept> kept() throws FleetException {
    return link.records().read(KEY);
  }

  private static RollOut read(Kept kept) throws FleetException {
    try {
      return RollOutJson.read(kept.text());
    } catch (UnreadableException wrong) {
      throw new FleetException("the fleet's roll-out cannot be read: " + wrong.getMessage(), wrong);
    }
  }

  /**
   * Begins one.
   *
   * @param hosts all hosts that it is about, in the order in which they are to come
   * @throws FleetException when there is one that is not over
   */
  public RollOut begin(String id, RollOut.Order order, Waves waves, List<HostName> hosts) throws FleetException {
    Optional<Kept> before = kept();
    if (before.isPresent() && !read(before.get()).isOver()) {
      throw new FleetException("there is a roll-out that is not over, " + read(before.get()).id() + ": abort it first");
    }
    Map<HostName, WantedProgram> earlier = new HashMap<>();
    for (HostName host : hosts) {
      wishes.of(host).flatMap(Wish::program).ifPresent(program -> earlier.put(host, program));
    }
    RollOut rollOut = new RollOut(id, order, waves.over(hosts), 0, RollOut.Stage.UPGRADING, clock.instant(), RollOut.State.RUNNING, "", driver,
        Map.of(), earlier);
    link.records().write(KEY, RollOutJson.write(rollOut), before.map(Kept::revision).orElse(Kept.NONE));
    return rollOut;
  }

  /**
   * What came of a step.
   *
   * @param step what was decided
   * @param troubles of which hosts the wish could not be kept, and why; they are tried again with the next step
   */
  public record Taken(Driver.Step step, Map<HostName, String> troubles) {}

  /**
   * Takes the next step, if there is one. Only the run that drives the roll-out does: the last that began it, let it go on or paused it.
   *
   * @throws TakenOverException when that is another one
   * @throws ConflictException when another has taken it meanwhile
   */
  public Taken step(List<HostRow> rows) throws FleetException {
    Kept kept = required();
    RollOut rollOut = read(kept);
    if (!rollOut.owner().equals(driver)) {
      throw new TakenOverException(rollOut);
    }
    Driver.Step step = Driver.step(rollOut, rows, now());
    long revision = step.changes(rollOut) ? keep(step.rollOut(), kept) : kept.revision();
    Set<HostName> refused = rows.stream().filter(row -> row.state().filter(state -> state.answer().outcome() == WishAnswer.Outcome.REFUSED).isPresent())
        .map(HostRow::name).collect(Collectors.toSet());
    long since = step.rollOut().since().getEpochSecond();
    Map<HostName, String> troubles = new TreeMap<>();
    troubles.putAll(change(step.toWish(), host -> wishOf(host, wish -> wish.forwardTo(rollOut.order().program()).withHold(false), refused.contains(host) ? since : 0,
        revision)));
    troubles.putAll(change(step.toHold(), host -> wishOf(host, wish -> wish.withHold(true), 0, revision)));
    troubles.putAll(change(step.toRelease(), host -> wishOf(host, RollOuts::released, 0, revision)));
    return new Taken(step, troubles);
  }

  private static Wish released(Wish wish) {
    return wish.withHold(false);
  }

  /** Not after somebody else has decided something: this step is of before. */
  private void wishOf(HostName host, UnaryOperator<Wish> change, long since, long revision) throws FleetException {
    Optional<Wish> now = wishes.of(host);
    boolean isSo = now.isPresent() ? now.get().generation() >= since && change.apply(now.get()).wantsTheSameAs(now.get()) : isNothing(host, change);
    if (!isSo && kept().filter(record -> record.revision() == revision).isPresent()) {
      wishes.change(host, change, since);
    }
  }

  private boolean isNothing(HostName host, UnaryOperator<Wish> change) {
    Wish nothing = Wish.nothing(host, link.operator(), now());
    return change.apply(nothing).wantsTheSameAs(nothing);
  }

  /** What is wished of one of them. */
  @FunctionalInterface
  private interface Change {
    void of(HostName host) throws FleetException;
  }

  /** Several at a time: a server that is far away takes a while for each. @return of whom that failed, and why */
  private static Map<HostName, String> change(List<HostName> hosts, Change change) throws FleetException {
    Map<HostName, String> troubles = new ConcurrentHashMap<>();
    try {
      AtOnce.each(hosts, AT_ONCE, host -> {
        try {
          change.of(host);
        } catch (FleetException wrong) {
          troubles.put(host, String.valueOf(wrong.getMessage()));
        }
        return host;
      }, (host, done) -> {});
    } catch (IOException e) {
      throw new FleetException(String.valueOf(e.getMessage()), e);
    }
    return troubles;
  }

  /** Stops it until {@link #resume}. @param why who says so, for those who look */
  public RollOut pause(String why) throws FleetException {
    return change(rollOut -> rollOut.ownedBy(driver).in(RollOut.State.PAUSED, why));
  }

  /** Lets it go on, driven by this run from now on. What a wave under way has waited for counts, unless it was paused. */
  public RollOut resume() throws FleetException {
    return change(rollOut -> rollOut.state() == RollOut.State.RUNNING ? rollOut.ownedBy(driver) : rollOut.ownedBy(driver).goingOn(now()));
  }

  /**
   * What came of giving it up.
   *
   * @param troubles of which hosts the hold could not be ended, and why; to give it up once more tries again
   */
  public record Aborted(RollOut rollOut, Map<HostName, String> troubles) {}

  /** Gives it up. Hosts that have the version keep it, and go on with what they were at. */
  public Aborted abort(String why) throws FleetException {
    RollOut current = read(required());
    RollOut aborted = current.state() == RollOut.State.ABORTED ? current : change(rollOut -> rollOut.in(RollOut.State.ABORTED, why));
    return new Aborted(aborted, change(aborted.begun(), host -> {
      if (wishes.of(host).isPresent()) {
        wishes.change(host, RollOuts::released);
      }
    }));
  }

  /**
   * Has all hosts that were told to have the version have what they had before, whatever has become of the roll-out since. Their nodes go back
   * to it one first and then the others, as with a version that is new.
   *
   * @param otherwise for hosts of which the fleet does not know what they had; empty where that is to be known of all
   * @return why some could not be told, by host
   * @throws FleetException when it is not known what a host is to have; nothing was changed then
   */
  public Map<HostName, String> takeBack(String why, Optional<WantedProgram> otherwise) throws FleetException {
    Kept kept = required();
    RollOut current = read(kept);
    List<HostName> unknown = current.begun().stream().filter(host -> current.earlierOf(host).or(() -> otherwise).isEmpty()).toList();
    if (!unknown.isEmpty()) {
      throw new FleetException("the fleet does not know which program " + unknown.stream().map(HostName::text).collect(Collectors.joining(", "))
          + " had before: name it with --version and --sha256");
    }
    RollOut back = current.in(RollOut.State.TAKEN_BACK, why);
    keep(back, kept);
    Change change = host -> wishes.change(host, wish -> wish.backTo(back.earlierOf(host).or(() -> otherwise).orElseThrow()).withHold(false));
    change(back.begun(), change);
    // Once more: a run that drove it may just have been at wishing the version.
    return change(back.begun(), change);
  }

  /** @throws FleetException when it cannot go on any more */
  private RollOut change(UnaryOperator<RollOut> change) throws FleetException {
    Kept kept = required();
    RollOut rollOut = read(kept);
    if (rollOut.state() == RollOut.State.ABORTED || rollOut.state() == RollOut.State.TAKEN_BACK) {
      throw new FleetException("the roll-out " + rollOut.id() + " is over: it was " + rollOut.state().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }
    RollOut changed = change.apply(rollOut);
    keep(changed, kept);
    return changed;
  }

  private Kept required() throws FleetException {
    return kept().orElseThrow(() -> new FleetException("there is no roll-out"));
  }

  private long keep(RollOut rollOut, Kept before) throws FleetException {
    return link.records().write(KEY, RollOutJson.write(rollOut), before.revision());
  }

  private Instant now() {
    return clock.instant();
  }
}
