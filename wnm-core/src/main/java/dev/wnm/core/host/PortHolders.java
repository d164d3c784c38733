package dev.wnm.core.host;

import dev.wnm.spi.internal.Sockets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Which processes hold the ports of this machine, as {@code /proc} tells (proc(5)): one look, taken when it is first
 * asked for. Where the system does not tell (it is no Linux, or the process is another account's) the answer is
 * {@link Holder#UNKNOWN}, never a guess. Not for use by several threads.
 */
public final class PortHolders {
  /** Who listens on a port. */
  public enum Holder {
    /** The process that was asked about, or one of its children; and nobody else. */
    PROCESS,
    /** Others only. */
    ANOTHER,
    /** No process; told of UDP ports only, since a TCP port may be that of a container that this machine passes on to. */
    NOBODY,
    /** It cannot be told. */
    UNKNOWN
  }

  /** The kinds of ports. */
  private enum Protocol {
    TCP(Sockets.Table.TCP, Sockets.Table.TCP6),
    UDP(Sockets.Table.UDP, Sockets.Table.UDP6);

    private final List<Sockets.Table> tables;

    Protocol(Sockets.Table... tables) {
      this.tables = List.of(tables);
    }
  }

  private final Path proc;
  private final Map<String, Map<Integer, Set<String>>> tables = new HashMap<>();
  private final Map<Long, Optional<Set<String>>> sockets = new HashMap<>();
  private Optional<Map<Long, List<Long>>> children = Optional.empty();

  private PortHolders(Path proc) {
    this.proc = proc;
  }

  /** A look at this system, which is not taken yet. */
  public static PortHolders ofThisSystem() {
    return in(Path.of("/proc"));
  }

  /** The same where the system tells of itself in another folder. */
  static PortHolders in(Path proc) {
    return new PortHolders(proc);
  }

  /** Who listens on this port, seen from a process of this machine; one of another network name space cannot be told. */
  public Holder holderOf(int port, long pid) {
    Set<String> listeners = table(Protocol.TCP, proc, "").map(table -> table.get(port)).orElse(Set.of());
    return listeners.isEmpty() || !sharesOurNetwork(pid) ? Holder.UNKNOWN : holderOf(listeners, pid);
  }

  /** Who holds this UDP port in the network name space of a process of this machine, be it in a container, seen from that process. */
  public Holder udpHolderOf(int port, long pid) {
    Optional<String> space = networkOf(pid);
    if (space.isEmpty()) {
      return Holder.UNKNOWN;
    }
    Optional<Map<Integer, Set<String>>> table = table(Protocol.UDP, folder(pid), space.get());
    if (table.isEmpty()) {
      return Holder.UNKNOWN;
    }
    Set<String> holders = table.get().getOrDefault(port, Set.of());
    return holders.isEmpty() ? Holder.NOBODY : holderOf(holders, pid);
  }

  /**
   * The TCP port that a process listens on, the lowest where there are several; empty also where that cannot be told, and for one of
   * another network name space.
   */
  public OptionalInt tcpPortOf(long pid) {
    Map<Integer, Set<String>> listeners = table(Protocol.TCP, proc, "").orElse(Map.of());
    Set<String> open = listeners.isEmpty() || !sharesOurNetwork(pid) ? Set.of() : open(pid).orElse(Set.of());
    return open.isEmpty() ? OptionalInt.empty() : listeners.entrySet().stream()
        .filter(port -> !Collections.disjoint(port.getValue(), open)).mapToInt(Map.Entry::getKey).min();
  }

  private Holder holderOf(Set<String> listeners, long pid) {
    Set<String> left = new HashSet<>(listeners);
    // Most often it is the process itself, and then no other has to be looked at.
    boolean told = takeSockets(pid, left);
    if (told && left.isEmpty()) {
      return Holder.PROCESS;
    }
    for (long child : descendants(pid)) {
      told &= takeSockets(child, left);
    }
    if (left.isEmpty()) {
      return Holder.PROCESS;
    }
    return told && left.equals(listeners) ? Holder.ANOTHER : Holder.UNKNOWN;
  }

  /**
   * The inodes of the sockets by port; empty where the system does not tell of any kind of them, which the next one may ask again.
   *
   * @param from a folder that tells of the name space
   * @param space what tells it from others
   */
  private Optional<Map<Integer, Set<String>>> table(Protocol protocol, Path from, String space) {
    return Optional.ofNullable(tables.computeIfAbsent(protocol + space, unread -> read(protocol, from).orElse(null)));
  }

  private static Optional<Map<Integer, Set<String>>> read(Protocol protocol, Path from) {
    List<Map<Integer, Set<String>>> told = protocol.tables.stream().flatMap(table -> Sockets.in(from, table).stream()).toList();
    if (told.isEmpty()) {
      return Optional.empty();
    }
    Map<Integer, Set<String>> found = new HashMap<>();
    told.forEach(table -> table.forEach((port, inodes) -> found.computeIfAbsent(port, any -> new HashSet<>()).addAll(inodes)));
    return Optional.of(found);
  }

  private boolean sharesOurNetwork(long pid) {
    Optional<String> theirs = networkOf(pid);
    return theirs.isPresent() && theirs.equals(networkIn(proc.resolve("self")));
  }

  private Optional<String> networkOf(long pid) {
    return networkIn(folder(pid));
  }

  private static Optional<String> networkIn(Path process) {
    try {
      return Optional.of(Files.readSymbolicLink(process.resolve("ns/net")).toString());
    } catch (IOException hiddenOrGone) {
      return Optional.empty();
    }
  }

  /** Takes those sockets out that a process has open. @return whether the process could be looked at */
  private boolean takeSockets(long pid, Set<String> inodes) {
    Optional<Set<String>> open = open(pid);
    open.ifPresent(inodes::removeAll);
    return open.isPresent();
  }

  private Optional<Set<String>> open(long pid) {
    return sockets.computeIfAbsent(pid, unread -> Sockets.openIn(folder(pid)));
  }

  private Set<Long> descendants(long pid) {
    if (children.isEmpty()) {
      children = Optional.of(childrenOfAll());
    }
    Set<Long> found = new HashSet<>();
    Deque<Long> waiting = new ArrayDeque<>(List.of(pid));
    while (!waiting.isEmpty()) {
      children.get().getOrDefault(waiting.poll(), List.of()).stream().filter(found::add).forEach(waiting::add);
    }
    return found;
  }

  private Map<Long, List<Long>> childrenOfAll() {
    Map<Long, List<Long>> found = new HashMap<>();
    try (DirectoryStream<Path> processes =
        Files.newDirectoryStream(proc, entry -> entry.getFileName().toString().matches("\\d{1,18}"))) {
      for (Path process : processes) {
        parent(read(process.resolve("stat"))).ifPresent(parent -> found.computeIfAbsent(parent, any -> new ArrayList<>())
            .add(Long.parseLong(process.getFileName().toString())));
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Then it is told by the process itself alone, or not at all.
    }
    return found;
  }

  /** The second field after the program's name, which stands in brackets and may hold blanks and brackets itself. */
  private static Optional<Long> parent(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
    return fields.length > 1 && fields[1].matches("\\d{1,18}") ? Optional.of(Long.parseLong(fields[1])) : Optional.empty();
  }

  private Path folder(long pid) {
    return proc.resolve(Long.toString(pid));
  }

  /** A file's text; nothing when it is gone or hidden. */
  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
