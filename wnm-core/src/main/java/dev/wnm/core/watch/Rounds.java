package dev.wnm.core.watch;

import dev.wnm.core.colony.CycleLock;
import dev.wnm.core.store.StoreException;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.manager.ManagerUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Cycles one after another, whatever becomes of each. One that cannot be run is tried again, as cron would; but the waits grow, and
 * it is said when the trouble begins, changes and ends, not each time. Only what was wrong from the start, and a person has to mend,
 * ends it.
 */
final class Rounds {
  private static final System.Logger LOG = System.getLogger(Watch.class.getName());
  /** The longest wait in trouble, unless cycles are further apart anyway. */
  static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private final Duration interval;
  private final Consumer<String> answers;
  private boolean everRan;
  /** What keeps cycles from running, in words without figures; empty while they run. */
  private String trouble = "";
  private int failures;
  /** Consecutive failures that make the wait grow. */
  private int growth;

  /** One cycle. */
  @FunctionalInterface
  interface Round {
    void run() throws IOException, CycleLock.HeldException, ManagerUnavailableException;
  }

  /**
   * @param interval from the end of a cycle to the next
   * @param answers is told of what belongs beside the lines of the cycles
   */
  Rounds(Duration interval, Consumer<String> answers) {
    this.interval = interval;
    this.answers = answers;
  }

  /**
   * Runs one.
   *
   * @throws BadInputException when that is wrong before any cycle has run
   */
  void run(Round round) {
    try {
      round.run();
      everRan = true;
      troubleIsOver();
    } catch (CycleLock.HeldException busy) {
      say(System.Logger.Level.WARNING, String.valueOf(busy.getMessage()), busy);
      growth = 0;
    } catch (BadInputException wrong) {
      if (!everRan) {
        throw wrong;
      }
      failed(String.valueOf(wrong.getMessage()), wrong);
    } catch (ManagerUnavailableException | StoreException | IOException e) {
      failed(String.valueOf(e.getMessage()), e);
    } catch (OutOfMemoryError full) {
      failed("out of memory (" + full.getMessage() + ")", full);
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError defect) {
      failed("this is a defect of wnm, please report it (--loglevel DEBUG shows where it happened): " + defect, defect);
    }
  }

  /** How long to wait until the next. */
  Duration pause() {
    return waitAfter(growth, interval);
  }

  /** Whether the last one could not be run. */
  boolean areInTrouble() {
    return !trouble.isEmpty();
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

  private void failed(String why, Throwable cause) {
    growth++;
    say(System.Logger.Level.ERROR, why, cause);
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
}
