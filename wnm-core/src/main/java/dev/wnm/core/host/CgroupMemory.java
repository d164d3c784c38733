package dev.wnm.core.host;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The memory limits that wnm and its nodes live under together: those of control groups around wnm (cgroups v1 and v2, at their
 * usual mount points) that hold a node too, or that are all that can be seen, as in a container. A limit on wnm alone, such as a
 * {@code MemoryMax} of its service, says nothing of nodes elsewhere.
 */
final class CgroupMemory {
  private final Path root;
  private final Set<Long> nodes;

  /** @param nodes processes of nodes on this machine */
  CgroupMemory(Path root, Set<Long> nodes) {
    this.root = root;
    this.nodes = nodes;
  }

  /**
   * How full the group is that is nearest to its limit, 0 to 100; 0 when none has a limit below the machine's memory, empty when
   * the use of one that has cannot be told. File caches count as free, as they do in the machine's own figure.
   */
  OptionalDouble usedPercent(long machineBytes, Doubts doubts) {
    double fullest = 0;
    for (Kind kind : Kind.values()) {
      Optional<String> own = groupOf("self", kind);
      if (own.isPresent()) {
        OptionalDouble used = fullest(kind, own.get(), machineBytes, doubts);
        if (used.isEmpty()) {
          return used;
        }
        fullest = Math.max(fullest, used.getAsDouble());
      }
    }
    return OptionalDouble.of(fullest);
  }

  /** Looks at the group and all groups around it; in a container the named folder may be hidden and the mount is its own. */
  private OptionalDouble fullest(Kind kind, String group, long machineBytes, Doubts doubts) {
    double fullest = 0;
    Path mount = root.resolve(kind.mount);
    Set<Path> shared = new HashSet<>(Set.of(mount));
    nodes.forEach(pid -> groupOf(Long.toString(pid), kind).ifPresent(theirs -> addWithParents(folder(mount, theirs), mount, shared)));
    for (Path folder = folder(mount, group); folder != null && folder.startsWith(mount); folder = folder.getParent()) {
      OptionalLong limit = first(folder.resolve(kind.limit));
      if (shared.contains(folder) && limit.isPresent() && limit.getAsLong() > 0 && limit.getAsLong() < machineBytes) {
        OptionalLong usage = first(folder.resolve(kind.usage));
        if (usage.isEmpty()) {
          doubts.about(Sense.MEMORY, folder + " has a limit of " + limit.getAsLong() + " bytes, but " + kind.usage + " tells no use");
          return OptionalDouble.empty();
        }
        List<ProcLine> stat = lines(folder.resolve("memory.stat"));
        long cached = ProcLine.named(stat, kind.inactiveCache).number(1) + ProcLine.named(stat, kind.activeCache).number(1);
        long used = Math.max(0, usage.getAsLong() - cached);
        fullest = Math.max(fullest, Math.min(100, 100.0 * used / limit.getAsLong()));
      }
    }
    return OptionalDouble.of(fullest);
  }

  private static void addWithParents(Path folder, Path mount, Set<Path> folders) {
    for (Path each = folder; each != null && each.startsWith(mount); each = each.getParent()) {
      folders.add(each);
    }
  }

  private static Path folder(Path mount, String group) {
    try {
      return mount.resolve(group.replaceFirst("^/+", "")).normalize();
    } catch (InvalidPathException e) {
      // A name beyond the JVM's locale, such as cron's: the limit of the mount itself can still be read.
      return mount;
    }
  }

  private Optional<String> groupOf(String process, Kind kind) {
    return ProcLine.read(root.resolve("proc").resolve(process).resolve("cgroup")).orElse(List.of()).stream()
        .map(line -> line.split(":", 3)).filter(parts -> parts.length == 3 && kind.isMeant(parts)).map(parts -> parts[2]).findFirst();
  }

  /** The number in a file; empty when there is none ({@code max} means no limit). */
  private static OptionalLong first(Path file) {
    List<ProcLine> lines = lines(file);
    return lines.isEmpty() ? OptionalLong.empty() : lines.get(0).find(0);
  }

  private static List<ProcLine> lines(Path file) {
    return ProcLine.read(file).orElse(List.of()).stream().map(ProcLine::new).toList();
  }

  /** What the two versions call the same things; the caches are lines of {@code memory.stat}. */
  private enum Kind {
    V2("sys/fs/cgroup", "memory.max", "memory.current", "inactive_file", "active_file"),
    V1("sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file", "total_active_file");

    private final String mount;
    private final String limit;
    private final String usage;
    private final String inactiveCache;
    private final String activeCache;

    Kind(String mount, String limit, String usage, String inactiveCache, String activeCache) {
      this.mount = mount;
      this.limit = limit;
      this.usage = usage;
      this.inactiveCache = inactiveCache;
      this.activeCache = activeCache;
    }

    /** @param parts of a line of {@code /proc/PID/cgroup}: number, controllers, path */
    boolean isMeant(String[] parts) {
      return this == V2 ? parts[0].equals("0") : !parts[0].equals("0") && List.of(parts[1].split(",")).contains("memory");
    }
  }
}
