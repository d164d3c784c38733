package dev.wnm.core.host;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Tells disks from what only looks like them: partitions, and devices made of other devices (loop, RAM, device mapper,
 * RAID), whose traffic would count twice. A disk has a {@code device} below {@code /sys/block}; where that folder is hidden, the
 * usual names have to do.
 */
final class WholeDisks {
  /** The unit of {@code /proc/diskstats}, whatever the disk's own sectors are. */
  static final long SECTOR_BYTES = 512;

  private static final Pattern DEVICE_NAME = Pattern.compile("[\\w!/:.-]+");
  private static final Pattern USUAL_NAMES = Pattern.compile("(sd|hd|vd|xvd)[a-z]+|nvme\\d+n\\d+|mmcblk\\d+");

  private final Path blockDevices;
  private final boolean visible;

  /** @param blockDevices {@code /sys/block} */
  WholeDisks(Path blockDevices) {
    this.blockDevices = blockDevices;
    this.visible = Files.isDirectory(blockDevices);
  }

  boolean contains(String name) {
    if (!visible) {
      return USUAL_NAMES.matcher(name).matches();
    }
    // The kernel writes ! for the / in a device's name.
    return DEVICE_NAME.matcher(name).matches()
        && Files.exists(blockDevices.resolve(name.replace('/', '!')).resolve("device"));
  }
}
