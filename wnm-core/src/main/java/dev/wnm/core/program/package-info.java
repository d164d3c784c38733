/**
 * The node program: where the binary is that nodes are copies of, and which version it is.
 */
@NullMarked
package dev.wnm.core.program;

import org.jspecify.annotations.NullMarked;
