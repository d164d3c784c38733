package dev.wnm.core.history;

import dev.wnm.core.decision.Features;
import dev.wnm.core.decision.PlannedAction;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one cycle decided, or several in a row that decided the same and did nothing: those differ in figures only, and the figures
 * here are of the last.
 *
 * @param id its number, which operations that follow from it name
 * @param first when it was first taken
 * @param last when it was last taken
 * @param times how often, 1 or more
 * @param features what held
 * @param actions what was to be done and why
 * @param notMore what kept it from being more, a clause each
 * @param numbers what it was made from, by the keys of the machine-metrics report; without what was unknown
 * @param took how long the last cycle took; empty when it did not come to its end
 */
public record PastDecision(long id, Instant first, Instant last, int times, Features features, List<PlannedAction> actions,
    List<String> notMore, Map<String, Double> numbers, Optional<Duration> took) {
  public PastDecision {
    actions = List.copyOf(actions);
    notMore = List.copyOf(notMore);
    numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
  }
}
