package dev.wnm.web.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Cuts off clients that take their answers too slowly: each holds a thread while something is written to it. That thread is
 * interrupted, which closes the connection; closing an exchange from elsewhere would wait for the very write that does not end.
 */
final class Deadlines {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final Set<Writing> underWay = ConcurrentHashMap.newKeySet();
  private final long limit;

  Deadlines(Duration limit, ScheduledExecutorService clock) {
    this.limit = limit.toNanos();
    clock.scheduleWithFixedDelay(this::cutOff, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Something that is written by the thread that asks for it. */
  @FunctionalInterface
  interface Write {
    void run() throws IOException;
  }

  /** @throws IOException when it cannot be written, or not in time */
  void within(Write write) throws IOException {
    Writing writing = new Writing(Thread.currentThread(), System.nanoTime());
    underWay.add(writing);
    try {
      write.run();
    } finally {
      underWay.remove(writing);
      writing.ends();
    }
  }

  private void cutOff() {
    long now = System.nanoTime();
    underWay.forEach(writing -> {
      if (now - writing.since > limit) {
        writing.interrupt();
      }
    });
  }

  /** One write. Whoever comes too late interrupts nothing else that the thread does. */
  private static final class Writing {
    private final Thread thread;
    private final long since;
    private boolean isOver;

    Writing(Thread thread, long since) {
      this.thread = thread;
      this.since = since;
    }

    synchronized void interrupt() {
      if (!isOver) {
        thread.interrupt();
      }
    }

    synchronized void ends() {
      isOver = true;
      Thread.interrupted();
    }
  }
}
