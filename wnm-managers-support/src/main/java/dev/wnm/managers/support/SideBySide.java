package dev.wnm.managers.support;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Does the same for several things at the same time that share nothing, such as groups, or nodes that are processes. */
public final class SideBySide {
  /** What is done for each is mostly to wait, for docker or for a node. */
  private static final int MOST_AT_ONCE = 32;

  private SideBySide() {}

  /** An entry for each, in their order. {@code work} reports failures, does not throw. */
  public static <T, K, R> Map<K, R> of(Collection<T> all, Function<T, K> key, Function<T, R> work) {
    Map<K, R> results = new LinkedHashMap<>();
    if (all.size() < 2) {
      all.forEach(each -> results.put(key.apply(each), work.apply(each)));
      return results;
    }
    ExecutorService pool = Executors.newFixedThreadPool(Math.min(all.size(), MOST_AT_ONCE));
    try {
      Map<K, Future<R>> begun = new LinkedHashMap<>();
      all.forEach(each -> begun.put(key.apply(each), pool.submit(() -> work.apply(each))));
      for (Map.Entry<K, Future<R>> entry : begun.entrySet()) {
        results.put(entry.getKey(), entry.getValue().get());
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while several things were done side by side", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      pool.shutdown();
    }
  }
}
