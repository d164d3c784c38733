/**
 * Many machines: what their wnm say of themselves, what an operator wishes of them, and how a new version reaches them. No clock, no
 * socket and no file: a {@link dev.wnm.fleet.transport.FleetTransport} carries the texts.
 */
@NullMarked
package dev.wnm.fleet;

import org.jspecify.annotations.NullMarked;
