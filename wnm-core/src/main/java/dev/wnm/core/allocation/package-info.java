/**
 * Gives out node ids, ports and places in container groups: pure functions over what is taken.
 *
 * <p>No I/O, no state; whether something else listens on a port is the caller's question. May use {@code model} only.
 */
@NullMarked
package dev.wnm.core.allocation;

import org.jspecify.annotations.NullMarked;
