package dev.wnm.core.observation;

import dev.wnm.core.model.Node;
import dev.wnm.spi.manager.ProcessState;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Chooses which nodes an action hits. A row may be out of date by the time something irreversible is to be done on the
 * strength of it, so candidates are looked at once more, and only those whose state is confirmed are chosen.
 */
public final class Targets {
  private final NodeObserver observer;
  private final Clock clock;
  private final List<Node> corrected = new ArrayList<>();

  public Targets(NodeObserver observer, Clock clock) {
    this.observer = observer;
    this.clock = clock;
  }

  /** The first {@code wanted} of these candidates that are confirmed to run. */
  public List<Node> running(List<Node> candidates, int wanted) {
    return confirmed(candidates, wanted, Observation::confirmsRunning);
  }

  /** The first {@code wanted} of these candidates that are confirmed to be stopped, with their folders. */
  public List<Node> stopped(List<Node> candidates, int wanted) {
    return confirmed(candidates, wanted, Observation::confirmsStopped);
  }

  /** The first {@code wanted} of these candidates that are confirmed to have gone, folders and all. */
  public List<Node> gone(List<Node> candidates, int wanted) {
    return confirmed(candidates, wanted, Observation::confirmsGone);
  }

  /** The first {@code wanted} of these candidates that are confirmed to run and do not answer now either. */
  public List<Node> silent(List<Node> candidates, int wanted) {
    return confirmed(candidates, wanted, observation -> observation.confirmsRunning() && observation.answer().isEmpty());
  }

  /** Nodes that turned out to be in another state than their row said, as they really are. */
  public List<Node> corrected() {
    return List.copyOf(corrected);
  }

  /** Of the first {@code wanted} of nodes that are too many, those that are confirmed to run. */
  public List<Node> tooManyRunning(List<Node> candidates, int wanted) {
    return tooMany(candidates, wanted, Observation::confirmsRunning);
  }

  /** Of the first {@code wanted} of nodes that are too many, those that are confirmed to be stopped, with their folders. */
  public List<Node> tooManyStopped(List<Node> candidates, int wanted) {
    return tooMany(candidates, wanted, Observation::confirmsStopped);
  }

  /**
   * One that turns out to be down or gone by itself makes one fewer too, so that no other goes in its place; one of which
   * nothing is known is passed over.
   */
  private List<Node> tooMany(List<Node> candidates, int wanted, Predicate<Observation> asExpected) {
    return confirmed(candidates, wanted, asExpected, observation -> !(observation.process() instanceof ProcessState.Unknown));
  }

  private List<Node> confirmed(List<Node> candidates, int wanted, Predicate<Observation> asExpected) {
    return confirmed(candidates, wanted, asExpected, asExpected);
  }

  /** @param counts whether one that was looked at counts as one of those wanted, chosen or not */
  private List<Node> confirmed(List<Node> candidates, int wanted, Predicate<Observation> asExpected, Predicate<Observation> counts) {
    List<Node> chosen = new ArrayList<>();
    int counted = 0;
    for (int from = 0; from < candidates.size() && counted < wanted; ) {
      int to = Math.min(candidates.size(), from + wanted - counted);
      List<Node> looked = candidates.subList(from, to);
      Observations observations = observer.look(looked, Duration.ZERO);
      for (Node node : looked) {
        Observation observation = observations.of(node);
        counted += counts.test(observation) ? 1 : 0;
        if (asExpected.test(observation)) {
          chosen.add(node);
        } else {
          corrected.add(NodeStates.settled(node, observation, clock.instant()));
        }
      }
      from = to;
    }
    return chosen;
  }
}
