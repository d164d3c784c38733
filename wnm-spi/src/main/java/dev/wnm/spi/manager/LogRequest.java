package dev.wnm.spi.manager;

import java.time.Duration;
import java.util.Optional;

/**
 * Which part of a log is asked for. Made with the methods here.
 *
 * @param lines at most so many of the last lines, 1 or more; it does not count where {@code from} is given
 * @param since only lines of this time, as far as lines tell theirs
 * @param from everything behind this position, which an earlier {@link LogPart} had
 * @param patience how long to wait for a line when there is none yet, at most
 */
public record LogRequest(int lines, Optional<Duration> since, Optional<String> from, Duration patience) {
  /** @throws IllegalArgumentException when no line is asked for */
  public LogRequest {
    if (lines < 1) {
      throw new IllegalArgumentException(lines + " lines of a log are none");
    }
  }

  /** The last lines, at most so many. */
  public static LogRequest last(int lines) {
    return new LogRequest(lines, Optional.empty(), Optional.empty(), Duration.ZERO);
  }

  /** The same, without lines that are older than this, as far as they tell. */
  public LogRequest within(Duration time) {
    return new LogRequest(lines, Optional.of(time), from, patience);
  }

  /** What has come since an earlier part; waits for it for so long. */
  public LogRequest after(String position, Duration longest) {
    return new LogRequest(lines, since, Optional.of(position), longest);
  }
}
