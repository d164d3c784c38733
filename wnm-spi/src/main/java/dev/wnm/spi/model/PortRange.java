package dev.wnm.spi.model;

/**
 * Ports from {@code first} to {@code last}, both included.
 *
 * @param first the lowest port, 1 to 65535
 * @param last the highest port, not below {@code first}, at most 65535
 */
public record PortRange(int first, int last) {
  /** The lowest port that a process without privileges may bind. */
  public static final int LOWEST_UNPRIVILEGED = 1_024;
  /** The highest port there is. */
  public static final int HIGHEST = 65_535;

  public PortRange {
    if (first < 1 || last > HIGHEST || first > last) {
      throw new IllegalArgumentException("port range " + first + "-" + last + " is not within 1-" + HIGHEST);
    }
  }

  public boolean contains(int port) {
    return first <= port && port <= last;
  }

  public boolean overlaps(PortRange other) {
    return first <= other.last && other.first <= last;
  }

  public int size() {
    return last - first + 1;
  }

  /** {@code first-last}, as Docker and antctl write ranges. */
  @Override
  public String toString() {
    return first + "-" + last;
  }
}
