/**
 * Nodes as jobs of macOS's launchd: {@code launchd+user} and {@code launchd+sudo}.
 *
 * <p>launchd restarts a node that ends by itself, and starts nodes again after a login or a reboot. Files and labels are
 * called as the Python wnm calls them, so that both see the same nodes.
 *
 * <p>Property lists are rendered and read, and launchctl's output is read, by functions that touch nothing. May use the SPI and
 * {@code support}.
 */
package dev.wnm.managers.launchd;
