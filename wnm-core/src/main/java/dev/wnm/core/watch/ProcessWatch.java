package dev.wnm.core.watch;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Notices that processes end whose numbers are known on this machine, whatever runs them. One that was never seen to run is not
 * missed: its number may be old, or hidden from this account. Not for use by several threads.
 */
final class ProcessWatch {
  private final ProcessTable table;
  /** By a node's number, as which process it was last seen. */
  private final Map<Integer, Seen> seen = new HashMap<>();

  private record Seen(long pid, String process) {}

  ProcessWatch(ProcessTable table) {
    this.table = table;
  }

  /**
   * Those of these nodes whose processes have ended since the last look. Of each it is told once.
   *
   * @param pids their processes, by their numbers
   */
  Set<Integer> ended(Map<Integer, Long> pids) {
    Set<Integer> ended = new HashSet<>();
    seen.keySet().retainAll(pids.keySet());
    pids.forEach((id, pid) -> {
      Optional<String> process = table.find(pid);
      Seen before = seen.get(id);
      if (before != null && before.pid() == pid && !process.equals(Optional.of(before.process()))) {
        seen.remove(id);
        ended.add(id);
      } else {
        process.ifPresent(now -> seen.put(id, new Seen(pid, now)));
      }
    });
    return ended;
  }
}
