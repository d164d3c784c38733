/**
 * Nodes that others made, and rows that others wrote: importing nodes without touching them, and mending what the Python wnm
 * left in its database. What is particular to one other manager is in a package of its own, such as {@code anm}.
 */
@NullMarked
package dev.wnm.core.takeover;

import org.jspecify.annotations.NullMarked;
