/** What carries texts between operators and hosts; others may write such a transport and hold it to {@code FleetTransportContract}. Uses {@code model}. */
@NullMarked
package dev.wnm.fleet.transport;

import org.jspecify.annotations.NullMarked;
