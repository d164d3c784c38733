/**
 * A fleet by ssh alone: the operator dials each host, and runs one fixed command there, {@code wnm fleet answer}. Nothing has to run beside the
 * hosts. What operators share is in a folder of the operator's.
 */
@NullMarked
package dev.wnm.fleet.ssh;

import org.jspecify.annotations.NullMarked;
