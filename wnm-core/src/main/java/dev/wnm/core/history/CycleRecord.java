package dev.wnm.core.history;

import dev.wnm.core.decision.DecisionInput;
import dev.wnm.core.decision.Outlook;
import java.time.Instant;
import java.util.Map;

/**
 * What a cycle leaves for history.
 *
 * @param at when it decided
 * @param input what it decided from
 * @param outlook what it decided, and why not more
 * @param settings those that decisions depend on, as texts by name
 */
public record CycleRecord(Instant at, DecisionInput input, Outlook outlook, Map<String, String> settings) {
  public CycleRecord {
    settings = Map.copyOf(settings);
  }
}
