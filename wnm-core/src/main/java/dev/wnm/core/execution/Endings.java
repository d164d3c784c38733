package dev.wnm.core.execution;

import dev.wnm.core.store.ColonyStore;
import dev.wnm.core.store.StoreException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The ends of operations, on their way into the journal. */
final class Endings {
  private Endings() {}

  /** Closes entries together; where the store refuses one, each alone. @return why some stay open, by entry */
  static Map<Long, String> write(ColonyStore store, List<ColonyStore.Ending> endings) {
    if (endings.isEmpty()) {
      return Map.of();
    }
    try {
      store.finishAll(endings);
      return Map.of();
    } catch (StoreException.RefusedException refused) {
      if (endings.size() == 1) {
        return Map.of(endings.get(0).operation(), refused.getMessage());
      }
      Map<Long, String> reasons = new HashMap<>();
      endings.forEach(ending -> reasons.putAll(write(store, List.of(ending))));
      return reasons;
    }
  }
}
