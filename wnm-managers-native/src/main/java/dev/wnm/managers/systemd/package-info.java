/**
 * Nodes as services of systemd: {@code systemd+user} as those of whoever runs wnm, {@code systemd+sudo} as those of the system.
 *
 * <p>A node is a unit file, which is also where a survey reads it back from. What is asked of systemd is asked for all nodes of
 * a call at once, so that the number of commands does not grow with that of nodes.
 *
 * <p>May use the SPI and {@code support}.
 */
package dev.wnm.managers.systemd;
