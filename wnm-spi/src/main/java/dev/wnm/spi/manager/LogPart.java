package dev.wnm.spi.manager;

import java.util.List;

/**
 * A part of a log, within bounds (some hundred KiB).
 *
 * @param lines whole lines, the oldest first
 * @param position where the next part begins: a word of the back end's for {@link LogRequest#after}
 */
public record LogPart(List<String> lines, String position) {
  public LogPart {
    lines = List.copyOf(lines);
  }

  /** These lines, and where the next ones begin. */
  public static LogPart of(List<String> lines, String position) {
    return new LogPart(lines, position);
  }
}
