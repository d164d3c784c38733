package dev.wnm.core.cycle;

import dev.wnm.core.model.Node;
import dev.wnm.spi.manager.ProcessState;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Chooses which nodes an action hits. A row may be out of date by the time something irreversible is to be done on the
 * strength of it, so candidates are looked at once more, and only those whose state is confirmed are chosen.
 */
final class Targets {
  private final Lookout lookout;
  private final Clock clock;
  private final List<Node> corrected = new ArrayList<>();

  Targets(Lookout lookout, Clock clock) {
    this.lookout = lookout;
    this.clock = clock;
  }

  /** The first {@code wanted} of these candidates that are confirmed to run. */
  List<Node> running(List<Node> candidates, int wanted) {
    return confirmed(candidates, wanted, Sighting::confirmsRunning);
  }

  /** The first {@code wanted} of these candidates that are confirmed to be stopped, with their folders. */
  List<Node> stopped(List<Node> candidates, int wanted) {
    return confirmed(candidates, wanted, Sighting::confirmsStopped);
  }

  /** The first {@code wanted} of these candidates that are confirmed to have gone, folders and all. */
  List<Node> gone(List<Node> candidates, int wanted) {
    return confirmed(candidates, wanted, Sighting::confirmsGone);
  }

  /** The first {@code wanted} of these candidates that are confirmed to run and do not answer now either. */
  List<Node> silent(List<Node> candidates, int wanted) {
    return confirmed(candidates, wanted, sighting -> sighting.confirmsRunning() && sighting.answer().isEmpty());
  }

  /** Nodes that turned out to be in another state than their row said, as they really are. */
  List<Node> corrected() {
    return List.copyOf(corrected);
  }

  /** Of the first {@code wanted} of nodes that are too many, those that are confirmed to run. */
  List<Node> tooManyRunning(List<Node> candidates, int wanted) {
    return tooMany(candidates, wanted, Sighting::confirmsRunning);
  }

  /** Of the first {@code wanted} of nodes that are too many, those that are confirmed to be stopped, with their folders. */
  List<Node> tooManyStopped(List<Node> candidates, int wanted) {
    return tooMany(candidates, wanted, Sighting::confirmsStopped);
  }

  /**
   * One that turns out to be down or gone by itself makes one fewer too, so that no other goes in its place; one of which
   * nothing is known is passed over.
   */
  private List<Node> tooMany(List<Node> candidates, int wanted, Predicate<Sighting> asExpected) {
    return confirmed(candidates, wanted, asExpected, sighting -> !(sighting.process() instanceof ProcessState.Unknown));
  }

  private List<Node> confirmed(List<Node> candidates, int wanted, Predicate<Sighting> asExpected) {
    return confirmed(candidates, wanted, asExpected, asExpected);
  }

  /** @param counts whether one that was looked at counts as one of those wanted, chosen or not */
  private List<Node> confirmed(List<Node> candidates, int wanted, Predicate<Sighting> asExpected, Predicate<Sighting> counts) {
    List<Node> chosen = new ArrayList<>();
    int counted = 0;
    for (int from = 0; from < candidates.size() && counted < wanted; ) {
      int to = Math.min(candidates.size(), from + wanted - counted);
      List<Node> looked = candidates.subList(from, to);
      Map<Integer, Sighting> sightings = lookout.look(looked, Duration.ZERO);
      for (Node node : looked) {
        Sighting sighting = sightings.get(node.id());
        counted += counts.test(sighting) ? 1 : 0;
        if (asExpected.test(sighting)) {
          chosen.add(node);
        } else {
          corrected.add(NodeStates.settled(node, sighting, clock.instant()));
        }
      }
      from = to;
    }
    return chosen;
  }
}
