package dev.wnm.core.observation;

import dev.wnm.core.model.Node;
import dev.wnm.spi.internal.Known;
import java.util.Map;

/** What was seen of the nodes that were looked at. */
public final class Observations {
  private final Map<Integer, Observation> byId;

  Observations(Map<Integer, Observation> byId) {
    this.byId = Map.copyOf(byId);
  }

  /**
   * What was seen of this node.
   *
   * @throws IllegalStateException when it is none of those that were looked at
   */
  public Observation of(Node node) {
    return Known.of(byId, node.id());
  }
}
