package dev.wnm.core.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A root folder with the files of a machine's {@code /proc} and {@code /sys} that the reader looks at. */
final class ProcTree {
  private final Path root;

  ProcTree(Path root) {
    this.root = root;
  }

  /** A machine with two CPUs, an NVMe and a SATA disk in a RAID with LVM on it, and a container's interface. */
  static ProcTree typical(Path root) {
    return new ProcTree(root)
        .with("proc/sys/kernel/random/boot_id", "4f2d2d61-9f0a-4d6c-8f0f-6a4c39a2b7de\n")
        .with("proc/loadavg", "1.25 0.50 12.75 3/412 9120\n")
        .with("proc/stat", """
            cpu  1000 10 200 8000 300 5 15 20 400 0
            cpu0 500 5 100 4000 150 3 7 10 200 0
            cpu1 500 5 100 4000 150 2 8 10 200 0
            intr 123456 0 0
            btime 1795222397
            processes 9120
            """)
        .with("proc/meminfo", """
            MemTotal:        8000000 kB
            MemFree:          500000 kB
            MemAvailable:    6000000 kB
            Buffers:          100000 kB
            Cached:          4000000 kB
            """)
        .with("proc/diskstats", """
               7       0 loop0 50 0 400 0 0 0 0 0 0 0 0
             259       0 nvme0n1 34104 6015 2000 20151 7882 9342 1000 9777 0 7836 30517 0 0 0 0
             259       1 nvme0n1p1 100 0 1999 0 50 0 999 0 0 0 0
               8       0 sda 34104 6015 3000 20151 7882 9342 500 9777 0 7836 30517
               8       1 sda1 34104 6015 3000 20151 7882 9342 500 9777 0 7836 30517
               9       0 md0 10 0 5000 0 10 0 1500 0 0 0 0
             253       0 dm-0 10 0 5000 0 10 0 1500 0 0 0 0
             254       0 zram0 10 0 5000 0 10 0 1500 0 0 0 0
            """)
        .with("sys/block/loop0/size", "")
        .with("sys/block/nvme0n1/device/model", "")
        .with("sys/block/sda/device/model", "")
        .with("sys/block/md0/size", "")
        .with("sys/block/dm-0/size", "")
        .with("sys/block/zram0/size", "")
        .with("proc/net/dev", """
            Inter-|   Receive                                        |  Transmit
             face |bytes packets errs drop fifo frame compressed multicast|bytes packets errs drop fifo colls carrier compressed
                lo:    3245   30    0    0    0     0    0    0     3245   30    0    0    0     0    0    0
              eth0:124516722 7010    0    0    0     0    0    0  1130927 5644    0    0    0     0    0    0
            eth0:1:     100    1    0    0    0     0    0    0       10    1    0    0    0     0    0    0
            """);
  }

  ProcTree with(String file, String text) {
    try {
      Path path = root.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ProcTree without(String file) {
    try {
      Files.delete(root.resolve(file));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ProcReader reader() {
    return new ProcReader(root);
  }
}
