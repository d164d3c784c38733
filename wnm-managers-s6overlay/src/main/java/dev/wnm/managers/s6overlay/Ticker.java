package dev.wnm.managers.s6overlay;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Tells how long something has taken, again and again until it is stopped. */
final class Ticker {
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
    Thread thread = new Thread(work, "wnm-ticker");
    thread.setDaemon(true);
    return thread;
  });

  private Ticker() {}

  static Ticker every(Duration pause, Consumer<Duration> tell) {
    Ticker ticker = new Ticker();
    long start = System.nanoTime();
    ticker.clock.scheduleAtFixedRate(() -> tell.accept(Duration.ofNanos(System.nanoTime() - start)),
        pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    return ticker;
  }

  void stop() {
    clock.shutdownNow();
  }
}
