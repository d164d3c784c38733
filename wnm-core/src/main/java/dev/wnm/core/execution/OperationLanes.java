package dev.wnm.core.execution;

import dev.wnm.core.host.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Runs operations on different nodes side by side, as far as their back end allows.
 *
 * @param pauseBetween the wait between two starts of operations ({@code action_delay}), zero for none
 * @param pause how to wait
 * @param goesOn whether another operation may be begun
 */
public record OperationLanes(Duration pauseBetween, Pause pause, BooleanSupplier goesOn) {
  /** Operations mostly wait for processes and files; more at once would only make a small machine thrash. */
  private static final int MOST_AT_ONCE = 16;
  /** How long it may take until a long wait finds that nothing more may be begun. */
  private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(1);

  /**
   * An operation to be run.
   *
   * @param lane jobs of one lane run one after another, in their order
   * @param work reports failures, does not throw
   */
  public record Job<T>(Object lane, Supplier<T> work) {}

  /** Runs all that may be begun and returns their outcomes, lane by lane in the order of their first jobs. */
  public <T> List<T> runAll(List<Job<T>> jobs) {
    Map<Object, List<Supplier<Stream<T>>>> lanes = new LinkedHashMap<>();
    Gate gate = new Gate();
    for (Job<T> job : jobs) {
      lanes.computeIfAbsent(job.lane(), lane -> new ArrayList<>())
          .add(() -> gate.pass() ? Stream.of(job.work().get()) : Stream.empty());
    }
    return lanes.size() < 2
        ? lanes.values().stream().flatMap(Collection::stream).flatMap(Supplier::get).toList()
        : sideBySide(List.copyOf(lanes.values()));
  }

  private static <T> List<T> sideBySide(List<List<Supplier<Stream<T>>>> lanes) {
    ExecutorService pool = Executors.newFixedThreadPool(Math.min(lanes.size(), MOST_AT_ONCE));
    try {
      List<Future<List<T>>> running = new ArrayList<>();
      for (List<Supplier<Stream<T>>> lane : lanes) {
        running.add(pool.submit(() -> lane.stream().flatMap(Supplier::get).toList()));
      }
      List<T> outcomes = new ArrayList<>();
      for (Future<List<T>> future : running) {
        outcomes.addAll(future.get());
      }
      return outcomes;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while operations were running", e);
    } catch (ExecutionException e) {
      throw rethrown(e);
    } finally {
      pool.shutdown();
    }
  }

  /** What ended a worker ends the caller in the same way: a store that is full, say. */
  private static RuntimeException rethrown(ExecutionException ended) {
    Throwable cause = ended.getCause();
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException failure ? failure : new IllegalStateException(ended);
  }

  /** Lets the first operation through at once, and each further one a pause after the one before it. */
  private final class Gate {
    private boolean passed;

    /** @return whether the operation may be begun */
    synchronized boolean pass() {
      for (Duration left = passed ? pauseBetween : Duration.ZERO; !left.isZero() && goesOn.getAsBoolean(); ) {
        Duration part = left.compareTo(BETWEEN_QUESTIONS) < 0 ? left : BETWEEN_QUESTIONS;
        pause.of(part);
        left = left.minus(part);
      }
      passed = true;
      return goesOn.getAsBoolean();
    }
  }
}
