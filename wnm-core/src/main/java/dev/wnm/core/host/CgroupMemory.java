package dev.wnm.core.host;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** The memory limits of the control groups that wnm runs in (cgroups v1 and v2, at their usual mount points). */
final class CgroupMemory {
  private final Path root;

  CgroupMemory(Path root) {
    this.root = root;
  }

  /**
   * How full the group is that is nearest to its limit, 0 to 100; 0 when none has a limit below the machine's memory. File
   * caches count as free, as they do in the machine's own figure.
   */
  double usedPercent(long machineBytes) {
    double fullest = 0;
    for (String line : ProcLine.read(root.resolve("proc/self/cgroup")).orElse(List.of())) {
      String[] parts = line.split(":", 3);
      if (parts.length == 3 && parts[0].equals("0")) {
        Files v2 = new Files("memory.max", "memory.current", "inactive_file", "active_file");
        fullest = Math.max(fullest, fullest(root.resolve("sys/fs/cgroup"), parts[2], v2, machineBytes));
      } else if (parts.length == 3 && List.of(parts[1].split(",")).contains("memory")) {
        Files v1 = new Files(
            "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file", "total_active_file");
        fullest = Math.max(fullest, fullest(root.resolve("sys/fs/cgroup/memory"), parts[2], v1, machineBytes));
      }
    }
    return fullest;
  }

  /** Looks at the group and all groups around it; in a container the named folder may be hidden and the mount is its own. */
  private static double fullest(Path mount, String group, Files files, long machineBytes) {
    double fullest = 0;
    Path folder;
    try {
      folder = mount.resolve(group.replaceFirst("^/+", "")).normalize();
    } catch (InvalidPathException e) {
      // A name beyond the JVM's locale, such as cron's: the limit of the mount itself can still be read.
      folder = mount;
    }
    while (folder.startsWith(mount)) {
      long limit = first(folder.resolve(files.limit()));
      if (limit > 0 && limit < machineBytes) {
        List<ProcLine> stat = lines(folder.resolve("memory.stat"));
        long cached = ProcLine.named(stat, files.inactiveCache()).number(1)
            + ProcLine.named(stat, files.activeCache()).number(1);
        long used = Math.max(0, first(folder.resolve(files.usage())) - cached);
        fullest = Math.max(fullest, Math.min(100, 100.0 * used / limit));
      }
      folder = folder.getParent();
    }
    return fullest;
  }

  /** The number in a file, 0 when there is none ({@code max} means no limit). */
  private static long first(Path file) {
    List<ProcLine> lines = lines(file);
    return lines.isEmpty() ? 0 : lines.get(0).number(0);
  }

  private static List<ProcLine> lines(Path file) {
    return ProcLine.read(file).orElse(List.of()).stream().map(ProcLine::new).toList();
  }

  /** What the two versions call the same things; the caches are lines of {@code memory.stat}. */
  private record Files(String limit, String usage, String inactiveCache, String activeCache) {}
}
