package dev.wnm.spi.manager;

import dev.wnm.spi.command.CommandFailedException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Opens and closes UDP ports in the machine's firewall. Both operations are idempotent. Safe to use from many threads; calls
 * may queue up.
 */
public interface Firewall {
  /** Leaves the machine's firewall alone. */
  Firewall NONE = new Firewall() {
    @Override
    public void open(int udpPort, String comment) {}

    @Override
    public void close(int udpPort) {}
  };

  /**
   * Lets traffic to a port through.
   *
   * @param comment whom the port is for: the node's service name
   * @throws CommandFailedException when that failed; what stands in the way of all calls is thrown once
   */
  void open(int udpPort, String comment) throws CommandFailedException;

  /**
   * Takes back what let traffic to a port through, unless somebody else made it.
   *
   * @throws CommandFailedException as {@link #open}
   */
  void close(int udpPort) throws CommandFailedException;

  /**
   * Puts the rules of this colony in step with its nodes: deletes those that no node needs, adds those that are missing. No
   * other rule is touched. Only wnm itself calls it: process managers do not know all nodes.
   *
   * @param needed the comment of each port that shall be open
   * @param undecided ports whose rules stay as they are
   * @return a sentence for each rule that was changed; what went wrong is among the {@link #notices}
   */
  default List<String> sweep(Map<Integer, String> needed, Set<Integer> undecided) {
    return List.of();
  }

  /** What the operator should know of the firewall, as found by the last {@link #sweep}; asks nothing. */
  default List<String> notices() {
    return List.of();
  }
}
