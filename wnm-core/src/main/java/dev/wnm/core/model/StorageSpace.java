package dev.wnm.core.model;

import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How full the disk is that a storage lies on.
 *
 * @param storage the folder that holds nodes' folders
 * @param disk tells the disk from others: the same for storages on one disk
 * @param usedBytes of that disk; empty when that cannot be read or be true
 * @param usableBytes what users may still use of it; empty in the same cases
 */
public record StorageSpace(Path storage, String disk, OptionalLong usedBytes, OptionalLong usableBytes) {
  /** Whether it is known how full it is. */
  public boolean isKnown() {
    return usedBytes.isPresent() && usableBytes.isPresent();
  }

  /** 0 to 100: used / (used + usable); empty when it is not known. */
  public OptionalDouble usedPercent() {
    return isKnown() ? OptionalDouble.of(100.0 * usedBytes.getAsLong() / Math.max(1, usedBytes.getAsLong() + usableBytes.getAsLong()))
        : OptionalDouble.empty();
  }

  /** The same with more of the disk used; of one that is not known, the same. @param bytes 0 or more */
  public StorageSpace withMore(long bytes) {
    return !isKnown() ? this : new StorageSpace(storage, disk, OptionalLong.of(usedBytes.getAsLong() + bytes),
        OptionalLong.of(Math.max(0, usableBytes.getAsLong() - bytes)));
  }
}
