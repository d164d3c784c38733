package dev.wnm.core.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which processes listen on the TCP ports of this machine, as {@code /proc} tells (proc(5)): one look, taken when it is first
 * asked for. Where the system does not tell (it is no Linux, or the process is another account's) the answer is
 * {@link Holder#UNKNOWN}, never a guess. Not for use by several threads.
 */
public final class TcpListeners {
  /** Who listens on a port. */
  public enum Holder {
    /** The process that was asked about, or one of its children; and nobody else. */
    PROCESS,
    /** Others only. */
    ANOTHER,
    /** It cannot be told. */
    UNKNOWN
  }

  private static final int HEXADECIMAL = 16;
  /** Fields of a line of {@code net/tcp}. */
  private static final int LOCAL_ADDRESS = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;
  private static final String LISTENS = "0A";
  private static final String SOCKET = "socket:[";

  private final Path proc;
  private Optional<Map<Integer, Set<String>>> inodesByPort = Optional.empty();
  private Optional<Map<Long, List<Long>>> children = Optional.empty();

  private TcpListeners(Path proc) {
    this.proc = proc;
  }

  /** A look at this system, which is not taken yet. */
  public static TcpListeners ofThisSystem() {
    return in(Path.of("/proc"));
  }

  /** The same where the system tells of itself in another folder. */
  static TcpListeners in(Path proc) {
    return new TcpListeners(proc);
  }

  /** Who listens on this port, seen from a process of this machine; one of another network name space cannot be told. */
  public Holder holderOf(int port, long pid) {
    if (inodesByPort.isEmpty()) {
      inodesByPort = Optional.of(listening());
    }
    Set<String> listeners = inodesByPort.get().getOrDefault(port, Set.of());
    if (listeners.isEmpty() || !sharesOurNetwork(pid)) {
      return Holder.UNKNOWN;
    }
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

  private Map<Integer, Set<String>> listening() {
    Map<Integer, Set<String>> found = new HashMap<>();
    // Most lines of a busy machine are connections, and are passed over at once.
    Stream<String> lines = Stream.of("net/tcp", "net/tcp6").flatMap(file -> read(proc.resolve(file)).lines());
    lines.filter(line -> line.contains(LISTENS)).forEach(line -> {
      String[] fields = line.strip().split("\\s+");
      if (fields.length > INODE && fields[STATE].equals(LISTENS) && fields[LOCAL_ADDRESS].matches("[0-9A-F]+:[0-9A-F]{4}")) {
        String port = fields[LOCAL_ADDRESS].substring(fields[LOCAL_ADDRESS].indexOf(':') + 1);
        found.computeIfAbsent(Integer.parseInt(port, HEXADECIMAL), any -> new HashSet<>()).add(fields[INODE]);
      }
    });
    return found;
  }

  private boolean sharesOurNetwork(long pid) {
    try {
      return Files.readSymbolicLink(folder(pid).resolve("ns/net")).equals(Files.readSymbolicLink(proc.resolve("self/ns/net")));
    } catch (IOException hiddenOrGone) {
      return false;
    }
  }

  /** Takes those sockets out that a process has open. @return whether the process could be looked at */
  private boolean takeSockets(long pid, Set<String> inodes) {
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(folder(pid).resolve("fd"))) {
      for (Path descriptor : descriptors) {
        String target = target(descriptor);
        if (target.startsWith(SOCKET)) {
          inodes.remove(target.substring(SOCKET.length(), target.length() - 1));
        }
      }
      return true;
    } catch (IOException | DirectoryIteratorException hiddenOrGone) {
      return false;
    }
  }

  /** Where a descriptor leads; nothing when it was closed meanwhile. */
  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closed) {
      return "";
    }
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
