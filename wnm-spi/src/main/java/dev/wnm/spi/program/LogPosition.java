package dev.wnm.spi.program;

import java.util.Objects;

/**
 * How far a node's log was read.
 *
 * @param file the name of the file in the log folder; empty where none was read yet
 * @param bytes how many bytes of it, 0 or more
 */
public record LogPosition(String file, long bytes) {
  /** Nothing was read yet. */
  public static final LogPosition START = new LogPosition("", 0);

  public LogPosition {
    Objects.requireNonNull(file, "file");
    if (bytes < 0) {
      throw new IllegalArgumentException("a log is not read for " + bytes + " bytes");
    }
  }
}
