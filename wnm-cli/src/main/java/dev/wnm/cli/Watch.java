package dev.wnm.cli;

import dev.wnm.core.colony.CycleLock;
import dev.wnm.core.store.StoreException;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.manager.ManagerUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import sun.misc.Signal;

/**
 * Runs a cycle again and again until SIGTERM or SIGINT ends it; then the cycle under way is finished first. SIGHUP starts the
 * next one at once. The lock is free between cycles, so that a person can step in.
 *
 * <p>A cycle that cannot be run is tried again, as cron would; but the waits grow, and it is said when the trouble begins,
 * changes and ends, not each time. Only what was wrong from the start, and a person has to mend, ends it.
 */
final class Watch {
  private static final System.Logger LOG = System.getLogger(Watch.class.getName());
  /** A cycle that takes longer than this is left to the journal. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  /** The longest wait in trouble, unless cycles are further apart anyway. */
  static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private final Duration interval;
  private final Consumer<String> answers;
  private final Round round;
  private final BlockingQueue<Boolean> wakes = new LinkedBlockingQueue<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean ending;
  private boolean everRan;
  /** What keeps cycles from running, in words without figures; empty while they run. */
  private String trouble = "";
  private int failures;
  /** Consecutive failures that make the wait grow. */
  private int growth;

  /** One cycle. */
  @FunctionalInterface
  interface Round {
    ExitCode run() throws IOException, CycleLock.HeldException, ManagerUnavailableException;
  }

  /**
   * @param interval from the end of a cycle to the next
   * @param answers is told of what belongs beside the lines of the cycles
   */
  Watch(Duration interval, Consumer<String> answers, Round round) {
    this.interval = interval;
    this.answers = answers;
    this.round = round;
  }

  /**
   * Returns the last cycle's exit code once a signal has come.
   *
   * @throws BadInputException when that is wrong before any cycle has run
   */
  ExitCode run() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::finish, "wnm-finish"));
    handleHangUp();
    try {
      ExitCode last;
      do {
        last = oneRound();
      } while (goesOn(waitAfter(growth, interval)));
      return last;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.FAILED;
    } finally {
      ended.countDown();
    }
  }

  /** How long to wait after so many failures in a row: 1, 1, 2, 4, … times the interval, and not too long. */
  static Duration waitAfter(int failures, Duration interval) {
    Duration longest = interval.compareTo(LONGEST_WAIT) > 0 ? interval : LONGEST_WAIT;
    Duration wait = interval;
    for (int i = 1; i < failures && wait.compareTo(longest) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(longest) > 0 ? longest : wait;
  }

  /** Whether there is to be another round, now or after the wait. */
  private boolean goesOn(Duration wait) throws InterruptedException {
    if (!ending) {
      wakes.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
      wakes.clear();
    }
    return !ending;
  }

  private ExitCode oneRound() {
    try {
      ExitCode code = round.run();
      everRan = true;
      troubleIsOver();
      return code;
    } catch (CycleLock.HeldException busy) {
      say(System.Logger.Level.WARNING, busy.getMessage(), busy);
      growth = 0;
      return ExitCode.FAILED;
    } catch (BadInputException wrong) {
      if (!everRan) {
        throw wrong;
      }
      return failed(ExitCode.REFUSED, wrong.getMessage(), wrong);
    } catch (ManagerUnavailableException e) {
      return failed(ExitCode.NO_MANAGER, e.getMessage(), e);
    } catch (StoreException e) {
      return failed(ExitCode.NO_DATABASE, e.getMessage(), e);
    } catch (IOException e) {
      return failed(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
    } catch (OutOfMemoryError full) {
      return failed(ExitCode.FAILED, "out of memory (" + full.getMessage() + ")", full);
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError defect) {
      return failed(ExitCode.FAILED, "this is a defect of wnm, please report it (--loglevel DEBUG shows where it happened): "
          + defect, defect);
    }
  }

  private ExitCode failed(ExitCode code, String why, Throwable cause) {
    growth++;
    say(System.Logger.Level.ERROR, why, cause);
    return code;
  }

  private void say(System.Logger.Level level, String why, Throwable cause) {
    failures++;
    String kind = withoutFigures(why);
    if (!kind.equals(trouble)) {
      LOG.log(level, trouble.isEmpty()
          ? "no cycle could run: " + why + "; it is tried again, at the latest every "
              + waitAfter(Integer.MAX_VALUE, interval).toSeconds() + " s, and said when that changes"
          : "still no cycle could run, now because: " + why);
      trouble = kind;
    }
    LOG.log(System.Logger.Level.DEBUG, "in full", cause);
  }

  private void troubleIsOver() {
    if (!trouble.isEmpty()) {
      answers.accept("cycles run again, after " + failures + " that could not");
    }
    trouble = "";
    failures = 0;
    growth = 0;
  }

  /** The same trouble with another duration, time or process number is no news. */
  static String withoutFigures(String words) {
    return words.replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z?", "#").replaceAll("\\bprocess \\d+", "process #")
        .replaceAll("\\d+(?:[.,]\\d+)? ?(?:ms|s|min|h|%|B|KB|MB|GB|KiB|MiB|GiB)\\b", "#");
  }

  /** Without this the JVM would end: a terminal that goes away, or an operator who wants changed settings read. */
  private void handleHangUp() {
    try {
      Signal.handle(new Signal("HUP"), signal -> wakes.add(true));
    } catch (IllegalArgumentException none) {
      LOG.log(System.Logger.Level.DEBUG, "there is no SIGHUP here", none);
    }
  }

  /** No round is begun any more. */
  void end() {
    ending = true;
    wakes.add(true);
  }

  private void finish() {
    end();
    try {
      if (!ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.log(System.Logger.Level.WARNING, "the cycle under way is cut off; the next one will settle it");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
