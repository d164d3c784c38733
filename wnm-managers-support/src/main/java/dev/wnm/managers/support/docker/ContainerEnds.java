package dev.wnm.managers.support.docker;

import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.NoticesEnds;
import dev.wnm.spi.manager.OperationFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Hears from the Docker engine that containers end: one connection to its socket on this machine, and a thread that waits for it to
 * say something. It ends with wnm, however that ends, as a {@code docker events} would not.
 */
public final class ContainerEnds implements NoticesEnds.LookOut {
  private static final String SOCKET = "unix://";
  /** HTTP/1.0, so that the answer is lines and nothing else. The filters are JSON: type container, event die. */
  private static final String REQUEST = "GET /events?filters=%7B%22type%22%3A%5B%22container%22%5D%2C%22event%22%3A%5B%22die%22%5D%7D"
      + " HTTP/1.0\r\nHost: docker\r\n\r\n";
  private static final Pattern NAME = Pattern.compile("\"name\":\"([A-Za-z0-9_.-]{1,200})\"");
  private static final int LONGEST_LINE = 64 * 1024;
  /** Of ends that nobody asked for yet; who misses one looks a minute later. */
  private static final int MOST_NAMES = 10_000;

  private final SocketChannel engine;
  private final Function<NodeSpec, String> containerOf;
  private final Set<String> names = new HashSet<>();
  private boolean over;

  private ContainerEnds(SocketChannel engine, Function<NodeSpec, String> containerOf) {
    this.engine = engine;
    this.containerOf = containerOf;
  }

  /**
   * Begins to listen.
   *
   * @param containerOf the name of the container that a node lives in
   * @throws ManagerUnavailableException when the engine is not asked by a socket of this machine, or does not answer there
   */
  public static ContainerEnds of(Docker docker, Function<NodeSpec, String> containerOf) throws ManagerUnavailableException {
    try {
      String endpoint = docker.must(docker.command("context", "inspect", "--format", "{{.Endpoints.docker.Host}}"));
      if (docker.throughSudo() || !endpoint.startsWith(SOCKET)) {
        throw new ManagerUnavailableException("the Docker engine at " + endpoint + " has no socket for wnm on this machine");
      }
      SocketChannel engine = SocketChannel.open(UnixDomainSocketAddress.of(endpoint.substring(SOCKET.length())));
      ContainerEnds ends = new ContainerEnds(engine, containerOf);
      engine.write(ByteBuffer.wrap(REQUEST.getBytes(StandardCharsets.US_ASCII)));
      Thread thread = new Thread(ends::listen, "wnm-docker-events");
      thread.setDaemon(true);
      thread.start();
      return ends;
    } catch (OperationFailedException | IOException | IllegalArgumentException e) {
      throw new ManagerUnavailableException("the Docker engine cannot be listened to: " + e.getMessage());
    }
  }

  @Override
  public synchronized Set<Integer> ended(List<NodeSpec> running) throws ManagerUnavailableException {
    if (over) {
      throw new ManagerUnavailableException("the Docker engine tells no more");
    }
    if (names.isEmpty()) {
      return Set.of();
    }
    Set<Integer> ended = running.stream().filter(node -> names.contains(containerOf.apply(node))).map(NodeSpec::id)
        .collect(Collectors.toSet());
    names.clear();
    return ended;
  }

  private void listen() {
    try (InputStream said = Channels.newInputStream(engine)) {
      byte[] bytes = new byte[8_192];
      StringBuilder line = new StringBuilder();
      for (int count = said.read(bytes); count >= 0; count = said.read(bytes)) {
        for (int i = 0; i < count; i++) {
          char next = (char) (bytes[i] & 0xff);
          if (next == '\n') {
            take(line.toString());
            line.setLength(0);
          } else if (line.length() < LONGEST_LINE) {
            line.append(next);
          }
        }
      }
    } catch (IOException closed) {
      // by us, or with the engine
    } finally {
      end();
    }
  }

  /** The lines of the head name no container, and an answer that refuses ends at once. */
  private synchronized void take(String line) {
    Matcher name = NAME.matcher(line);
    if (names.size() < MOST_NAMES && name.find()) {
      names.add(name.group(1));
    }
  }

  private synchronized void end() {
    over = true;
  }

  @Override
  public void close() {
    try {
      engine.close();
    } catch (IOException e) {
      end();
    }
  }
}
