package dev.wnm.spi.manager;

import dev.wnm.spi.model.ColonyId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Looks after storages where wnm itself cannot: in a container, or where another account owns them. Of a process manager
 * without it, core takes storages for folders of this machine that wnm's own account may write.
 */
public interface KeepsStorages extends Capability {
  /** What keeps the storages of a process manager: itself, or wnm's own account on this machine. */
  static KeepsStorages of(ProcessManager manager) {
    return manager.capability(KeepsStorages.class).orElse(LocalStorages.INSTANCE);
  }

  /** How it stands with these storages, with an entry for each; as wnm's own account sees them unless overridden. */
  default Map<NodeStorage, StorageState> storages(ColonyId colony, Collection<NodeStorage> storages) {
    Map<NodeStorage, StorageState> states = new HashMap<>();
    storages.forEach(storage -> states.put(storage, StorageMarker.look(colony, storage.path())));
    return states;
  }

  /**
   * Makes a storage where there is none, and gives it the colony's marker. Core calls it only where it knows that the storage
   * is the colony's to take.
   *
   * @return why that failed, in one sentence; empty when it did not
   */
  Optional<String> claim(ColonyId colony, NodeStorage storage);

  /** Takes the colony's marker from a storage that no node lives in any more. @return why that failed, if it did */
  Optional<String> release(ColonyId colony, NodeStorage storage);
}
