package dev.wnm.cli;

import dev.wnm.core.work.Work;
import dev.wnm.core.work.WorkListener;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.internal.Human;
import java.time.Duration;
import java.util.Optional;

/**
 * Shows work that takes long, where the log shows what is usual: a bar where standard error is a terminal, elsewhere a line of the
 * log every ten seconds. Work that is soon over leaves no trace.
 */
final class WorkProgress implements WorkListener {
  private static final System.Logger LOG = System.getLogger(WorkProgress.class.getName());
  private static final Duration UNTIL_A_BAR = Duration.ofSeconds(1);
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

  private final Terminal terminal;
  private final CommandRunner runner;
  private final boolean inLines;
  private Optional<Under> under = Optional.empty();

  /** @param inLines whether lines are written where no bar can be drawn */
  WorkProgress(Terminal terminal, CommandRunner runner, boolean inLines) {
    this.terminal = terminal;
    this.runner = runner;
    this.inLines = inLines;
  }

  @Override
  public synchronized void begins(Work work) {
    Under begun = new Under(work);
    under = Optional.of(begun);
    begun.watcher.setDaemon(true);
    begun.watcher.start();
  }

  @Override
  public synchronized void advances(Work work) {
    under.ifPresent(now -> now.advances(work));
  }

  @Override
  public synchronized void ends(Work work) {
    under.ifPresent(Under::end);
    under = Optional.empty();
  }

  /** What is under way. */
  private final class Under {
    private final long since = System.nanoTime();
    private final Thread watcher = new Thread(this::watch, "wnm-progress");
    private Work work;
    private Optional<WorkBar> bar = Optional.empty();
    private boolean isOver;

    Under(Work work) {
      this.work = work;
    }

    synchronized void advances(Work now) {
      work = now;
      if (bar.isPresent()) { // a lambda would load the library though no bar was drawn
        bar.get().show(now);
      }
    }

    synchronized void end() {
      isOver = true;
      watcher.interrupt();
      if (bar.isPresent()) {
        bar.get().close();
      }
    }

    private void watch() {
      try {
        Thread.sleep(UNTIL_A_BAR.toMillis());
        if (!LOG.isLoggable(System.Logger.Level.INFO)) {
          return;
        }
        Optional<Terminal.Canvas> canvas = terminal.canvas(runner);
        if (canvas.isPresent()) {
          draw(canvas.get());
        } else if (inLines) {
          for (Duration next = BETWEEN_LINES; ; next = next.plus(BETWEEN_LINES)) {
            Thread.sleep(Math.max(1, next.minus(took()).toMillis()));
            say();
          }
        }
      } catch (InterruptedException over) {
        Thread.currentThread().interrupt();
      }
    }

    private synchronized void draw(Terminal.Canvas canvas) {
      if (!isOver) {
        bar = Optional.of(new WorkBar(work, took(), canvas));
      }
    }

    private synchronized void say() {
      if (!isOver) {
        LOG.log(System.Logger.Level.INFO, "{0}: {1} of {2}{3}{4}", work.phrase(), Integer.toString(work.over()), Integer.toString(work.total()),
            work.failed() == 0 ? "" : ", " + work.failed() + " failed",
            new Pace(work.over(), work.total(), took()).left().map(left -> ", about " + Human.time(left) + " left").orElse(""));
      }
    }

    private Duration took() {
      return Duration.ofNanos(System.nanoTime() - since);
    }
  }
}
