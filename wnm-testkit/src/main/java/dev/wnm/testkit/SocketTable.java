package dev.wnm.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which ports are in use. Those of UDP are as the kernel lists them. To list those of TCP, it is at work for ten milliseconds
 * and more on a machine with much memory, and tests ask by the thousand: such a port is tried, by binding to it without
 * listening. A program that this JVM starts at that moment inherits the socket of the trial and has it until it gets to run,
 * which takes long on a busy machine; one that only is bound, and may share its port, is in nobody's way.
 */
public final class SocketTable {
  private static final Path TABLES = Path.of("/proc/self/net");
  private static final int LOCAL = 1;

  private SocketTable() {}

  /**
   * All ports of UDP that something is bound to.
   *
   * @throws UncheckedIOException where the kernel has no such list, as no system but Linux has
   */
  static Set<Integer> udpPorts() {
    Set<Integer> ports = new HashSet<>();
    for (Path table : List.of(TABLES.resolve("udp"), TABLES.resolve("udp6"))) {
      try {
        Files.readAllLines(table).stream().skip(1).map(line -> line.strip().split("\\s+")[LOCAL])
            .forEach(local -> ports.add(Integer.parseInt(local.substring(local.lastIndexOf(':') + 1), 16)));
      } catch (NoSuchFileException noIpVersion6) {
        if (!table.endsWith("udp6")) {
          throw new UncheckedIOException("cannot tell which ports are in use", noIpVersion6);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot tell which ports are in use", e);
      }
    }
    return ports;
  }

  /** Whether anything listens on this TCP port, at whichever address. What a connection that is over leaves does not count. */
  public static boolean isListenedOn(int port) {
    try (SocketChannel trial = SocketChannel.open()) {
      trial.setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(new InetSocketAddress(port));
      return false;
    } catch (IOException taken) {
      return true;
    }
  }
}
