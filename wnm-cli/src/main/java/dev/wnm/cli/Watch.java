package dev.wnm.cli;

import dev.wnm.core.cycle.CycleLock;
import dev.wnm.core.manager.ManagerUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs a cycle again and again until a signal ends it; then the cycle under way is finished first. The lock is free between
 * cycles, so that a person can step in.
 */
final class Watch {
  private static final System.Logger LOG = System.getLogger(Watch.class.getName());
  /** A cycle that takes longer than this is left to the journal. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Duration interval;
  private final Round round;
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  /** One cycle. */
  @FunctionalInterface
  interface Round {
    ExitCode run() throws IOException, CycleLock.HeldException, ManagerUnavailableException;
  }

  Watch(Duration interval, Round round) {
    this.interval = interval;
    this.round = round;
  }

  /** Returns the last cycle's exit code once a signal has come. */
  ExitCode run() throws IOException, ManagerUnavailableException {
    Runtime.getRuntime().addShutdownHook(new Thread(this::finish, "wnm-finish"));
    try {
      ExitCode last;
      do {
        last = oneRound();
      } while (!asked.await(interval.toMillis(), TimeUnit.MILLISECONDS));
      return last;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.FAILED;
    } finally {
      ended.countDown();
    }
  }

  /** Another wnm at work is no reason to give up: the next round comes. */
  private ExitCode oneRound() throws IOException, ManagerUnavailableException {
    try {
      return round.run();
    } catch (CycleLock.HeldException busy) {
      LOG.log(System.Logger.Level.WARNING, busy.getMessage());
      return ExitCode.FAILED;
    }
  }

  private void finish() {
    asked.countDown();
    try {
      if (!ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.log(System.Logger.Level.WARNING, "the cycle under way is cut off; the next one will settle it");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
