/**
 * Answers {@code --what_if}: JSON lines with settings and metrics in, JSON lines with features and planned actions out.
 *
 * <p>Touches nothing but the reader and the writer it is given. May use {@code config}, {@code decision} and {@code model}.
 */
package dev.wnm.core.whatif;
