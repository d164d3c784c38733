package dev.wnm.core.cycle;

import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What cycles log at INFO and above while this is open, whatever else is done with it. Safe to use from many threads. */
final class LogLines implements AutoCloseable {
  private static final Logger CYCLES = Logger.getLogger("dev.wnm.core.cycle");

  private final List<LogRecord> records = new ArrayList<>();
  private final Handler handler = new Handler() {
    @Override
    public void publish(LogRecord record) {
      synchronized (records) {
        records.add(record);
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  };

  LogLines() {
    CYCLES.setLevel(Level.INFO);
    CYCLES.setUseParentHandlers(false);
    CYCLES.addHandler(handler);
  }

  /** The messages of this level, in order. */
  List<String> at(Level level) {
    synchronized (records) {
      return records.stream().filter(record -> record.getLevel().equals(level))
          .map(record -> record.getParameters() == null ? record.getMessage()
              : MessageFormat.format(record.getMessage(), record.getParameters())).toList();
    }
  }

  void clear() {
    synchronized (records) {
      records.clear();
    }
  }

  @Override
  public void close() {
    CYCLES.removeHandler(handler);
    CYCLES.setUseParentHandlers(true);
    CYCLES.setLevel(null);
  }
}
