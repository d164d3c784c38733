package dev.wnm.core.history;

import dev.wnm.core.model.NodeMetrics;
import dev.wnm.core.model.NodeStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * One node at a time.
 *
 * @param at when it was seen
 * @param status its state; empty when only another version of wnm knows that
 * @param metrics those of its metrics that are kept; without what it did not tell
 */
public record NodePoint(Instant at, Optional<NodeStatus> status, NodeMetrics metrics) {}
