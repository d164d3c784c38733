package dev.wnm.web.http;

import com.sun.net.httpserver.HttpExchange;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Cuts off clients that take their answers too slowly: each holds a thread while something is written to it. */
final class Deadlines {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final Map<HttpExchange, Writing> writing = new ConcurrentHashMap<>();
  private final long limit;

  Deadlines(Duration limit, ScheduledExecutorService clock) {
    this.limit = limit.toNanos();
    clock.scheduleWithFixedDelay(this::cutOff, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private record Writing(Thread thread, long since) {}

  /** The calling thread writes from now on. */
  void begins(HttpExchange exchange) {
    writing.put(exchange, new Writing(Thread.currentThread(), System.nanoTime()));
  }

  void ends(HttpExchange exchange) {
    writing.remove(exchange);
  }

  /** An interrupt lets the write fail that waits for the client. To close the exchange from here would wait for that very write. */
  private void cutOff() {
    long now = System.nanoTime();
    writing.forEach((exchange, under) -> {
      if (now - under.since() > limit && writing.remove(exchange, under)) {
        under.thread().interrupt();
      }
    });
  }
}
