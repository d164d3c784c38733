package dev.wnm.core.probe;

import dev.wnm.spi.internal.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * One pass over many nodes: starts connections as the limits and the pause allow, serves those that are ready, ends the
 * late.
 */
final class Survey implements AutoCloseable {
  /** A node that takes longer is probably hung: it keeps its connection but no longer its place among the active. */
  private static final long PATIENCE_NANOS = Duration.ofMillis(250).toNanos();
  /** How often lateness is looked at, hence how exactly timeouts are kept. */
  private static final long SWEEP_NANOS = Duration.ofMillis(25).toNanos();
  /** Kept until the process may open no more, so that what else it does (loading classes, for one) still can. */
  private static final int SPARE_SOCKETS = 16;
  private static final int READ_BYTES = 65_536;

  private final ProbeLimits limits;
  private final long pauseNanos;
  private final BiConsumer<ProbeTarget, ProbeResult> heard;
  private final Selector selector;
  private final ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES);
  private final Map<String, Optional<InetAddress>> addresses = new HashMap<>();
  private final Map<Integer, ProbeResult> results = new LinkedHashMap<>();
  private final Deque<ProbeTarget> waiting;
  private final Deque<SocketChannel> spare = new ArrayDeque<>();
  private long now = System.nanoTime();
  private long nextStart = now;
  private long nextSweep = now + SWEEP_NANOS;
  private int open;
  private int silent;
  private int mostOpen;

  Survey(List<ProbeTarget> targets, ProbeLimits limits, Duration pauseBetween, BiConsumer<ProbeTarget, ProbeResult> heard)
      throws IOException {
    this.limits = limits;
    this.pauseNanos = pauseBetween.toNanos();
    this.heard = heard;
    this.mostOpen = limits.open();
    this.waiting = new ArrayDeque<>(targets);
    for (ProbeTarget target : targets) {
      ProbeResult unasked = new ProbeResult.NoAnswer("interrupted before " + target.address() + " answered");
      if (results.put(target.id(), unasked) != null) {
        throw new IllegalArgumentException("node " + target.id() + " is to be probed twice");
      }
    }
    this.selector = Selector.open();
  }

  Map<Integer, ProbeResult> run() throws IOException {
    openSpare();
    while (!waiting.isEmpty() || open > 0) {
      while (mayStart()) {
        start();
      }
      // At least 1 ms: a select of 0 would wait for ever.
      long rest = (waiting.isEmpty() || isFull() ? nextSweep : Math.min(nextSweep, nextStart)) - System.nanoTime();
      selector.select(this::serve, Math.max(1, rest / 1_000_000));
      if (Thread.currentThread().isInterrupted()) {
        break;
      }
      now = System.nanoTime();
      if (now - nextSweep >= 0) {
        sweep();
      }
    }
    return results;
  }

  private boolean isFull() {
    return open - silent >= limits.active() || open >= mostOpen;
  }

  private boolean mayStart() {
    return !waiting.isEmpty() && !isFull() && now - nextStart >= 0;
  }

  private void start() throws IOException {
    ProbeTarget target = waiting.poll();
    Optional<InetAddress> address = addresses.computeIfAbsent(target.host(), Survey::lookUp);
    if (address.isEmpty()) {
      results.put(target.id(), new ProbeResult.NoAnswer("the host name '" + target.host() + "' is unknown"));
      return;
    }
    SocketChannel channel;
    try {
      channel = SocketChannel.open();
    } catch (IOException e) {
      outOfSockets(target, e);
      return;
    }
    nextStart = now + pauseNanos;
    open++;
    NodeConnection connection =
        new NodeConnection(target, new InetSocketAddress(address.get(), target.port()), limits, selector, channel, now);
    connection.open().ifPresent(result -> finish(connection, result));
  }

  /** The process may open no more: the node waits for another one's end, and from now on no more are open at once. */
  private void outOfSockets(ProbeTarget target, IOException e) throws IOException {
    if (open == 0 && spare.isEmpty()) {
      results.put(target.id(), new ProbeResult.NoAnswer(target.address() + " could not be asked: " + Reason.of(e)));
    } else {
      waiting.addFirst(target);
      mostOpen = Math.max(1, open);
    }
    closeSpare();
  }

  private void openSpare() throws IOException {
    // The JDK prepares for closing sockets when it first closes one, and needs descriptors for that.
    SocketChannel.open().close();
    for (int i = 0; i < SPARE_SOCKETS; i++) {
      spare.push(SocketChannel.open());
    }
  }

  private void closeSpare() throws IOException {
    while (!spare.isEmpty()) {
      spare.pop().close();
    }
  }

  private void serve(SelectionKey key) {
    NodeConnection connection = (NodeConnection) key.attachment();
    connection.ready(buffer).ifPresent(result -> finish(connection, result));
  }

  private void sweep() {
    nextSweep = now + SWEEP_NANOS;
    silent = 0;
    for (SelectionKey key : selector.keys()) {
      if (key.isValid()) {
        NodeConnection connection = (NodeConnection) key.attachment();
        Optional<ProbeResult> late = connection.expire(now);
        late.ifPresent(result -> finish(connection, result));
        if (late.isEmpty() && connection.ageNanos(now) > PATIENCE_NANOS) {
          silent++;
        }
      }
    }
  }

  private void finish(NodeConnection connection, ProbeResult result) {
    connection.close();
    results.put(connection.target().id(), result);
    heard.accept(connection.target(), result);
    open--;
  }

  /** Blocks for as long as the system's resolver takes; numbers are not looked up. */
  private static Optional<InetAddress> lookUp(String host) {
    try {
      return Optional.of(InetAddress.getByName(host));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      ((NodeConnection) key.attachment()).close();
    }
    closeSpare();
    selector.close();
  }
}
