/** How a version reaches a fleet in waves, and when it stops. Uses {@code model} and {@code view}. */
@NullMarked
package dev.wnm.fleet.rollout;

import org.jspecify.annotations.NullMarked;
