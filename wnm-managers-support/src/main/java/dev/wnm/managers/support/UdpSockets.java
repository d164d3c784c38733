package dev.wnm.managers.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The UDP ports that someone listens on; the format of the files is that of proc(5).
 *
 * @param proc where the system tells of itself
 */
public record UdpSockets(Path proc) {
  private static final int HEXADECIMAL = 16;
  private static final int INODE = 9;
  private static final Pattern SOCKET = Pattern.compile("socket:\\[([0-9]+)\\]");

  public static UdpSockets ofThisSystem() {
    return new UdpSockets(Path.of("/proc"));
  }

  /** Those of one look; none where the system cannot be asked. */
  public Set<Integer> ports() {
    return Stream.of("net/udp", "net/udp6").flatMap(file -> lines(proc.resolve(file))).flatMap(line -> port(line).stream())
        .collect(Collectors.toSet());
  }

  /**
   * Those that a process listens on, as far as whoever asks may see that.
   *
   * @return by protocol: those of IPv4 under {@code udp}, those that take both under {@code udp6}
   */
  public Map<String, Set<Integer>> portsOf(long pid) {
    Set<String> inodes = inodesOf(pid);
    Map<String, Set<Integer>> ports = new HashMap<>();
    for (String family : List.of("udp", "udp6")) {
      ports.put(family, lines(proc.resolve("net").resolve(family)).filter(line -> inodes.contains(field(line, INODE)))
          .flatMap(line -> port(line).stream()).collect(Collectors.toSet()));
    }
    return ports;
  }

  private Set<String> inodesOf(long pid) {
    Set<String> inodes = new HashSet<>();
    try (DirectoryStream<Path> open = Files.newDirectoryStream(proc.resolve(Long.toString(pid)).resolve("fd"))) {
      for (Path file : open) {
        Matcher socket = SOCKET.matcher(target(file));
        if (socket.matches()) {
          inodes.add(socket.group(1));
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      return Set.of(); // gone, or another account's
    }
    return inodes;
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return ""; // closed meanwhile
    }
  }

  private static String field(String line, int index) {
    String[] fields = line.strip().split("\\s+");
    return fields.length > index ? fields[index] : "";
  }

  /** The local address is the second field: {@code 0100007F:D6D9}. */
  private static Optional<Integer> port(String line) {
    String[] fields = line.strip().split("\\s+");
    return fields.length > 1 && fields[1].matches("[0-9A-F]+:[0-9A-F]{4}")
        ? Optional.of(Integer.parseInt(fields[1].substring(fields[1].indexOf(':') + 1), HEXADECIMAL)) : Optional.empty();
  }

  private static Stream<String> lines(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines();
    } catch (IOException e) {
      return Stream.empty();
    }
  }
}
