package dev.wnm.cli;

import java.util.HashSet;
import java.util.Set;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/** Leaves out warnings that this round or the one before had word by word. Errors and all else are shown each time. */
final class RepeatedWarnings implements Filter {
  private final SimpleFormatter formatter = new SimpleFormatter();
  private Set<String> lastRound = new HashSet<>();
  private Set<String> thisRound = new HashSet<>();

  @Override
  public synchronized boolean isLoggable(LogRecord entry) {
    if (!entry.getLevel().equals(Level.WARNING)) {
      return true;
    }
    String text = entry.getLoggerName() + " " + formatter.formatMessage(entry);
    return thisRound.add(text) && !lastRound.contains(text);
  }

  /** A round that could not run to its end is part of the next. */
  synchronized void roundEnds() {
    lastRound = thisRound;
    thisRound = new HashSet<>();
  }
}
