package dev.wnm.web.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Server-sent events to those who listen. Each has a thread of its own and a short queue: who takes too slowly is cut off and may come
 * again, and costs the others nothing.
 */
public final class EventStreams implements AutoCloseable {
  /** So many may listen at once. */
  public static final int MOST = 64;
  private static final int MOST_WAITING = 32;
  /** Proxies give up connections on which nothing comes, and a client that is gone is noticed only by writing to it. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final int STACK_BYTES = 128 << 10;
  /** How long those who listen may take for what is waiting when all ends. */
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final byte[] NOTHING = {};
  private static final byte[] BEAT = ": beat\n\n".getBytes(StandardCharsets.UTF_8);

  private final Set<Stream> streams = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * One event.
   *
   * @param name its kind
   * @param id by which the client remembers it; may be empty
   * @param data as JSON
   */
  public record Event(String name, String id, String data) {
    byte[] bytes() {
      return ((id.isEmpty() ? "" : "id: " + id + "\n") + "event: " + name + "\ndata: " + AsciiJson.of(data.replaceAll("[\\r\\n]+", " ")) + "\n\n")
          .getBytes(StandardCharsets.UTF_8);
    }
  }

  /** How many listen. */
  public int size() {
    return streams.size();
  }

  /** Tells all who listen. */
  public void send(Event event) {
    streams.forEach(stream -> stream.offer(event));
  }

  /** Keeps an exchange whose headers are sent, until the client goes. @param first what it is told at once */
  void open(HttpExchange exchange, Supplier<Event> first, Deadlines deadlines) {
    Stream stream = new Stream(exchange, deadlines);
    streams.add(stream);
    stream.offer(first.get());
    stream.thread.start();
  }

  boolean isFull() {
    return closed || streams.size() >= MOST;
  }

  /** Sends what is waiting, to those who take it at once. */
  @Override
  public void close() {
    closed = true;
    long end = System.nanoTime() + GRACE.toNanos();
    List<Stream> left = List.copyOf(streams);
    left.forEach(Stream::endAfterThat);
    left.forEach(stream -> stream.awaitEnd(end));
    left.forEach(Stream::end);
  }

  /** One who listens. */
  private final class Stream implements Runnable {
    private final HttpExchange exchange;
    private final Deadlines deadlines;
    private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Thread thread = new Thread(null, this, "wnm-web-stream", STACK_BYTES);
    private volatile boolean ended;

    Stream(HttpExchange exchange, Deadlines deadlines) {
      this.exchange = exchange;
      this.deadlines = deadlines;
      thread.setDaemon(true);
    }

    void offer(Event event) {
      if (!waiting.offer(event.bytes())) {
        end();
      }
    }

    /** Ends once what is waiting is sent. */
    void endAfterThat() {
      if (!waiting.offer(NOTHING)) {
        end();
      }
    }

    void awaitEnd(long until) {
      try {
        thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** Does not wait: a write that hangs ends by the interrupt, which closes the connection. */
    void end() {
      ended = true;
      thread.interrupt();
    }

    @Override
    public void run() {
      try (exchange; OutputStream out = exchange.getResponseBody()) {
        while (!ended && !(closed && waiting.isEmpty())) {
          byte[] next = Optional.ofNullable(waiting.poll(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS)).orElse(BEAT);
          deadlines.within(() -> {
            out.write(next);
            out.flush();
          });
        }
      } catch (IOException gone) {
        // The client went, which is its right, or was cut off.
      } catch (InterruptedException ending) {
        // It is ended.
      } finally {
        streams.remove(this);
      }
    }
  }
}
