/**
 * The machine's firewall: rules that let the nodes' traffic through, made and taken back with the programs of the firewall.
 *
 * <p>Knows nothing of nodes beyond a port and a name, and decides nothing: which ports shall be open is for {@code cycle} to
 * say. May use {@code manager}, {@code model} and the SPI.
 */
package dev.wnm.core.firewall;
