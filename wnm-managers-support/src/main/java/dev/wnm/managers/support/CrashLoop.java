package dev.wnm.managers.support;

import java.time.Duration;

/**
 * The one rule for what is a crash loop where something starts a process again after each death: a supervisor's own counts tell
 * it, so that nothing has to be remembered from one look to the next.
 */
public final class CrashLoop {
  /** Docker takes a run that lasts so long for a good one; a process that died before is up only then. */
  private static final Duration GOOD_RUN = Duration.ofSeconds(10);
  /** One that died several times has to run for so long, which is more than a node needs to be ready. */
  private static final Duration SETTLED = Duration.ofMinutes(2);
  private static final int SEVERAL = 3;
  /** One death is none of a loop: a node that upgrades itself ends once, too. */
  private static final int AGAIN = 2;

  private CrashLoop() {}

  /** Whether a process that has run for so long may count as down for its deaths: only then need they be asked for. */
  public static boolean mayBeOn(Duration up) {
    return up.compareTo(SETTLED) < 0;
  }

  /**
   * Whether a process that runs at this moment is to count as down, since it died lately and will again.
   *
   * @param deaths how often it died since somebody last started it, 0 or more
   * @param up how long it has run now
   */
  public static boolean isOn(int deaths, Duration up) {
    return deaths >= AGAIN && up.compareTo(GOOD_RUN) < 0 || deaths >= SEVERAL && up.compareTo(SETTLED) < 0;
  }
}
