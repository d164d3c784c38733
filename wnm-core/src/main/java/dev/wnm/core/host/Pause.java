package dev.wnm.core.host;

import java.time.Duration;
import org.apiguardian.api.API;

/** Waits. Tests put one in its place that only counts. */
@API(status = API.Status.STABLE)
@FunctionalInterface
public interface Pause {
  /** Really waits; ends early when the thread is interrupted. */
  Pause REAL = duration -> {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  };

  void of(Duration duration);
}
