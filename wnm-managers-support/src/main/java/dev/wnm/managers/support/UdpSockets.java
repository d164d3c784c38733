package dev.wnm.managers.support;

import dev.wnm.spi.internal.Sockets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The UDP ports that someone listens on.
 *
 * @param proc where the system tells of itself
 */
public record UdpSockets(Path proc) {
  public static UdpSockets ofThisSystem() {
    return new UdpSockets(Path.of("/proc"));
  }

  /** Those of one look; none where the system cannot be asked. */
  public Set<Integer> ports() {
    return Stream.of(Sockets.Table.UDP, Sockets.Table.UDP6).flatMap(table -> inodes(table).keySet().stream()).collect(Collectors.toSet());
  }

  /**
   * Those that a process listens on, as far as whoever asks may see that.
   *
   * @return by protocol: those of IPv4 under {@code udp}, those that take both under {@code udp6}
   */
  public Map<String, Set<Integer>> portsOf(long pid) {
    Set<String> open = Sockets.openIn(proc.resolve(Long.toString(pid))).orElse(Set.of());
    return Map.of("udp", portsOf(open, Sockets.Table.UDP), "udp6", portsOf(open, Sockets.Table.UDP6));
  }

  private Set<Integer> portsOf(Set<String> open, Sockets.Table table) {
    return inodes(table).entrySet().stream().filter(port -> !Collections.disjoint(port.getValue(), open)).map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private Map<Integer, Set<String>> inodes(Sockets.Table table) {
    return Sockets.in(proc, table).orElse(Map.of());
  }
}
