package dev.wnm.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.logging.Filter;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Sends the log to standard error as {@code time LEVEL [logger] text}; stack traces only at DEBUG. */
final class LogOutput {
  private static final Map<String, Level> LEVELS = Map.of("DEBUG", Level.FINE, "INFO", Level.INFO, "WARNING", Level.WARNING,
      "ERROR", Level.SEVERE, "CRITICAL", Level.OFF);

  private LogOutput() {}

  /** @param level DEBUG, INFO, WARNING, ERROR or CRITICAL */
  static void start(PrintStream err, Stamps stamps, String level) {
    start(err, stamps, level, entry -> true);
  }

  /** @param filter says which lines are shown */
  static void start(PrintStream err, Stamps stamps, String level, Filter filter) {
    LogManager.getLogManager().reset();
    Logger root = Logger.getLogger("");
    root.setLevel(Level.WARNING);
    Logger wnm = Logger.getLogger("dev.wnm");
    wnm.setLevel(LEVELS.get(level));
    if (LEVELS.get(level) == Level.OFF) {
      root.setLevel(Level.OFF);
    }
    ErrHandler handler = new ErrHandler(err, new LineFormatter(stamps, level.equals("DEBUG")));
    handler.setFilter(filter);
    root.addHandler(handler);
  }

  private static final class ErrHandler extends Handler {
    private final PrintStream err;

    ErrHandler(PrintStream err, Formatter formatter) {
      this.err = err;
      setFormatter(formatter);
    }

    @Override
    public void publish(LogRecord entry) {
      if (isLoggable(entry)) {
        err.print(getFormatter().format(entry));
      }
    }

    @Override
    public void flush() {
      err.flush();
    }

    @Override
    public void close() {
      flush();
    }
  }

  private static final class LineFormatter extends Formatter {
    private final Stamps stamps;
    private final boolean traces;

    LineFormatter(Stamps stamps, boolean traces) {
      this.stamps = stamps;
      this.traces = traces;
    }

    @Override
    public String format(LogRecord entry) {
      String logger = entry.getLoggerName() == null ? "wnm" : entry.getLoggerName();
      String line = stamps.ofLog() + name(entry.getLevel()) + " [" + logger.substring(logger.lastIndexOf('.') + 1) + "] "
          + formatMessage(entry) + "\n";
      if (!traces || entry.getThrown() == null) {
        return line;
      }
      StringWriter trace = new StringWriter();
      entry.getThrown().printStackTrace(new PrintWriter(trace, true));
      return line + trace;
    }

    private static String name(Level level) {
      if (level.intValue() >= Level.SEVERE.intValue()) {
        return "ERROR";
      }
      return level.intValue() >= Level.WARNING.intValue() ? "WARNING"
          : level.intValue() >= Level.INFO.intValue() ? "INFO" : "DEBUG";
    }
  }
}
