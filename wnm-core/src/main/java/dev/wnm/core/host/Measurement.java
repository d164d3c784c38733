package dev.wnm.core.host;

import dev.wnm.core.model.HostCounters;
import dev.wnm.core.model.HostMetrics;

/**
 * What one look at the machine gave.
 *
 * @param metrics the machine's state and rates
 * @param counters to be kept, and handed in at the next look
 */
public record Measurement(HostMetrics metrics, HostCounters counters) {}
