/** Which host gets which blocks of ports. Uses {@code model}. */
@NullMarked
package dev.wnm.fleet.placement;

import org.jspecify.annotations.NullMarked;
