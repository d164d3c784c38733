package dev.wnm.fleet.rollout;

import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.WantedProgram;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A version on its way through a fleet. It is kept whole after each step ({@link RollOutJson}), so that any operator's machine goes on with
 * it where another was switched off; that two do so at once is kept off by comparing revisions.
 *
 * @param id a word for it
 * @param order what was ordered
 * @param waves which hosts come in which wave
 * @param at the wave under way, from 0; as many as there are waves when all are done
 * @param stage how far that wave is
 * @param since when that stage began
 * @param state whether it goes on
 * @param why why it does not; empty otherwise
 * @param owner which run of which operator drives it, such as {@code anna/1a2b3c4d}
 * @param before nodes of each host when its wave began
 * @param earlier what each host was to have before; hosts that were to have nothing are not in it
 */
public record RollOut(String id, Order order, List<List<HostName>> waves, int at, Stage stage, Instant since, State state, String why, String owner,
    Map<HostName, Integer> before, Map<HostName, WantedProgram> earlier) {
  public RollOut {
    waves = waves.stream().map(List::copyOf).toList();
    before = Map.copyOf(new TreeMap<>(before));
    earlier = Map.copyOf(new TreeMap<>(earlier));
  }

  /**
   * What was ordered.
   *
   * @param program what the nodes are to be of
   * @param gate what has to hold
   * @param soak how long it has to hold before the next wave
   * @param patience how long the hosts of a wave may take to get the version
   * @param mostSilentPercent of more hosts than this it may not be unknown how they do
   */
  public record Order(WantedProgram program, Gate gate, Duration soak, Duration patience, int mostSilentPercent) {}

  /** How far a wave is. */
  public enum Stage {
    /** The version is wished of its hosts, and not everywhere yet. */
    UPGRADING,
    /** All have it; the gate has to hold for a while. */
    SOAKING
  }

  /** Whether it goes on. */
  public enum State {
    /** It does. */
    RUNNING,
    /** Somebody, or the gate, has stopped it; it can go on. */
    PAUSED,
    /** All hosts have the version. */
    DONE,
    /** It was given up; hosts that have the version keep it. */
    ABORTED,
    /** Hosts were told to have what they had before. */
    TAKEN_BACK
  }

  /** Whether nothing will come of it any more by itself. */
  public boolean isOver() {
    return state == State.DONE || state == State.ABORTED || state == State.TAKEN_BACK;
  }

  /** Hosts whose wave has begun. */
  public List<HostName> begun() {
    return waves.stream().limit(at + 1L).flatMap(List::stream).toList();
  }

  /** Hosts of the wave under way; none where all are done. */
  public List<HostName> underWay() {
    return at < waves.size() ? waves.get(at) : List.of();
  }

  /** All hosts that it is about. */
  public List<HostName> hosts() {
    return waves.stream().flatMap(List::stream).toList();
  }

  RollOut with(int wave, Stage newStage, Instant now, Map<HostName, Integer> newBefore) {
    return new RollOut(id, order, waves, wave, newStage, now, state, why, owner, newBefore, earlier);
  }

  /** The same in another state, for a reason. */
  public RollOut in(State newState, String reason) {
    return new RollOut(id, order, waves, at, stage, since, newState, reason, owner, before, earlier);
  }

  /** The same, driven by another run. */
  public RollOut ownedBy(String who) {
    return new RollOut(id, order, waves, at, stage, since, state, why, who, before, earlier);
  }

  /** The same that goes on from now: what was waited for before is waited for anew. */
  public RollOut goingOn(Instant now) {
    return new RollOut(id, order, waves, at, stage, now, State.RUNNING, "", owner, before, earlier);
  }

  /** The same without hosts that are none of these. */
  RollOut of(Set<HostName> members) {
    List<List<HostName>> left = waves.stream().map(wave -> wave.stream().filter(members::contains).toList()).toList();
    return new RollOut(id, order, left, at, stage, since, state, why, owner, before, earlier);
  }

  /** What a host was to have before it; empty where that was its own affair. */
  public Optional<WantedProgram> earlierOf(HostName host) {
    return Optional.ofNullable(earlier.get(host));
  }
}
