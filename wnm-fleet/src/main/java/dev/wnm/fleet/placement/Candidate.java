package dev.wnm.fleet.placement;

import dev.wnm.fleet.model.HostName;
import java.util.OptionalLong;

/**
 * A host that may get container groups.
 *
 * @param host it
 * @param site hosts of one site share one public address, and so may not have the same block
 * @param room about how many more nodes fit; empty where that is not known, and then it gets none
 */
public record Candidate(HostName host, String site, OptionalLong room) {}
