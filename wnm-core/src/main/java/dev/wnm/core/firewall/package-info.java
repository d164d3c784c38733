/**
 * The machine's firewall: rules that let the nodes' traffic through, made and taken back with the programs of the firewall.
 *
 * <p>{@link dev.wnm.core.firewall.Ufw} knows nothing of nodes beyond a port and a name; which ports shall be open, and which rules
 * are left over, is known to {@link dev.wnm.core.firewall.FirewallKeeper} alone.
 */
@NullMarked
package dev.wnm.core.firewall;

import org.jspecify.annotations.NullMarked;
