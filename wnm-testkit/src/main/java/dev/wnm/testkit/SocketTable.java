package dev.wnm.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which ports are in use, as the kernel lists it. Asked in place of trying to listen: a program that this JVM starts at that
 * moment inherits the socket of the trial and holds the port until it gets to run, which takes long on a busy machine.
 */
public final class SocketTable {
  private static final Path TABLES = Path.of("/proc/self/net");
  private static final int LOCAL = 1;
  private static final int STATE = 3;
  private static final String LISTENING = "0A";
  /** A connection that is over and only waits for late packets keeps nobody from listening. */
  private static final String TIME_WAIT = "06";

  private SocketTable() {}

  /** All ports of UDP, and those of TCP that listen or are an end of a connection. */
  static Set<Integer> ports() {
    Set<Integer> ports = local("tcp", state -> !state.equals(TIME_WAIT));
    ports.addAll(local("udp", state -> true));
    return ports;
  }

  /** Whether anything listens on this TCP port, at whichever address. */
  public static boolean isListenedOn(int port) {
    return local("tcp", LISTENING::equals).contains(port);
  }

  /** @throws UncheckedIOException where the kernel has no such list, as no system but Linux has */
  private static Set<Integer> local(String protocol, Predicate<String> state) {
    Set<Integer> ports = new HashSet<>();
    for (Path table : List.of(TABLES.resolve(protocol), TABLES.resolve(protocol + "6"))) {
      try {
        Files.readAllLines(table).stream().skip(1).map(line -> line.strip().split("\\s+"))
            .filter(fields -> state.test(fields[STATE]))
            .forEach(fields -> ports.add(Integer.parseInt(fields[LOCAL].substring(fields[LOCAL].lastIndexOf(':') + 1), 16)));
      } catch (NoSuchFileException noIpVersion6) {
        if (!table.endsWith(protocol + "6")) {
          throw new UncheckedIOException("cannot tell which ports are in use", noIpVersion6);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot tell which ports are in use", e);
      }
    }
    return ports;
  }
}
