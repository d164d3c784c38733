/**
 * Running other programs: argument arrays only, with a time limit, both outputs drained, and errors that carry the command
 * line, its exit code and the end of its stderr.
 *
 * <p>Knows no other package of wnm.
 */
package dev.wnm.core.command;
