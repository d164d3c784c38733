package dev.wnm.core.managers;

import dev.wnm.spi.internal.PlainText;
import dev.wnm.spi.manager.ManagerUnavailableException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The border around one call of code that is not core's own: whatever the call throws, and if it never returns, core goes on
 * with a sentence. A call that is still not over some time after it was interrupted is left behind on its thread, which keeps
 * no program from ending.
 */
public final class Border {
  private static final System.Logger LOG = System.getLogger(Border.class.getName());
  private static final int LONGEST_WORDS = 500;

  private Border() {}

  /** A call that came to nothing; the message says of whom and how. */
  static final class BrokenCallException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Optional<Thread> leftBehind;
    private final boolean isOverdue;

    BrokenCallException(String message, boolean isOverdue, Optional<Thread> leftBehind) {
      super(message);
      this.isOverdue = isOverdue;
      this.leftBehind = leftBehind;
    }

    @Override
    public String getMessage() {
      return Objects.requireNonNull(super.getMessage());
    }

    /** Whether it did not return in time; else it threw. */
    boolean isOverdue() {
      return isOverdue;
    }

    /** The thread of a call that did not return in time, which may still be in it. */
    Optional<Thread> leftBehind() {
      return leftBehind;
    }
  }

  /**
   * The call's result.
   *
   * @param whose whose code it is, such as {@code process manager x+user of /plugins/x.jar}
   * @param what the method
   * @throws ManagerUnavailableException when that is what the call threw
   * @throws BrokenCallException when it threw anything else, or has not returned in time
   */
  static <T> T run(String whose, String what, Duration limit, Duration grace, Callable<T> work)
      throws ManagerUnavailableException, BrokenCallException {
    FutureTask<T> call = new FutureTask<>(work);
    Thread thread = new Thread(call, "wnm-" + what);
    thread.setDaemon(true);
    try {
      thread.start();
      return call.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (OutOfMemoryError noThread) {
      throw broken(whose, what, noThread);
    } catch (ExecutionException e) {
      throw broken(whose, what, Objects.requireNonNull(e.getCause()));
    } catch (TimeoutException e) {
      throw overdue(whose, what, limit, grace, thread);
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + whose + " was in " + what, e);
    }
  }

  private static BrokenCallException broken(String whose, String what, Throwable thrown) throws ManagerUnavailableException {
    if (thrown instanceof ManagerUnavailableException said) {
      throw new ManagerUnavailableException(words(said));
    }
    // Somebody wants this thread to end, which is not the call's fault and not to be hidden.
    if (thrown instanceof ThreadDeath death) {
      throw death;
    }
    return new BrokenCallException(failure(whose, what, thrown), false, Optional.empty());
  }

  /** The sentence for what a call threw. The parameters are those of {@link #run}. */
  static String failure(String whose, String what, Throwable thrown) {
    LOG.log(System.Logger.Level.DEBUG, whose + " failed in " + what, thrown);
    return whose + " failed in '" + what + "': " + kind(thrown) + words(thrown);
  }

  private static BrokenCallException overdue(String whose, String what, Duration limit, Duration grace, Thread thread) {
    thread.interrupt();
    try {
      thread.join(grace.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new BrokenCallException(whose + " has not returned from '" + what + "' within " + readable(limit), true, Optional.of(thread));
  }

  private static String readable(Duration limit) {
    return limit.toMillis() < 1_000 ? limit.toMillis() + " ms" : limit.toSeconds() + " s";
  }

  /** What is no exception of the usual kind is named: its message alone says nothing. */
  private static String kind(Throwable thrown) {
    return thrown.getClass().getSimpleName() + (words(thrown).isEmpty() ? "" : ": ");
  }

  /** Its message as one short line: not even that need be harmless. */
  private static String words(Throwable thrown) {
    try {
      String message = thrown.getMessage();
      return message == null ? "" : oneLine(message);
    } catch (RuntimeException | StackOverflowError e) {
      return "";
    }
  }

  /** The sentence of one of the two failures that {@link #run} has. */
  static String sentence(Exception unavailableOrBroken) {
    return Objects.requireNonNull(unavailableOrBroken.getMessage());
  }

  /** One line without control characters, cut where it is too long. */
  static String oneLine(String text) {
    String cut = text.length() > LONGEST_WORDS ? text.substring(0, LONGEST_WORDS) + "…" : text;
    return PlainText.of(cut).strip();
  }
}
