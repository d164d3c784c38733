package dev.wnm.spi.manager;

import java.time.Duration;
import java.util.List;

/**
 * How a group's container that runs is doing, beside its nodes.
 *
 * @param check what the container's own check says
 * @param readiness how long it takes until that check would have found it ill: who did well for longer does well
 * @param deaths how often its container was started again after a death since somebody last started it
 * @param troubles what does not work in it, a clause each that names it with its last words: companions of the nodes, and why the
 *     container is ill
 */
public record GroupHealth(Check check, Duration readiness, int deaths, List<String> troubles) {
  /** Of one that nothing can be said of but that it runs. */
  public static final GroupHealth UNCHECKED = new GroupHealth(Check.NONE, Duration.ZERO, 0, List.of());

  /** What a container's own check says. */
  public enum Check {
    /** It has none. */
    NONE,
    /** It has not been well yet. */
    STARTING,
    /** It is well. */
    WELL,
    /** It is not. */
    ILL
  }

  public GroupHealth {
    troubles = List.copyOf(troubles);
  }

  /** Whether the container can do its work, as far as is known; what fails beside the nodes does not count. */
  public boolean isWell() {
    return check == Check.WELL || check == Check.NONE;
  }
}
