package dev.wnm.core.host;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The file system that holds a folder, or will hold it: that of its nearest parent that exists.
 *
 * @param usedPercent 0 to 100: used / (used + free for users); empty when that cannot be read or be true
 * @param totalBytes its size; empty in the same cases
 * @param usedBytes what of it is used; empty in the same cases
 * @param usableBytes what users may still use of it; empty in the same cases
 * @param said what the system says of it, for a sentence
 */
record DiskSpace(OptionalDouble usedPercent, OptionalLong totalBytes, OptionalLong usedBytes, OptionalLong usableBytes, String said) {
  static DiskSpace around(Path folder) {
    // Not a FileStore: that one searches the mount table first, and fails where a container or chroot hides a mount.
    File file = nearest(folder).toFile();
    return of(file.getTotalSpace(), file.getFreeSpace(), file.getUsableSpace());
  }

  /** The nearest of a folder and those above it that exists. */
  static Path nearest(Path folder) {
    Path there = folder.toAbsolutePath().normalize();
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    return there;
  }

  /** @param free bytes of {@code total} that nobody uses, of which users may use {@code usable} */
  static DiskSpace of(long total, long free, long usable) {
    String said = "a size of " + total + " bytes, " + free + " of them free and " + usable + " free for users";
    boolean absurd = total <= 0 || free < 0 || free > total || usable < 0 || usable > free;
    long reachable = total - free + usable;
    return absurd || reachable <= 0 ? new DiskSpace(OptionalDouble.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), said)
        : new DiskSpace(OptionalDouble.of(100.0 * (total - free) / reachable), OptionalLong.of(total), OptionalLong.of(total - free),
            OptionalLong.of(usable), said);
  }
}
