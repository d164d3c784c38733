/**
 * Answers {@code --what_if}: JSON lines with settings and metrics in, JSON lines with features and planned actions out.
 *
 * <p>Touches nothing but the reader and the writer it is given. May use {@code config}, {@code decision} and {@code model}.
 */
@NullMarked
package dev.wnm.core.whatif;

import org.jspecify.annotations.NullMarked;
