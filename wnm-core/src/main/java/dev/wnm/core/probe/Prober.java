package dev.wnm.core.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;

/** Asks nodes what they say of themselves; {@link NodeProber} is the real one. Safe to use from many threads. */
@API(status = API.Status.STABLE)
public interface Prober {
  /**
   * Asks all these nodes now and returns when the last one has answered or had its time.
   *
   * @param targets the nodes, each id once
   * @param pauseBetween least time between asking one node and the next; zero asks as many at once as may be
   * @return a result for each node, by id, in the order of {@code targets}
   */
  Map<Integer, ProbeResult> probe(List<ProbeTarget> targets, Duration pauseBetween);

  /**
   * The same for a survey, after which nothing is done to a node that is not asked again: one that asks nodes in between as well may
   * tell what it heard lately. This one asks now.
   *
   * @param since by id, from when on a node is what it is now: what was heard before is of no use
   */
  default Map<Integer, ProbeResult> survey(List<ProbeTarget> targets, Map<Integer, Instant> since, Duration pauseBetween) {
    return probe(targets, pauseBetween);
  }
}
