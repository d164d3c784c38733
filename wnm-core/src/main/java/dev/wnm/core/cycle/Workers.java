package dev.wnm.core.cycle;

import dev.wnm.core.manager.Traits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Runs operations on different nodes side by side, as far as the back end allows.
 *
 * @param concurrency what the back end allows
 * @param pauseBetween the wait between two starts of operations ({@code action_delay}), zero for none
 * @param pause how to wait
 */
record Workers(Traits.Concurrency concurrency, Duration pauseBetween, Pause pause) {
  /** Operations mostly wait for processes and files; more at once would only make a small machine thrash. */
  private static final int MOST_AT_ONCE = 16;

  /** Runs all of them and returns their outcomes in the order of the tasks. Tasks report failures, they do not throw. */
  <T> List<T> runAll(List<Supplier<T>> tasks) {
    boolean serial = concurrency == Traits.Concurrency.SERIAL || tasks.size() < 2;
    ExecutorService pool = serial ? null : Executors.newFixedThreadPool(Math.min(tasks.size(), MOST_AT_ONCE));
    List<Future<T>> running = new ArrayList<>();
    List<T> outcomes = new ArrayList<>();
    try {
      for (Supplier<T> task : tasks) {
        if (task != tasks.get(0) && !pauseBetween.isZero()) {
          pause.of(pauseBetween);
        }
        if (serial) {
          outcomes.add(task.get());
        } else {
          running.add(pool.submit(task::get));
        }
      }
      for (Future<T> future : running) {
        outcomes.add(future.get());
      }
      return outcomes;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while operations were running", e);
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    } finally {
      if (!serial) {
        pool.shutdown();
      }
    }
  }

  /** What ended a worker ends the caller in the same way: a store that is full, say. */
  private static RuntimeException rethrown(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException failure ? failure : new IllegalStateException(cause);
  }
}
