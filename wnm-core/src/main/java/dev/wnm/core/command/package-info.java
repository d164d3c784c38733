/**
 * Running other programs: argument arrays only, with a time limit, both outputs drained, and errors that carry the command
 * line, its exit code and the end of its stderr.
 *
 * <p>May use {@code model} and {@code trust}: root runs no program that others could have put there.
 */
@NullMarked
package dev.wnm.core.command;

import org.jspecify.annotations.NullMarked;
