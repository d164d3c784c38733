/**
 * The logs of nodes and of what runs beside them, asked for by name: one after the other in the order of time, and followed. Read
 * through the process managers; nothing is stored.
 */
@NullMarked
package dev.wnm.core.logs;

import org.jspecify.annotations.NullMarked;
