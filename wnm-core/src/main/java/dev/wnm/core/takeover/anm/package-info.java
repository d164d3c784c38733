/**
 * Reads what anm, the node manager of NTracking, leaves on a machine, and puts its cron entry aside, for
 * {@code --init --migrate_anm}.
 *
 * <p>Reading its configuration is a pure function; the rest touches nothing but the cron entry. May use {@code config}
 * and the SPI.
 */
@NullMarked
package dev.wnm.core.takeover.anm;

import org.jspecify.annotations.NullMarked;
