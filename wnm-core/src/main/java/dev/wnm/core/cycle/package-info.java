/**
 * One cycle: settle what was left open, measure, decide, act, record; and the same for what a person asks for by name.
 *
 * <p>What is done to nodes is done in {@code execution}, what is seen of them comes from {@code observation}, and where new ones
 * go is found by {@code provisioning}: this room says in which order.
 */
@NullMarked
package dev.wnm.core.cycle;

import org.jspecify.annotations.NullMarked;
