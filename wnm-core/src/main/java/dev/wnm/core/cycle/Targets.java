package dev.wnm.core.cycle;

import dev.wnm.core.model.Node;
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

  /** Nodes that turned out to be in another state than their row said, as they really are. */
  List<Node> corrected() {
    return List.copyOf(corrected);
  }

  private List<Node> confirmed(List<Node> candidates, int wanted, Predicate<Sighting> asExpected) {
    List<Node> chosen = new ArrayList<>();
    for (int from = 0; from < candidates.size() && chosen.size() < wanted; ) {
      int to = Math.min(candidates.size(), from + wanted - chosen.size());
      List<Node> looked = candidates.subList(from, to);
      Map<Integer, Sighting> sightings = lookout.look(looked, Duration.ZERO);
      for (Node node : looked) {
        Sighting sighting = sightings.get(node.id());
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
