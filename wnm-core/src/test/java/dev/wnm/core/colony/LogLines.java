package dev.wnm.core.colony;

import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What cycles log at INFO and above while this is open, in the thread that opened it and in those that it starts from then on:
 * other tests log at the same time. Whatever else is done with it. Safe to use from many threads.
 */
public final class LogLines implements AutoCloseable {
  private static final Logger CYCLES = Logger.getLogger("dev.wnm.core");
  private static final InheritableThreadLocal<LogLines> CURRENT = new InheritableThreadLocal<>();
  /** Gives each line to whose it is; there while any is open, and nothing goes on to the logs of the run meanwhile. */
  private static final Handler SORTER = new Handler() {
    @Override
    public void publish(LogRecord record) {
      LogLines lines = CURRENT.get();
      if (lines != null) {
        lines.add(record);
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  };
  private static int open;

  private final List<LogRecord> records = new ArrayList<>();

  public LogLines() {
    CURRENT.set(this);
    begin();
  }

  private static synchronized void begin() {
    if (open++ == 0) {
      CYCLES.setLevel(Level.INFO);
      CYCLES.setUseParentHandlers(false);
      CYCLES.addHandler(SORTER);
    }
  }

  private static synchronized void end() {
    if (--open == 0) {
      CYCLES.removeHandler(SORTER);
      CYCLES.setUseParentHandlers(true);
      CYCLES.setLevel(null);
    }
  }

  private void add(LogRecord record) {
    synchronized (records) {
      records.add(record);
    }
  }

  /** The messages of this level, in order. */
  public List<String> at(Level level) {
    synchronized (records) {
      return records.stream().filter(record -> record.getLevel().equals(level))
          .map(record -> record.getParameters() == null ? record.getMessage()
              : MessageFormat.format(record.getMessage(), record.getParameters())).toList();
    }
  }

  public void clear() {
    synchronized (records) {
      records.clear();
    }
  }

  @Override
  public void close() {
    CURRENT.remove();
    end();
  }
}
