package dev.wnm.core.logs;

import dev.wnm.core.host.Pause;
import dev.wnm.spi.internal.PlainText;
import dev.wnm.spi.internal.TimedLine;
import dev.wnm.spi.manager.LogPart;
import dev.wnm.spi.manager.LogRequest;
import dev.wnm.spi.manager.ManagerUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Several logs as one: the lines of all in the order of time where they tell theirs, else one log after the other, each line after the
 * name of its log. A log alone has no names. Not for use by several threads.
 */
public final class Interleaved {
  /** How long one log that waits is waited for: a call of its own each time. */
  private static final Duration ALONE = Duration.ofSeconds(10);
  /** How long each of several is, in turn. */
  private static final Duration IN_TURN = Duration.ofSeconds(1);
  /** Between two rounds without news; longer where a round itself takes long, so that following costs little. */
  private static final Duration BETWEEN = Duration.ofSeconds(1);

  private final List<NamedLog> logs;
  private final Reader reader;
  private final Pause pause;
  private final Map<NamedLog, String> positions = new LinkedHashMap<>();
  private final Set<NamedLog> without = new HashSet<>();
  private boolean fine = true;

  /** Whoever reads the lines. */
  public interface Reader {
    /** A line, kept from steering a terminal. */
    void line(String line);

    /** Why a log, or what comes later in it, cannot be had, as a clause. */
    void lacks(String name, String why);

    /** Hands on what was told so far. @return whether there is still anybody who reads */
    boolean goesOn();
  }

  public Interleaved(List<NamedLog> logs, Reader reader, Pause pause) {
    this.logs = List.copyOf(logs);
    this.reader = reader;
    this.pause = pause;
  }

  /** Tells what there is. @return whether all could be read */
  public boolean show(LogRequest request) {
    List<List<TimedLine>> round = new ArrayList<>();
    for (NamedLog log : logs) {
      round.add(ask(log, request));
    }
    tell(round);
    return fine;
  }

  /**
   * Goes on with what comes, after {@link #show}, as long as somebody reads and there is a log left that can be read.
   *
   * @param request the one that was shown
   */
  public void follow(LogRequest request) {
    boolean allWait = logs.stream().allMatch(NamedLog::waits);
    Duration patience = !allWait ? Duration.ZERO : positions.size() > 1 ? IN_TURN : ALONE;
    while (!positions.isEmpty() && reader.goesOn() && !Thread.currentThread().isInterrupted()) {
      long begin = System.nanoTime();
      List<List<TimedLine>> round = new ArrayList<>();
      new LinkedHashMap<>(positions).forEach((log, position) -> round.add(ask(log, request.after(position, patience))));
      boolean isNews = tell(round);
      if (!isNews && !allWait) {
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        pause.of(took.multipliedBy(2).compareTo(BETWEEN) > 0 ? took.multipliedBy(2) : BETWEEN);
      }
    }
  }

  private List<TimedLine> ask(NamedLog log, LogRequest request) {
    try {
      LogPart part = log.source().part(request);
      positions.put(log, part.position());
      if (part.reason().isEmpty()) {
        without.remove(log);
      } else if (without.add(log)) {
        lacks(log, part.reason());
      }
      String prefix = logs.size() > 1 ? log.name() + ": " : "";
      return TimedLine.of(part.lines(), Instant.EPOCH).stream()
          .map(line -> new TimedLine(line.at(), prefix + PlainText.logLine(line.line()))).toList();
    } catch (ManagerUnavailableException e) {
      // Such as one whose container has ended; the others go on.
      positions.remove(log);
      lacks(log, String.valueOf(e.getMessage()));
      return List.of();
    }
  }

  private void lacks(NamedLog log, String why) {
    fine = false;
    reader.lacks(log.name(), PlainText.logLine(why));
  }

  private boolean tell(List<List<TimedLine>> round) {
    List<TimedLine> lines = TimedLine.merged(round);
    lines.forEach(line -> reader.line(line.line()));
    return !lines.isEmpty();
  }
}
