package dev.wnm.cli;

import dev.wnm.core.watch.Watch;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** What the system's signals do to wnm. */
final class Signals {
  private static final System.Logger LOG = System.getLogger(Signals.class.getName());
  /** Service managers and people wait no longer than a second, and the JVM ends in what is left of it. */
  private static final Duration PATIENCE = Duration.ofMillis(800);

  private Signals() {}

  /**
   * To a watch: SIGHUP starts a cycle with the settings of now, SIGTERM and SIGINT end it.
   *
   * @param says is told of a cycle that is cut off
   */
  static void rule(Watch watch, Consumer<String> says) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> finish(watch, says), "wnm-finish"));
    try {
      // Without this the JVM would end: a terminal that goes away, or an operator who wants changed settings read.
      Signal.handle(new Signal("HUP"), signal -> watch.cycleNow());
    } catch (IllegalArgumentException none) {
      LOG.log(System.Logger.Level.DEBUG, "there is no SIGHUP here", none);
    }
  }

  private static void finish(Watch watch, Consumer<String> says) {
    watch.end();
    try {
      if (!watch.awaitEnd(PATIENCE)) {
        says.accept("the cycle under way is cut off; what it had begun is in the journal, and the next cycle settles it");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Signals that are heeded until this is closed. */
  interface Heeded extends AutoCloseable {
    @Override
    void close();
  }

  /** To a run: SIGINT and SIGTERM do not end the JVM, but ask for its end. @param asked is told by a thread of its own each time */
  static Heeded heed(Consumer<ExitCode> asked) {
    Deque<Runnable> undo = new ArrayDeque<>();
    for (ExitCode code : List.of(ExitCode.INTERRUPTED, ExitCode.TERMINATED)) {
      try {
        Signal signal = new Signal(code.signal().replaceFirst("SIG", ""));
        SignalHandler before = Signal.handle(signal, received -> asked.accept(code));
        undo.push(() -> Signal.handle(signal, before));
      } catch (IllegalArgumentException none) {
        LOG.log(System.Logger.Level.DEBUG, code.signal() + " is not heeded", none);
      }
    }
    return () -> undo.forEach(Runnable::run);
  }
}
