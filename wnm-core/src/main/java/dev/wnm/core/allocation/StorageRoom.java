package dev.wnm.core.allocation;

import java.nio.file.Path;

/**
 * A storage that new nodes may come to, and what there is on its disk.
 *
 * @param storage the folder that holds nodes' folders
 * @param disk tells the disk from others: the same for storages on one disk
 * @param usedBytes of that disk, 0 or more
 * @param usableBytes what users may still use of it, 0 or more
 * @param promisedBytes what the nodes of this storage are still expected to take, 0 or more
 * @param nodes how many there are in this storage, 0 or more
 */
public record StorageRoom(Path storage, String disk, long usedBytes, long usableBytes, long promisedBytes, int nodes) {}
