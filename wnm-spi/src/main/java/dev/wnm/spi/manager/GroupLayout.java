package dev.wnm.spi.manager;

/**
 * How core lays out container groups: each has a block of node numbers, and so of ports.
 *
 * @param groups how many groups there will be when the fleet is full, 1 or more
 * @param size the most nodes in a group, 1 or more
 * @param portStart where node ports begin, in thousands
 * @param metricsPortStart where metrics ports begin, in thousands
 */
public record GroupLayout(int groups, int size, int portStart, int metricsPortStart) {
  /** What holds where an operator says nothing. */
  public static final GroupLayout USUAL = new GroupLayout(1, 200, 55, 13);
}
