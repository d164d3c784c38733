package dev.wnm.spi.manager;

import java.util.List;
import java.util.Map;

/** Tells what the tool behind it says of nodes. */
public interface Describes extends Capability {
  /**
   * What that is in a few words for each, such as {@code up 3 h, pid 42, 1 restart}: by node id, without those that it says
   * nothing of. For reports; one question for all of them.
   */
  Map<Integer, String> describe(List<NodeSpec> nodes);
}
