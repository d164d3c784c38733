package dev.wnm.managers.s6overlay;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Does the same for several groups at the same time: they share nothing but docker. */
final class SideBySide {
  /** What it does for each is mostly to wait for docker and for nodes. */
  private static final int MOST_AT_ONCE = 16;

  private SideBySide() {}

  /** An entry for each, in their order. {@code work} reports failures, does not throw. */
  static <T, R> Map<String, R> of(Collection<T> all, Function<T, String> name, Function<T, R> work) {
    Map<String, R> results = new LinkedHashMap<>();
    if (all.size() < 2) {
      all.forEach(each -> results.put(name.apply(each), work.apply(each)));
      return results;
    }
    ExecutorService pool = Executors.newFixedThreadPool(Math.min(all.size(), MOST_AT_ONCE));
    try {
      Map<String, Future<R>> begun = new LinkedHashMap<>();
      all.forEach(each -> begun.put(name.apply(each), pool.submit(() -> work.apply(each))));
      for (Map.Entry<String, Future<R>> entry : begun.entrySet()) {
        results.put(entry.getKey(), entry.getValue().get());
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while groups were worked on", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      pool.shutdown();
    }
  }
}
