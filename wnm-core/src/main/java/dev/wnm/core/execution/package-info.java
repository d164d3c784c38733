/**
 * What is done to nodes, so that it can be finished or undone whatever happens: each operation is written to the journal, done,
 * and recorded together with the end of its entry. Also what a dry run does instead, and the recovery of what was cut off.
 */
@NullMarked
package dev.wnm.core.execution;

import org.jspecify.annotations.NullMarked;
