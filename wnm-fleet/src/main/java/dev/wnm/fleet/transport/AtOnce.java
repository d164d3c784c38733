package dev.wnm.fleet.transport;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;

/** The same work for many, some at a time. */
public final class AtOnce {
  private AtOnce() {}

  /** The work for one of them. */
  @FunctionalInterface
  public interface Work<K, V> {
    V of(K one) throws FleetException, IOException;
  }

  /**
   * Does it for each, and waits until all is done.
   *
   * @param most how many at a time, 1 or more
   * @param done is told of each in the order of {@code all}, by the thread that asks
   * @return what came of each, in that order
   * @throws FleetException when the work for one fails; what has not begun is not begun then
   */
  public static <K, V> Map<K, V> each(Collection<K> all, int most, Work<K, V> work, BiConsumer<K, V> done) throws FleetException, IOException {
    ExecutorService workers = Executors.newFixedThreadPool(Math.max(1, Math.min(most, all.size())), task -> {
      Thread thread = new Thread(task, "wnm-fleet-work");
      thread.setDaemon(true);
      return thread;
    });
    try {
      Map<K, Future<V>> begun = new LinkedHashMap<>();
      all.forEach(one -> begun.put(one, workers.submit((Callable<V>) () -> work.of(one))));
      Map<K, V> results = new LinkedHashMap<>();
      for (Map.Entry<K, Future<V>> each : begun.entrySet()) {
        V result = each.getValue().get();
        results.put(each.getKey(), result);
        done.accept(each.getKey(), result);
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FleetException("wnm is to end", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException wrong) {
        throw wrong;
      }
      if (e.getCause() instanceof RuntimeException defect) {
        throw defect;
      }
      throw e.getCause() instanceof FleetException wrong ? wrong : new FleetException("not all was done: " + e.getCause(), e);
    } finally {
      workers.shutdownNow();
    }
  }
}
