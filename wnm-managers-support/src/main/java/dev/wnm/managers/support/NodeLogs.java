package dev.wnm.managers.support;

import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.manager.CauseLine;
import dev.wnm.spi.manager.NodeSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What nodes left in their log folders about their ends, read with the rights that there are over them. Everything here is a
 * hint for a person: what cannot be read is empty.
 *
 * @param files reads them
 * @param console where what a node prints goes
 */
public record NodeLogs(NodeFiles files, Function<NodeSpec, Path> console) {
  private static final String CONSOLE = "console.log";
  /** Written by antnode when it ends by an error or by INT, and deleted by it when it starts. */
  private static final String CRITICAL_FAILURE = "critical_failure.log";
  /** Written by antnode in its root folder when it starts. */
  private static final String PID_FILE = "antnode.pid";
  private static final String OWN_LOG = "antnode.log";
  /** A report with a backtrace is a few KiB. */
  private static final int REPORT_BYTES = 32 * 1024;

  /** What the node prints goes here; beside antnode's own log files, which it rotates and counts by itself. */
  public static Path consoleOf(NodeSpec node) {
    return node.logDir().resolve(CONSOLE);
  }

  /** How much the node has printed, in bytes; 0 where that cannot be told. */
  public long consoleSize(NodeSpec node) {
    try {
      return files.size(console.apply(node));
    } catch (CommandFailedException e) {
      return 0;
    }
  }

  /** Why a node that is down ended, in its own words and one line: as it noted it, or as it printed it in its last run. */
  public String lastFailure(NodeSpec node) {
    String noted = CauseLine.of(end(node, criticalFailureOf(node), 0, REPORT_BYTES));
    return noted.isEmpty() && hasPrintedInItsLastRun(node) ? CauseLine.of(end(node, console.apply(node), 0, REPORT_BYTES)) : noted;
  }

  /** Why the node ended whose console log had this size when it was started, as the end of a sentence. */
  public String lastWords(NodeSpec node, long consoleSize) {
    String printed = CauseLine.of(end(node, console.apply(node), consoleSize, REPORT_BYTES));
    String cause = printed.isEmpty() ? CauseLine.of(end(node, criticalFailureOf(node), 0, REPORT_BYTES)) : printed;
    return cause.isEmpty() ? "it said nothing" : "it said: " + cause;
  }

  /** The ends of all that a node has logged, each after its name, for somebody to look at later. @param mostBytes of each */
  public String all(NodeSpec node, int mostBytes) {
    StringBuilder all = new StringBuilder();
    for (Path file : List.of(console.apply(node), criticalFailureOf(node), node.logDir().resolve(OWN_LOG))) {
      all.append(section(file.toString(), end(node, file, 0, mostBytes)));
    }
    return all.toString();
  }

  /** A text after its name, for somebody to look at later; nothing where it is blank. */
  public static String section(String name, String text) {
    return text.isBlank() ? "" : "==> " + name + " <==\n" + text.stripTrailing() + "\n";
  }

  /** Whether what it printed last came after it had started for the last time: an older report says nothing of this end. */
  private boolean hasPrintedInItsLastRun(NodeSpec node) {
    try {
      Optional<Instant> printed = files.writtenAt(console.apply(node));
      Optional<Instant> started = files.writtenAt(node.rootDir().resolve(PID_FILE));
      return printed.isPresent() && (started.isEmpty() || !printed.get().isBefore(started.get()));
    } catch (CommandFailedException e) {
      return false;
    }
  }

  private static Path criticalFailureOf(NodeSpec node) {
    return node.logDir().resolve(CRITICAL_FAILURE);
  }

  private String end(NodeSpec node, Path file, long from, int mostBytes) {
    Path top = file.startsWith(node.rootDir()) ? node.rootDir() : node.logDir();
    try {
      return files.readEnd(top, file, from, mostBytes);
    } catch (IOException | CommandFailedException e) {
      return "";
    }
  }
}
