/**
 * What wnm knows of the programs that nodes are processes of: {@link dev.wnm.spi.program.NodeProgram} is all that differs between
 * them. Whoever asks "which program is it?" anywhere else has found something that is missing here.
 *
 * <p>The programs themselves are services ({@link java.util.ServiceLoader}), wnm's own in the module {@code wnm-programs}. May use
 * {@code model} and {@code manager}'s {@link dev.wnm.spi.manager.NodeSpec}.
 */
@NullMarked
package dev.wnm.spi.program;

import org.jspecify.annotations.NullMarked;
