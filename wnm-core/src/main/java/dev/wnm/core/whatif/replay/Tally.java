package dev.wnm.core.whatif.replay;

import java.time.Duration;

/** Counts how a fleet goes. */
final class Tally {
  int added;
  int started;
  int stopped;
  int removed;
  private int mostRunning;
  private double runningSeconds;
  private Duration length = Duration.ZERO;
  private Duration pressure = Duration.ZERO;

  /** So many nodes run for so long. */
  void during(int running, boolean isUnderPressure, Duration time) {
    mostRunning = Math.max(mostRunning, running);
    runningSeconds += running * (double) time.toSeconds();
    length = length.plus(time);
    if (isUnderPressure) {
      pressure = pressure.plus(time);
    }
  }

  Fate fate(int nodes, int running) {
    return new Fate(nodes, running, length.isZero() ? running : runningSeconds / length.toSeconds(), mostRunning, added, started, stopped,
        removed, pressure);
  }
}
