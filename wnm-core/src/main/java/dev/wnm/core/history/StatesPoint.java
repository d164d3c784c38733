package dev.wnm.core.history;

import dev.wnm.core.model.NodeStatus;
import java.time.Instant;
import java.util.Map;

/**
 * How many nodes there were in which state.
 *
 * @param at when they were counted
 * @param total all nodes, also those in none of the states that are counted
 * @param byStatus nodes by state; without states of which nothing is known
 */
public record StatesPoint(Instant at, int total, Map<NodeStatus, Integer> byStatus) {
  public StatesPoint {
    byStatus = Map.copyOf(byStatus);
  }
}
