/**
 * Decides what to do next: limits, measurements and counts in, features and planned actions with their reasons out.
 *
 * <p>Pure: no clock, no I/O, no state, the same answer to the same question. May use {@code model} only.
 */
@NullMarked
package dev.wnm.core.decision;

import org.jspecify.annotations.NullMarked;
