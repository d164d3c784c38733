package dev.wnm.core.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What a roll-out of an image has come to with one container group. Kept until the roll-out is over, so that one that was cut
 * off can be judged and gone on with.
 *
 * @param group the group's name
 * @param image what it is brought to, as the settings named it
 * @param state how far that has come
 * @param before what its container was made from before, by which it can be put back; empty when that is not known
 * @param ran the numbers of its nodes that ran before
 * @param begunAt when it was begun with this group, whole seconds
 * @param life what tells the container's present run from others; empty when it has not run yet
 * @param wellSince since when it does well in that run, whole seconds
 */
public record RollOutStep(String group, String image, State state, Optional<String> before, Set<Integer> ran, Instant begunAt,
    String life, Optional<Instant> wellSince) {

  /** How far it has come. */
  public enum State {
    /** It has its old image. */
    WAITING,
    /** It is being made anew, or has to show how it does. */
    UNDER_WAY,
    /** It does well with the new image. */
    DONE
  }

  public RollOutStep {
    ran = Set.copyOf(ran);
  }

  /** One whose turn has not come. */
  public static RollOutStep waiting(String group, String image, Instant now) {
    return new RollOutStep(group, image, State.WAITING, Optional.empty(), Set.of(), now, "", Optional.empty());
  }

  /** The same now that it is about to be made anew. */
  public RollOutStep begun(Optional<String> imageBefore, Set<Integer> nodes, Instant now) {
    return new RollOutStep(group, image, State.UNDER_WAY, imageBefore, nodes, now, "", Optional.empty());
  }

  /** The same after a look at it. @param well whether it does well; what went before in another run does not count */
  public RollOutStep seen(String run, boolean well, Instant now) {
    Optional<Instant> since = run.equals(life) ? wellSince : Optional.empty();
    return new RollOutStep(group, image, state, before, ran, begunAt, run, well ? since.or(() -> Optional.of(now)) : Optional.empty());
  }

  /** The same now that it has shown that it does well. */
  public RollOutStep done() {
    return new RollOutStep(group, image, State.DONE, before, ran, begunAt, life, wellSince);
  }

  /** Whether it was done well for so long. */
  public boolean isWellFor(Duration time, Instant now) {
    return wellSince.filter(since -> !since.plus(time).isAfter(now)).isPresent();
  }

  /** Whether it is under way. */
  public boolean isUnderWay() {
    return state == State.UNDER_WAY;
  }
}
