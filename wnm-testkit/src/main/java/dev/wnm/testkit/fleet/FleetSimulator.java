package dev.wnm.testkit.fleet;

import dev.wnm.spi.model.Version;
import dev.wnm.testkit.Eventually;
import dev.wnm.testkit.SocketTable;
import dev.wnm.testkit.antnode.AntnodePages;
import dev.wnm.testkit.antnode.StandInAntnode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Serves the metrics ports of any number of nodes on 127.0.0.1 from one thread: HTTP/1.1 with keep-alive, answers made
 * beforehand. Safe to use from many threads. Each port costs one file descriptor, each connection another.
 */
public final class FleetSimulator implements AutoCloseable {
  private static final int BACKLOG = 128;
  private static final int SCRATCH_BYTES = 8 * 1024;
  private static final int LOOK_AT_ITS_THREAD_MILLIS = 100;

  private final Selector selector;
  private final Thread thread;
  private final Map<Integer, Answers> nodes = new ConcurrentHashMap<>();
  private final Map<Integer, ServerSocketChannel> listeners = new ConcurrentHashMap<>();
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicLong requests = new AtomicLong();
  private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH_BYTES);
  private volatile boolean closed;

  /** Serves nothing yet. */
  public FleetSimulator() throws IOException {
    selector = Selector.open();
    thread = new Thread(this::run, "fleet-simulator");
    thread.setDaemon(true);
    thread.start();
  }

  /** Serves a whole fleet of the stand-in's version, each node with its own peer id. */
  public static FleetSimulator start(FleetPlan plan) throws IOException {
    AntnodePages pages = AntnodePages.load();
    Version version = StandInAntnode.VERSION;
    Answers common = Answers.of(pages, Map.of("version", version.text(), "uptime", "3600"));
    FleetSimulator simulator = new FleetSimulator();
    try {
      for (int i = 0; i < plan.count(); i++) {
        int port = plan.firstPort() + i;
        if (i < plan.hang()) {
          simulator.serve(port, Answers.hanging());
        } else if (i >= plan.hang() + plan.refuse()) {
          simulator.serve(port, i < plan.hang() + plan.refuse() + plan.garbage() ? Answers.garbage()
              : common.as(pages, version, Answers.peerId(port)));
        }
      }
      return simulator;
    } catch (IOException e) {
      simulator.close();
      throw e;
    }
  }

  /** Serves a fleet until it is killed: {@code --first-port 13001 --count 1000 [--hang N] [--refuse N] [--garbage N]}. */
  public static void main(String[] words) throws IOException, InterruptedException {
    FleetPlan plan = FleetPlan.parse(words);
    try (FleetSimulator simulator = start(plan)) {
      System.out.println("serving " + plan);
      simulator.thread.join();
    }
  }

  /**
   * Serves a port from now on; one that is served already says something else from the next connection on.
   *
   * @throws IOException when something else listens there
   */
  public synchronized void serve(int port, Answers answers) throws IOException {
    boolean served = listeners.containsKey(port);
    nodes.put(port, answers);
    if (served) {
      return;
    }
    ServerSocketChannel listener = ServerSocketChannel.open();
    try {
      listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      listener.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), BACKLOG);
      listener.configureBlocking(false);
    } catch (IOException e) {
      nodes.remove(port);
      listener.close();
      throw new IOException("cannot listen on 127.0.0.1:" + port + ": " + e.getMessage(), e);
    }
    listeners.put(port, listener);
    onItsThread(() -> register(listener, SelectionKey.OP_ACCEPT, port));
  }

  /** Serves a port no more: it is free, and its connections are closed, when this returns. Any other port is fine. */
  public synchronized void silence(int port) {
    nodes.remove(port);
    ServerSocketChannel listener = listeners.remove(port);
    if (listener != null) {
      onItsThread(() -> shut(port, listener));
      // A program that this JVM was just starting has the socket as well, until it gets to run.
      Eventually.eventually("port " + port + " is free again", () -> !SocketTable.isListenedOn(port));
    }
  }

  /** How many requests it began to answer so far. */
  public long requests() {
    return requests.get();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns when it is done, so that callers see its effect. */
  private void onItsThread(Runnable task) {
    CountDownLatch done = new CountDownLatch(1);
    tasks.add(() -> {
      task.run();
      done.countDown();
    });
    selector.wakeup();
    try {
      while (!done.await(LOOK_AT_ITS_THREAD_MILLIS, TimeUnit.MILLISECONDS) && thread.isAlive()) {
        selector.wakeup();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (selector) {
      while (!closed) {
        selector.select();
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
          task.run();
        }
        for (SelectionKey key : selector.selectedKeys()) {
          if (key.isValid()) {
            handle(key);
          }
        }
        selector.selectedKeys().clear();
      }
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void handle(SelectionKey key) throws IOException {
    if (key.attachment() instanceof Connection connection) {
      try {
        connection.goOn(key, scratch);
      } catch (IOException e) {
        connection.close(); // the other side is gone, as real nodes see every day
      }
      return;
    }
    int port = (Integer) key.attachment();
    Answers answers = nodes.get(port);
    for (SocketChannel channel = accept(key); channel != null; channel = accept(key)) {
      if (answers == null) {
        channel.close();
      } else {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        register(channel, SelectionKey.OP_READ, new Connection(port, answers, channel, requests));
      }
    }
  }

  private static SocketChannel accept(SelectionKey key) throws IOException {
    return ((ServerSocketChannel) key.channel()).accept();
  }

  private void register(SelectableChannel channel, int interest, Object attachment) {
    try {
      channel.register(selector, interest, attachment);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void shut(int port, ServerSocketChannel listener) {
    try {
      listener.close();
      for (SelectionKey key : selector.keys()) {
        if (key.attachment() instanceof Connection connection && connection.port() == port) {
          connection.close();
        }
      }
      selector.selectNow(); // a closed channel lets go of its port only here
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
