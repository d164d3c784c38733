package dev.wnm.managers.support;

import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.manager.CauseLine;
import dev.wnm.spi.manager.LogPart;
import dev.wnm.spi.manager.LogRequest;
import dev.wnm.spi.manager.NodeSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
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
  /** A report with a backtrace is a few KiB. */
  private static final int REPORT_BYTES = 32 * 1024;

  /** What the node prints goes here; beside the log files of its program, which rotates and counts those by itself. */
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
    String noted = noted(node);
    return noted.isEmpty() && hasPrintedInItsLastRun(node) ? CauseLine.of(end(node, console.apply(node), 0, REPORT_BYTES)) : noted;
  }

  /** Why the node ended whose console log had this size when it was started, as the end of a sentence. */
  public String lastWords(NodeSpec node, long consoleSize) {
    String printed = CauseLine.of(end(node, console.apply(node), consoleSize, REPORT_BYTES));
    String cause = printed.isEmpty() ? noted(node) : printed;
    return cause.isEmpty() ? "it said nothing" : "it said: " + cause;
  }

  /**
   * A part of all that a node logs and prints, as one log.
   *
   * @param further files that hold what it printed, beside the usual one
   * @param printed what it printed into no file
   */
  public LogPart part(NodeSpec node, List<Path> further, NodeLog.Printed printed, LogRequest request) {
    List<Path> consoles = new ArrayList<>(List.of(console.apply(node)));
    consoles.addAll(further);
    return NodeLog.part(node, new LogFiles() {
      @Override
      public List<String> names(Path folder) throws IOException, CommandFailedException {
        return files.exists(folder) ? files.list(folder) : List.of();
      }

      @Override
      public Optional<FileStat> stat(Path file) throws CommandFailedException {
        return files.stat(file);
      }

      @Override
      public byte[] read(Path file, long from, int mostBytes) throws IOException, CommandFailedException {
        return files.readFrom(topOf(node, file), file, from, mostBytes);
      }
    }, consoles, printed, request);
  }

  /** The ends of all that a node has logged, each after its name, for somebody to look at later. @param mostBytes of each */
  public String all(NodeSpec node, int mostBytes) {
    StringBuilder all = new StringBuilder();
    List<Path> written = new ArrayList<>(List.of(console.apply(node)));
    node.program().failureFile().map(node.logDir()::resolve).ifPresent(written::add);
    newestLog(node).ifPresent(written::add);
    written.forEach(file -> all.append(section(file.toString(), end(node, file, 0, mostBytes))));
    return all.toString();
  }

  /** Its log files have a date in their names where there are several. */
  private Optional<Path> newestLog(NodeSpec node) {
    try {
      return files.list(node.logDir()).stream().filter(node.program()::isLog).max(String::compareTo).map(node.logDir()::resolve);
    } catch (IOException | CommandFailedException e) {
      return Optional.empty();
    }
  }

  private String noted(NodeSpec node) {
    return node.program().failureFile().map(name -> CauseLine.of(end(node, node.logDir().resolve(name), 0, REPORT_BYTES))).orElse("");
  }

  /** A text after its name, for somebody to look at later; nothing where it is blank. */
  public static String section(String name, String text) {
    return text.isBlank() ? "" : "==> " + name + " <==\n" + text.stripTrailing() + "\n";
  }

  /** Whether what it printed last came after it had started for the last time: an older report says nothing of this end. */
  private boolean hasPrintedInItsLastRun(NodeSpec node) {
    try {
      Optional<Instant> printed = files.writtenAt(console.apply(node));
      Optional<String> startFile = node.program().startFile();
      Optional<Instant> started = startFile.isEmpty() ? Optional.empty() : files.writtenAt(node.rootDir().resolve(startFile.get()));
      return printed.isPresent() && (started.isEmpty() || !printed.get().isBefore(started.get()));
    } catch (CommandFailedException e) {
      return false;
    }
  }

  private String end(NodeSpec node, Path file, long from, int mostBytes) {
    try {
      return files.readEnd(topOf(node, file), file, from, mostBytes);
    } catch (IOException | CommandFailedException e) {
      return "";
    }
  }

  /** The node's folder that a file is in. */
  private static Path topOf(NodeSpec node, Path file) {
    return file.startsWith(node.rootDir()) ? node.rootDir() : node.logDir();
  }
}
