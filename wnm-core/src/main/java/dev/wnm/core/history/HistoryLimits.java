package dev.wnm.core.history;

import java.time.Duration;

/**
 * How much history is kept.
 *
 * @param age nothing older is kept, 1 day or more
 * @param bytes the most that the database may hold, all its tables together; the oldest goes first
 */
public record HistoryLimits(Duration age, long bytes) {
  public HistoryLimits {
    if (age.compareTo(Duration.ofDays(1)) < 0) {
      throw new IllegalArgumentException("history of " + age + " is shorter than a day");
    }
    if (bytes < 1) {
      throw new IllegalArgumentException("history of " + bytes + " bytes is none");
    }
  }
}
