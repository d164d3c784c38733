package dev.wnm.spi.manager;

import java.util.List;

/** Has things to tell an operator though no operation failed. */
public interface GivesNotice extends Capability {
  /**
   * A sentence for each: nodes that are there and not among the known ones, say. Asked after each look at the whole fleet, so
   * it must be cheap; core shows a sentence once for as long as it is repeated.
   *
   * @param known every node of this process manager that core knows
   */
  List<String> notices(List<NodeSpec> known);
}
