package dev.wnm.spi.internal.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Opens and reads what may not let itself be: a pipe that was put in the place of a file after it was looked at, or a disk
 * that hangs. A thread that waits for such a thing is left behind; it does not keep the program from ending.
 */
public final class InTime {
  static final Duration LIMIT = Duration.ofSeconds(10);
  private static final ExecutorService THREADS = Executors.newCachedThreadPool(work -> {
    Thread thread = new Thread(work, "files");
    thread.setDaemon(true);
    return thread;
  });

  private InTime() {}

  /** What may never end. */
  @FunctionalInterface
  public interface Work<T> {
    T run() throws IOException;
  }

  /** It did not end in time, and may hold on for ever to what it was given. */
  public static final class StuckException extends IOException {
    private static final long serialVersionUID = 1L;

    StuckException(String what, Duration limit) {
      super(what + " does not answer within " + limit.toSeconds() + " s; it is a pipe, or its disk hangs");
    }
  }

  /**
   * The work's result.
   *
   * @param what it is about, for the sentence that says that it hangs
   * @param late what to do with a result that nobody waits for any more
   * @throws StuckException when it has not ended after 10 s
   */
  public static <T> T run(Object what, Work<T> work, Consumer<T> late) throws IOException {
    return run(what, work, late, LIMIT);
  }

  static <T> T run(Object what, Work<T> work, Consumer<T> late, Duration limit) throws IOException {
    CompletableFuture<T> result = CompletableFuture.supplyAsync(() -> {
      try {
        return work.run();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }, THREADS);
    try {
      return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      result.thenAccept(late);
      throw new StuckException(what.toString(), limit);
    } catch (InterruptedException e) {
      result.thenAccept(late);
      Thread.currentThread().interrupt();
      throw new IOException(what + " was not read to its end: interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UncheckedIOException io) {
        throw io.getCause();
      }
      throw new IOException(what + ": " + e.getCause(), e.getCause());
    }
  }
}
