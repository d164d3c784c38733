package dev.wnm.spi.manager;

import java.util.List;

/** Has something to do of its own when nodes that others made become the colony's. */
public interface AdoptsNodes extends Capability {
  /**
   * Called once the nodes' rows are stored: makes them the colony's where this process manager keeps that, and sees to it that who
   * made them does not take them back. Restarts none. Safe to repeat.
   *
   * @param nodes those that were taken over; any process manager's own may be among them
   * @return a sentence for each thing that an operator should know: what was changed, and what could not be
   */
  List<String> adopted(List<NodeSpec> nodes);
}
