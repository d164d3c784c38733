package dev.wnm.cli;

import dev.wnm.core.watch.Watch;
import java.time.Duration;
import java.util.function.Consumer;
import sun.misc.Signal;

/** What the system's signals do to a watch: SIGHUP starts a cycle with the settings of now, SIGTERM and SIGINT end it. */
final class Signals {
  /** Service managers and people wait no longer than a second, and the JVM ends in what is left of it. */
  private static final Duration PATIENCE = Duration.ofMillis(800);

  private Signals() {}

  /** @param says is told of a cycle that is cut off */
  static void rule(Watch watch, Consumer<String> says) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> finish(watch, says), "wnm-finish"));
    try {
      // Without this the JVM would end: a terminal that goes away, or an operator who wants changed settings read.
      Signal.handle(new Signal("HUP"), signal -> watch.cycleNow());
    } catch (IllegalArgumentException none) {
      System.getLogger(Signals.class.getName()).log(System.Logger.Level.DEBUG, "there is no SIGHUP here", none);
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
}
