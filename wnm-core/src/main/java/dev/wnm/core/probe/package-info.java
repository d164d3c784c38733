/**
 * Asking nodes how they are: one thread, many connections at once, {@code /metadata} and {@code /metrics} of each node over
 * one of them, and the OpenMetrics text read as it comes in.
 *
 * <p>{@link dev.wnm.core.probe.NodeProber} is the way in. Ours and not a library's because of the cold start: a cycle that
 * probes one node has 0.6 s in all; {@code java.net.http} alone takes 0.7 s for it and Apache HttpCore 0.2 s, and for 1,000
 * nodes 3.8 s and 1 s ({@code docs/bench.md}). May use {@code model} only.
 */
@NullMarked
package dev.wnm.core.probe;

import org.jspecify.annotations.NullMarked;
