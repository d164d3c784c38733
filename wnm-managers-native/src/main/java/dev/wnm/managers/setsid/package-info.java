/**
 * Nodes as plain processes, each in a session of its own: {@code setsid+user} and {@code setsid+sudo}.
 *
 * <p>Nothing supervises them but wnm's own cycles. A node is recognised by what the system says of a process, never by a
 * remembered pid, so that neither a restart of wnm, nor a node that replaced itself, nor a recycled pid confuses it.
 *
 * <p>May use {@code internal} beside it, and {@code manager}, {@code command} and {@code model} of core.
 */
package dev.wnm.managers.setsid;
