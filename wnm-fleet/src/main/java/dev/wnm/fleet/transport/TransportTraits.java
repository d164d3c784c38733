package dev.wnm.fleet.transport;

/**
 * What a transport can do, as data.
 *
 * @param pushes whether states and wishes arrive by themselves; where not, whoever wants to know has to ask
 * @param claimsAreAtomic whether of two operators who claim one block at the same time exactly one gets it; where not, an operator has to be
 *     alone
 * @param needsServer whether something beside the hosts has to run
 * @param reachesThroughNat whether a host is reached that cannot be dialled, without further set-up
 */
public record TransportTraits(boolean pushes, boolean claimsAreAtomic, boolean needsServer, boolean reachesThroughNat) {}
