package dev.wnm.web.http;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Threads of what is served. */
public final class Threads {
  private static final long PATIENCE_SECONDS = 5;

  private Threads() {}

  /** Ends them, and waits some seconds at most for what they are at: it may be at reading a file that is taken away after this. */
  public static void end(ExecutorService threads) {
    threads.shutdownNow();
    try {
      threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
