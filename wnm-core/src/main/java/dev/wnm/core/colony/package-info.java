/**
 * A colony: opening one, setting one up, and what it can be asked and told. With {@code config} and {@code report} this is all
 * that an embedder needs to see. {@link dev.wnm.core.colony.Colony} is the way in.
 *
 * <p>Everything that a colony works with (clock, pauses, process managers, firewall, meter) is handed in as
 * {@link dev.wnm.core.colony.Dependencies}. May use every other room; none of them uses this one.
 */
@API(status = API.Status.STABLE)
@NullMarked
package dev.wnm.core.colony;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
