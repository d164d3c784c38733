package dev.wnm.fleet.transport;

import dev.wnm.fleet.model.HostName;
import java.time.Instant;

/**
 * What came from a host.
 *
 * @param sender who it was, as the transport has proven it; what the text says of itself is another matter
 * @param text what it said
 * @param at when it came, by the operator's clock where it was asked for just now, else by the server's
 */
public record Received(HostName sender, String text, Instant at) {}
