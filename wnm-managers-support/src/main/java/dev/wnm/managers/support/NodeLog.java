package dev.wnm.managers.support;

import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.internal.Human;
import dev.wnm.spi.internal.TimedLine;
import dev.wnm.spi.manager.LogPart;
import dev.wnm.spi.manager.LogRequest;
import dev.wnm.spi.manager.NodeSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A part of the log of one node: what its program wrote into log files, what it noted of its end, and what it printed, as one log in the
 * order of time. A file that is shorter than it was, or has another name, is a new one, and is read from its beginning; of what is too
 * much to be read at once, the end counts. Made for one part.
 */
public final class NodeLog {
  /** What comes in a second even of a node that logs everything is less. */
  private static final int MOST_BYTES = 512 * 1024;

  private final NodeSpec node;
  private final LogFiles files;
  private final List<List<TimedLine>> logs = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private boolean isThere;

  private NodeLog(NodeSpec node, LogFiles files) {
    this.node = node;
    this.files = files;
  }

  /** What a node printed where it goes into no file of its own, such as a journal. */
  @FunctionalInterface
  public interface Printed {
    /** Of a node whose files have all. */
    Printed NOTHING = (lines, position) -> LogPart.none("its files have all", "");

    /**
     * A part of it, each line after its time.
     *
     * @param lines at most so many of the last lines
     * @param position only what has come since an earlier part; empty for the first part
     */
    LogPart part(int lines, String position);
  }

  /**
   * @param consoles the files that hold what it printed, always in the same order
   * @param printed what it printed into no file
   */
  public static LogPart part(NodeSpec node, LogFiles files, List<Path> consoles, Printed printed, LogRequest request) {
    List<Path> fixed = new ArrayList<>(consoles);
    node.program().failureFile().map(node.logDir()::resolve).ifPresent(fixed::add);
    return new NodeLog(node, files).read(fixed, printed, request);
  }

  private LogPart read(List<Path> fixed, Printed printed, LogRequest request) {
    boolean isFirst = request.from().isEmpty();
    LogPlace before = request.from().map(LogPlace::parse).orElse(LogPlace.START);
    List<FilePlace> places = new ArrayList<>();
    for (Path file : fixed) {
      places.add(isFirst ? readEnd(file) : readOn(file, before.file(places.size())));
    }
    LogPart elsewhere = printed.part(request.lines(), before.printed());
    isThere |= elsewhere.reason().isEmpty();
    logs.add(TimedLine.of(elsewhere.lines(), Instant.EPOCH));
    LogPlace after = isFirst ? readLast(request.lines()) : readOn(before);
    String position = new LogPlace(places, after.log(), after.logFile(), elsewhere.position()).toString();
    if (!isThere) {
      return LogPart.none(problems.isEmpty() ? "there is none in " + node.logDir() : problems.get(0), position);
    }
    List<TimedLine> lines = TimedLine.since(TimedLine.merged(logs), request.since().map(Instant.now()::minus));
    return LogPart.of((isFirst ? TimedLine.last(lines, request.lines()) : lines).stream().map(TimedLine::line).toList(), position);
  }

  /** The newest log file, and older ones as long as lines are wanted. */
  private LogPlace readLast(int wanted) {
    List<String> names = logFiles();
    LogPlace place = LogPlace.START;
    for (int i = names.size() - 1; i >= 0 && logs.stream().mapToInt(List::size).sum() < wanted; i--) {
      FilePlace end = readEnd(node.logDir().resolve(names.get(i)));
      place = i == names.size() - 1 ? new LogPlace(List.of(), end, names.get(i), "") : place;
    }
    return place;
  }

  /** The rest of the file that was the newest, and those that came after it. */
  private LogPlace readOn(LogPlace before) {
    List<String> names = logFiles();
    int last = names.indexOf(before.logFile());
    LogPlace place = before;
    for (String name : names.subList(last < 0 ? Math.max(0, names.size() - 1) : last, names.size())) {
      FilePlace from = name.equals(before.logFile()) ? before.log() : FilePlace.START;
      place = new LogPlace(List.of(), readOn(node.logDir().resolve(name), from), name, "");
    }
    return place;
  }

  /** The oldest first: where there are several, they have their day in their names. */
  private List<String> logFiles() {
    try {
      return files.names(node.logDir()).stream().filter(name -> node.program().isLog(name) && name.indexOf('\n') < 0).sorted().toList();
    } catch (IOException e) {
      problems.add(Sentences.of(e));
    } catch (CommandFailedException e) {
      problems.add(e.getMessage());
    }
    return List.of();
  }

  @FunctionalInterface
  private interface Reading {
    FilePlace of(FileStat stat) throws IOException, CommandFailedException;
  }

  /** @param before where the next part begins when this one cannot be read */
  private FilePlace read(Path file, FilePlace before, Reading reading) {
    try {
      Optional<FileStat> stat = files.stat(file);
      isThere |= stat.isPresent();
      return stat.isEmpty() ? FilePlace.START : reading.of(stat.get());
    } catch (IOException e) {
      problems.add(Sentences.of(e));
    } catch (CommandFailedException e) {
      problems.add(e.getMessage());
    }
    return before;
  }

  /** The end of a file, with a line that is still being written: who asks for no more would miss it. */
  private FilePlace readEnd(Path file) {
    return read(file, FilePlace.START, stat -> {
      long begin = Math.max(0, stat.bytes() - MOST_BYTES);
      byte[] part = stat.bytes() == 0 ? new byte[0] : files.read(file, begin, MOST_BYTES);
      add(part, 0, part.length, begin > 0, stat);
      return FilePlace.at(begin + part.length, part, part.length, stat);
    });
  }

  private FilePlace readOn(Path file, FilePlace before) {
    return read(file, before, stat -> {
      if (before.isAllOf(stat)) {
        return before;
      }
      int marked = FilePlace.marked(before.bytes());
      byte[] part = before.bytes() > stat.bytes() ? new byte[0]
          : files.read(file, before.bytes() - marked, MOST_BYTES);
      boolean isSame = before.bytes() <= stat.bytes() && part.length >= marked && FilePlace.markOf(part, marked, marked) == before.mark();
      long begin = isSame ? before.bytes() - marked : 0;
      int skipped = isSame ? marked : 0;
      long tooMuch = stat.bytes() - begin - MOST_BYTES;
      if (tooMuch > 0) {
        begin += tooMuch;
        skipped = 0;
      }
      if (tooMuch > 0 || !isSame) {
        part = files.read(file, begin, MOST_BYTES);
      }
      int end = Math.max(skipped, endOfLines(part));
      add(part, skipped, end, tooMuch > 0, stat);
      if (tooMuch > 0) {
        logs.add(List.of(new TimedLine(stat.writtenAt(), "… and before these lines " + Human.bytes(tooMuch) + " of " + file + ", which came too fast")));
      }
      return FilePlace.at(begin + end, part, end, stat);
    });
  }

  private void add(byte[] part, int begin, int end, boolean isCut, FileStat stat) {
    String text = new String(part, begin, end - begin, StandardCharsets.UTF_8);
    logs.add(TimedLine.of(text.substring(isCut ? text.indexOf('\n') + 1 : 0).lines().toList(), stat.writtenAt()));
  }

  /** What comes after the last line end is a line that is still being written, unless it is endless. */
  private static int endOfLines(byte[] bytes) {
    for (int i = bytes.length; i > 0; i--) {
      if (bytes[i - 1] == '\n') {
        return i;
      }
    }
    return bytes.length < MOST_BYTES ? 0 : bytes.length;
  }
}
