package dev.wnm.core.model;

/**
 * What one node is reckoned to need.
 *
 * @param memoryBytes above 0
 * @param diskBytes that its data may come to need, 0 or more
 */
public record NodeNeed(long memoryBytes, long diskBytes) {
  public NodeNeed {
    if (memoryBytes < 1 || diskBytes < 0) {
      throw new IllegalArgumentException("a node cannot need " + memoryBytes + " bytes of memory and " + diskBytes + " of disk");
    }
  }
}
