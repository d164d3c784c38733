/**
 * Work on many nodes or groups, while it is under way: how far it has come, who is told of that, and whether more of it may be
 * begun. Counts only what is known to be over. May use {@code model} only.
 */
@NullMarked
package dev.wnm.core.work;

import org.jspecify.annotations.NullMarked;
