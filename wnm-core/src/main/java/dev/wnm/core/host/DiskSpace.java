package dev.wnm.core.host;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file system that holds a folder, or will hold it: that of its nearest parent that exists.
 *
 * @param usedPercent 0 to 100: used / (used + free for users); 0 when unreadable
 * @param totalBytes its size; 0 when unreadable
 */
record DiskSpace(double usedPercent, long totalBytes) {
  static DiskSpace around(Path folder) {
    Path there = folder.toAbsolutePath().normalize();
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    // Not a FileStore: that one searches the mount table first, and fails where a container or chroot hides a mount.
    File file = there.toFile();
    long total = file.getTotalSpace();
    long used = total - file.getFreeSpace();
    long reachable = used + file.getUsableSpace();
    return new DiskSpace(reachable <= 0 ? 0 : 100.0 * used / reachable, total);
  }
}
