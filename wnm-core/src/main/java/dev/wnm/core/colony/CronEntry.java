package dev.wnm.core.colony;

import dev.wnm.core.takeover.anm.Anm;
import java.io.IOException;

/**
 * anm's cron entry while it is out of the way: closing this puts it back, and so does a signal that ends wnm, unless the
 * machine was taken over. An entry that an earlier run has put aside stays there.
 */
final class CronEntry implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(CronEntry.class.getName());

  private final Anm anm;
  private final Thread onSignal = new Thread(this::putBack, "wnm-cron-entry");
  private boolean owed;

  CronEntry(Anm anm) {
    this.anm = anm;
  }

  /** @throws dev.wnm.spi.config.BadInputException when it cannot be put aside */
  synchronized void putAside() {
    Runtime.getRuntime().addShutdownHook(onSignal);
    owed = anm.putCronAside();
  }

  /** Stores what was checked; from then on the entry stays where it is. A signal waits for the one or the other. */
  synchronized void leaveAsideAfter(Initializer initializer, Initializer.Checked checked, CycleLock held)
      throws IOException {
    initializer.store(checked, held);
    owed = false;
  }

  @Override
  public void close() {
    putBack();
    try {
      Runtime.getRuntime().removeShutdownHook(onSignal);
    } catch (IllegalStateException ending) {
      LOG.log(System.Logger.Level.DEBUG, "wnm was told to end", ending);
    }
  }

  private synchronized void putBack() {
    if (owed) {
      owed = false;
      anm.putCronBack().ifPresent(problem -> LOG.log(System.Logger.Level.ERROR, problem));
    }
  }
}
