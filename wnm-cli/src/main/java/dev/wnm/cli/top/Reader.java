package dev.wnm.cli.top;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Reads the colony again and again by a thread of its own, so that the screen never waits for it. Safe to use by several threads. */
final class Reader implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Reader.class.getName());

  private final Callable<Snapshot> colony;
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
    Thread reader = new Thread(task, "wnm-top-reader");
    reader.setDaemon(true);
    return reader;
  });
  private volatile Sight sight = Sight.NOTHING;

  /** @param pause from the end of a reading to the next */
  Reader(Callable<Snapshot> colony, Duration pause) {
    this.colony = colony;
    thread.scheduleWithFixedDelay(this::read, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** What was read last; at once. */
  Sight sight() {
    return sight;
  }

  private void read() {
    try {
      sight = new Sight(Optional.of(colony.call()), "");
    } catch (Exception | LinkageError | StackOverflowError e) {
      sight = sight.failed(e.getMessage() == null ? e.toString() : e.getMessage());
      LOG.log(System.Logger.Level.DEBUG, "the colony cannot be read", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
