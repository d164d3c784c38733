package dev.wnm.core.model;

import java.time.Duration;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * The limits that the decision engine works by; each is the setting of the name given in its text.
 *
 * @param nodeCap {@code node_cap}: the most nodes there may be but for {@code beyondCap}, 0 or more
 * @param cpu {@code cpu_less_than} and {@code cpu_remove}, percent
 * @param memory {@code mem_less_than} and {@code mem_remove}, percent
 * @param disk {@code hd_less_than} and {@code hd_remove}, percent
 * @param load {@code desired_load_average} and {@code max_load_average_allowed}
 * @param diskReads {@code hdio_read_less_than} and {@code hdio_read_remove}, bytes per second, 0 = off
 * @param diskWrites {@code hdio_write_less_than} and {@code hdio_write_remove}, bytes per second, 0 = off
 * @param netReads {@code netio_read_less_than} and {@code netio_read_remove}, bytes per second, 0 = off
 * @param netWrites {@code netio_write_less_than} and {@code netio_write_remove}, bytes per second, 0 = off
 * @param concurrency how many operations may be under way at once
 * @param delayRemove {@code delay_remove}: how long to wait after a stop for pressure before the next one
 * @param upgrades {@code enable_upgrade}: whether nodes are brought to a newer antnode at all
 * @param downgrades {@code allow_downgrade}: whether they are brought to an older one, too
 * @param beyondCap how many more there may be for now, since others are to give way to them; 0 or more
 */
public record DecisionLimits(
    int nodeCap,
    Band cpu,
    Band memory,
    Band disk,
    Band load,
    Band diskReads,
    Band diskWrites,
    Band netReads,
    Band netWrites,
    Concurrency concurrency,
    Duration delayRemove,
    boolean upgrades,
    boolean downgrades,
    int beyondCap) {
  /** Limits under which no node goes back to an older version. */
  public DecisionLimits(int nodeCap, Band cpu, Band memory, Band disk, Band load, Band diskReads, Band diskWrites, Band netReads, Band netWrites,
      Concurrency concurrency, Duration delayRemove, boolean upgrades, int beyondCap) {
    this(nodeCap, cpu, memory, disk, load, diskReads, diskWrites, netReads, netWrites, concurrency, delayRemove, upgrades, false, beyondCap);
  }

  public DecisionLimits {
    if (nodeCap < 0) {
      throw new IllegalArgumentException("node_cap " + nodeCap + " is below 0");
    }
    if (delayRemove.isNegative()) {
      throw new IllegalArgumentException("delay_remove " + delayRemove + " is negative");
    }
    Objects.requireNonNull(concurrency, "concurrency");
  }

  /** The same where there may be this many nodes beyond the cap. */
  public DecisionLimits withMoreNodes(int more) {
    return new DecisionLimits(nodeCap, cpu, memory, disk, load, diskReads, diskWrites, netReads, netWrites, concurrency, delayRemove,
        upgrades, downgrades, more);
  }

  /** The most nodes there may be now. */
  public int mostNodes() {
    return nodeCap + beyondCap;
  }

  /** The same in words, such as {@code node_cap 3}. */
  public String mostNodesInWords() {
    return "node_cap " + nodeCap + (beyondCap == 0 ? "" : " and " + beyondCap + " while others are renewed");
  }

  /**
   * Two thresholds on one measured value. Between them nothing happens.
   *
   * @param lessThan nodes are started and added only below this
   * @param remove above this there is pressure
   */
  public record Band(double lessThan, double remove) {
    /** Whether a value that is known leaves room for nodes. */
    public boolean leavesRoom(OptionalDouble value) {
      return value.isPresent() && (value.getAsDouble() < lessThan || lessThan == 100);
    }

    /** Whether a value is known and asks for fewer nodes. */
    public boolean presses(OptionalDouble value) {
      return value.isPresent() && value.getAsDouble() > remove;
    }
  }

  /**
   * How many operations may be under way at once, each 1 or more.
   *
   * @param upgrades {@code max_concurrent_upgrades}: nodes UPGRADING
   * @param starts {@code max_concurrent_starts}: nodes RESTARTING, started and added ones alike
   * @param removals {@code max_concurrent_removals}: nodes REMOVING, also the most that are stopped in one cycle
   * @param operations {@code max_concurrent_operations}: all together
   */
  public record Concurrency(int upgrades, int starts, int removals, int operations) {
    public Concurrency {
      atLeastOne("max_concurrent_upgrades", upgrades);
      atLeastOne("max_concurrent_starts", starts);
      atLeastOne("max_concurrent_removals", removals);
      atLeastOne("max_concurrent_operations", operations);
    }

    private static void atLeastOne(String option, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(option + " " + value + " is below 1");
      }
    }
  }
}
