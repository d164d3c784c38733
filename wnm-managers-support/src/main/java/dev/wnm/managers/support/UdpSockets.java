package dev.wnm.managers.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The UDP ports that someone listens on; the format of the files is that of proc(5).
 *
 * @param proc where the system tells of itself
 */
public record UdpSockets(Path proc) {
  private static final int HEXADECIMAL = 16;

  public static UdpSockets ofThisSystem() {
    return new UdpSockets(Path.of("/proc"));
  }

  /** Those of one look; none where the system cannot be asked. */
  public Set<Integer> ports() {
    return Stream.of("net/udp", "net/udp6").flatMap(file -> lines(proc.resolve(file))).flatMap(line -> port(line).stream())
        .collect(Collectors.toSet());
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
