package dev.wnm.core.history;

import java.time.Duration;
import java.util.List;

/**
 * How something went, thinned to as many points as were wished for.
 *
 * @param step one point stands for this long; where there is none for longer, nothing is known
 * @param points the oldest first
 */
public record Course<T>(Duration step, List<T> points) {
  public Course {
    points = List.copyOf(points);
  }
}
