package dev.wnm.core.decision;

import java.util.OptionalDouble;
import org.apiguardian.api.API;

/**
 * One of several storages, with the disk that it lies on and the nodes in it.
 *
 * @param storage what it is called in sentences: its path
 * @param usedPercent 0 to 100; empty when that is unknown
 * @param takesNodes whether new nodes may come to it
 * @param running nodes RUNNING in it
 * @param stopped nodes STOPPED in it
 */
@API(status = API.Status.STABLE)
public record Disk(String storage, OptionalDouble usedPercent, boolean takesNodes, int running, int stopped) {}
