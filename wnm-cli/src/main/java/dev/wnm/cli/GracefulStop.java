package dev.wnm.cli;

import dev.wnm.core.colony.CycleLock;
import dev.wnm.spi.manager.ManagerUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Ends one run when SIGINT or SIGTERM asks for that: it begins nothing more, and what is under way may come to its end for a while.
 * A second signal ends it at once. Either way it is said what was done and how to go on.
 */
final class GracefulStop {
  /** How long what is under way may take to come to its end. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Optional<IntConsumer> exit;
  private volatile Optional<ExitCode> asked = Optional.empty();
  private boolean told;

  private GracefulStop(Optional<IntConsumer> exit) {
    this.exit = exit;
  }

  /** For a run in a program that heeds signals itself. */
  static GracefulStop never() {
    return new GracefulStop(Optional.empty());
  }

  /** @param exit ends the JVM with this code */
  static GracefulStop onSignals(IntConsumer exit) {
    return new GracefulStop(Optional.of(exit));
  }

  /** A run. */
  @FunctionalInterface
  interface Run {
    ExitCode run() throws IOException, CycleLock.HeldException, ManagerUnavailableException;
  }

  /** Whether more may be begun. */
  boolean goesOn() {
    return asked.isEmpty();
  }

  /**
   * Runs it to its end, or to the end that a signal brings.
   *
   * @param patience how long that may take after a signal; zero for a run that is ended at once
   * @param farewell what is said at such an end
   * @param says says it, a sentence each
   */
  ExitCode over(Run run, Duration patience, Supplier<List<String>> farewell, Consumer<String> says)
      throws IOException, CycleLock.HeldException, ManagerUnavailableException {
    if (exit.isEmpty()) {
      return run.run();
    }
    try (Signals.Heeded heeded = Signals.heed(code -> ask(code, patience, farewell, says))) {
      ExitCode code = run.run();
      if (asked.isPresent()) {
        tell(asked.get(), farewell, says);
      }
      return asked.orElse(code);
    }
  }

  private void ask(ExitCode code, Duration patience, Supplier<List<String>> farewell, Consumer<String> says) {
    if (isFirst(code) && !patience.isZero()) {
      says.accept(code.signal() + ": nothing more is begun, and what is under way has " + patience.toSeconds()
          + " s to come to its end; once more ends wnm at once");
      try {
        Thread.sleep(patience.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    tell(code, farewell, says);
    exit.orElseThrow().accept(code.code());
  }

  private synchronized boolean isFirst(ExitCode code) {
    boolean first = asked.isEmpty();
    asked = Optional.of(code);
    return first;
  }

  private synchronized void tell(ExitCode code, Supplier<List<String>> farewell, Consumer<String> says) {
    if (!told) {
      told = true;
      List<String> sentences = farewell.get();
      says.accept("ended by " + code.signal() + ": " + sentences.get(0));
      sentences.subList(1, sentences.size()).forEach(says);
    }
  }
}
