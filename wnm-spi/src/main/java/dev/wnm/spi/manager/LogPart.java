package dev.wnm.spi.manager;

import java.util.List;

/**
 * A part of a log, within bounds (some hundred KiB). Made with the methods here.
 *
 * @param lines whole lines, the oldest first
 * @param position where the next part begins: a word of the back end's for {@link LogRequest#after}
 * @param reason why there is no log, as a clause; empty where there is one, which may have no new lines
 */
public record LogPart(List<String> lines, String position, String reason) {
  public LogPart {
    lines = List.copyOf(lines);
  }

  /** A part of a log that there is. */
  public LogPart(List<String> lines, String position) {
    this(lines, position, "");
  }

  /** These lines, and where the next ones begin. */
  public static LogPart of(List<String> lines, String position) {
    return new LogPart(lines, position);
  }

  /**
   * No lines, since there is no log.
   *
   * @param reason why not, as a clause
   * @param position where the next part begins, should there be one
   */
  public static LogPart none(String reason, String position) {
    return new LogPart(List.of(), position, reason);
  }
}
