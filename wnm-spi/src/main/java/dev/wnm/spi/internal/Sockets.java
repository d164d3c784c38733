package dev.wnm.spi.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sockets, as the kernel tells of them below {@code /proc} (proc(5)). What it does not tell is empty, which is not the same as none. */
public final class Sockets {
  /** The lists that the kernel keeps of a network name space. */
  public enum Table {
    /** Those that listen. */
    TCP("net/tcp", "0A"),
    /** Those that listen. */
    TCP6("net/tcp6", "0A"),
    /** Those that take what anybody sends. */
    UDP("net/udp", "07"),
    /** Those that take what anybody sends, most often by IPv4 as well. */
    UDP6("net/udp6", "07");

    private final String file;
    private final String state;

    Table(String file, String state) {
      this.file = file;
      this.state = state;
    }
  }

  private static final int HEXADECIMAL = 16;
  private static final int LOCAL_ADDRESS = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;
  private static final String SOCKET = "socket:[";

  private Sockets() {}

  /**
   * The inodes of the sockets in a table, by port.
   *
   * @param folder {@code /proc} for the name space of whoever asks, or that of a process in it for the process's
   * @return empty where the system does not tell; one without any socket has an empty map
   */
  public static Optional<Map<Integer, Set<String>>> in(Path folder, Table table) {
    String text;
    try {
      text = new String(Files.readAllBytes(folder.resolve(table.file)), StandardCharsets.UTF_8);
    } catch (IOException hiddenOrGone) {
      return Optional.empty();
    }
    // One without any socket has a heading still.
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Map<Integer, Set<String>> found = new HashMap<>();
    // Most lines of a busy machine are connections, and are passed over at once.
    text.lines().filter(line -> line.contains(table.state)).forEach(line -> {
      String[] fields = line.strip().split("\\s+");
      if (fields.length > INODE && fields[STATE].equals(table.state) && fields[LOCAL_ADDRESS].matches("[0-9A-F]+:[0-9A-F]{4}")) {
        String port = fields[LOCAL_ADDRESS].substring(fields[LOCAL_ADDRESS].indexOf(':') + 1);
        found.computeIfAbsent(Integer.parseInt(port, HEXADECIMAL), any -> new HashSet<>()).add(fields[INODE]);
      }
    });
    return Optional.of(found);
  }

  /**
   * The inodes of the sockets that a process has open.
   *
   * @param process its folder in {@code /proc}
   * @return empty when it is gone, or another account's
   */
  public static Optional<Set<String>> openIn(Path process) {
    Set<String> inodes = new HashSet<>();
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : descriptors) {
        String target = target(descriptor);
        if (target.startsWith(SOCKET)) {
          inodes.add(target.substring(SOCKET.length(), target.length() - 1));
        }
      }
      return Optional.of(inodes);
    } catch (IOException | DirectoryIteratorException hiddenOrGone) {
      return Optional.empty();
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
}
