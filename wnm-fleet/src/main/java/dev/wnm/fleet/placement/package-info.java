/** Which host gets which blocks of ports. Uses {@code model}, {@code view} and {@code transport}. */
@NullMarked
package dev.wnm.fleet.placement;

import org.jspecify.annotations.NullMarked;
