package dev.wnm.core.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/** Thousands of metrics servers on free loopback ports, served by one thread. */
public final class TinyFleet implements AutoCloseable {
  private final Selector selector;
  private final List<Integer> ports = new ArrayList<>();
  private final ByteBuffer buffer = ByteBuffer.allocate(8_192);

  /** One server: which one, what it answers, and the bytes still to be sent. */
  private record Server(byte[] metadata, byte[] metrics, boolean hangs) {}

  private static final class Connection {
    private final Server server;
    private ByteBuffer rest = ByteBuffer.allocate(0);

    Connection(Server server) {
      this.server = server;
    }
  }

  /**
   * @param metadata body of the answer of the server with this index, from 0
   * @param metrics likewise
   * @param hangs which of them take connections and never answer
   */
  public TinyFleet(int size, IntFunction<String> metadata, IntFunction<String> metrics, IntPredicate hangs)
      throws IOException {
    selector = Selector.open();
    for (int i = 0; i < size; i++) {
      ServerSocketChannel channel = ServerSocketChannel.open();
      channel.configureBlocking(false);
      channel.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 8);
      Server server = new Server(OddServer.ok(metadata.apply(i)), OddServer.ok(metrics.apply(i)), hangs.test(i));
      channel.register(selector, SelectionKey.OP_ACCEPT, server);
      ports.add(channel.socket().getLocalPort());
    }
    Thread thread = new Thread(this::run, "tiny-fleet");
    thread.setDaemon(true);
    thread.start();
  }

  /** A target for each server, with ids from 1. */
  public List<ProbeTarget> targets() {
    List<ProbeTarget> targets = new ArrayList<>();
    for (int port : ports) {
      targets.add(new ProbeTarget(targets.size() + 1, "127.0.0.1", port));
    }
    return targets;
  }

  private void run() {
    try {
      while (selector.isOpen()) {
        selector.select(this::serve);
      }
    } catch (IOException | ClosedSelectorException e) {
      // Closed by the test.
    }
  }

  private void serve(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        accept(key);
      } else {
        answer(key);
      }
    } catch (IOException e) {
      key.cancel();
    }
  }

  private void accept(SelectionKey key) throws IOException {
    SocketChannel channel = ((ServerSocketChannel) key.channel()).accept();
    if (channel != null) {
      Server server = (Server) key.attachment();
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.register(selector, SelectionKey.OP_READ, new Connection(server));
    }
  }

  private void answer(SelectionKey key) throws IOException {
    SocketChannel channel = (SocketChannel) key.channel();
    Connection connection = (Connection) key.attachment();
    if (key.isReadable()) {
      int count = channel.read(buffer.clear());
      if (count < 0) {
        channel.close();
        return;
      }
      if (connection.server.hangs()) {
        return;
      }
      String request = new String(buffer.array(), 0, count, StandardCharsets.ISO_8859_1);
      connection.rest = ByteBuffer.wrap(
          request.startsWith("GET /metadata ") ? connection.server.metadata() : connection.server.metrics());
    }
    channel.write(connection.rest);
    key.interestOps(connection.rest.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
