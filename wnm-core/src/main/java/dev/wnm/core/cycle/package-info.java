/**
 * One cycle: lock, recover, measure, decide, act, record; and the same for what a person asks for by name.
 *
 * <p>This is where the other packages of core meet. Everything it works with (clock, random source, pauses, process
 * managers, store) is handed in.
 */
package dev.wnm.core.cycle;
