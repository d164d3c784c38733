package dev.wnm.spi.manager;

import java.util.OptionalInt;

/**
 * How core lays out container groups: each has a block of node numbers, and so of ports.
 *
 * @param groups how many groups there will be when the fleet is full, 1 or more
 * @param size the most nodes in a group, 1 or more
 * @param portStart where node ports begin, in thousands
 * @param metricsPortStart where metrics ports begin, in thousands
 * @param browserPortStart where ports for browsers begin, in thousands; empty where new nodes get none
 */
public record GroupLayout(int groups, int size, int portStart, int metricsPortStart, OptionalInt browserPortStart) {
  /** What holds where an operator says nothing. */
  public static final GroupLayout USUAL = new GroupLayout(1, 200, 55, 13);

  /** One without ports for browsers. */
  public GroupLayout(int groups, int size, int portStart, int metricsPortStart) {
    this(groups, size, portStart, metricsPortStart, OptionalInt.empty());
  }

  /** The same with ports for browsers. */
  public GroupLayout withBrowserPorts(int startThousands) {
    return new GroupLayout(groups, size, portStart, metricsPortStart, OptionalInt.of(startThousands));
  }
}
