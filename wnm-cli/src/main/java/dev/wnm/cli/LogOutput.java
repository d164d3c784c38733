package dev.wnm.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Filter;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Sends the log to standard error as {@code time LEVEL [logger] text}; stack traces only at DEBUG. Where there is a log file, it goes
 * there, and standard error has the errors.
 */
final class LogOutput {
  private static final Map<String, Level> LEVELS = Map.of("DEBUG", Level.FINE, "INFO", Level.INFO, "WARNING", Level.WARNING,
      "ERROR", Level.SEVERE, "CRITICAL", Level.OFF);

  private LogOutput() {}

  /** Until it is known what the settings say of the log. */
  static void start(PrintStream err, Stamps stamps) {
    start(err, stamps, "INFO", Optional.empty(), entry -> true);
  }

  /**
   * @param level DEBUG, INFO, WARNING, ERROR or CRITICAL
   * @param filter says which lines are shown
   */
  static void start(PrintStream err, Stamps stamps, String level, Optional<LogFile> file, Filter filter) {
    LogManager.getLogManager().reset();
    Logger root = Logger.getLogger("");
    root.setLevel(Level.WARNING);
    Logger wnm = Logger.getLogger("dev.wnm");
    wnm.setLevel(LEVELS.get(level));
    if (LEVELS.get(level) == Level.OFF) {
      root.setLevel(Level.OFF);
    }
    boolean traces = level.equals("DEBUG");
    Handler toErr = new LineHandler(err::print, new LineFormatter(stamps, traces));
    toErr.setFilter(filter);
    root.addHandler(toErr);
    file.ifPresent(log -> {
      toErr.setLevel(Level.SEVERE);
      Handler toFile = new LineHandler(line -> {
        String problem = log.append(line);
        if (!problem.isEmpty()) {
          err.println("wnm: " + problem);
        }
      }, new LineFormatter(Stamps.ALL, traces));
      toFile.setFilter(filter);
      root.addHandler(toFile);
    });
  }

  private static final class LineHandler extends Handler {
    private final Consumer<String> lines;

    LineHandler(Consumer<String> lines, Formatter formatter) {
      this.lines = lines;
      setFormatter(formatter);
    }

    @Override
    public void publish(LogRecord entry) {
      if (isLoggable(entry)) {
        lines.accept(getFormatter().format(entry));
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
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
