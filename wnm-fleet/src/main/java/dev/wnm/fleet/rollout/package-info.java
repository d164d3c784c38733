/** How a version reaches a fleet in waves, and when it stops. Uses {@code model}, {@code view} and {@code transport}. */
@NullMarked
package dev.wnm.fleet.rollout;

import org.jspecify.annotations.NullMarked;
