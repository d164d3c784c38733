/**
 * Nodes as plain processes, each in a session of its own: {@code setsid+user} and {@code setsid+sudo}.
 *
 * <p>Nothing supervises them but wnm's own cycles. A node is recognised by what the system says of a process, and
 * one that became another program by its pid, start time and boot together: never by a remembered pid alone. So neither a
 * restart of wnm, nor a node that replaced itself, nor a recycled pid confuses it.
 *
 * <p>May use the SPI and {@code support}.
 */
package dev.wnm.managers.setsid;
