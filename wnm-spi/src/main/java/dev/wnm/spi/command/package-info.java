/**
 * Running other programs: argument arrays only, with a time limit, both outputs drained, and errors that carry the command
 * line, its exit code and the end of its stderr. What runs them is given to a back end; here is only how it is asked.
 */
@NullMarked
package dev.wnm.spi.command;

import org.jspecify.annotations.NullMarked;
