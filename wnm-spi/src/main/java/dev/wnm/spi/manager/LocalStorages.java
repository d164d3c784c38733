package dev.wnm.spi.manager;

import dev.wnm.spi.model.ColonyId;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/** Storages that are folders of this machine, kept by whoever runs wnm. */
final class LocalStorages implements KeepsStorages {
  static final LocalStorages INSTANCE = new LocalStorages();

  private LocalStorages() {}

  @Override
  public Optional<String> claim(ColonyId colony, NodeStorage storage) {
    try {
      Files.createDirectories(storage.path());
      StorageMarker.write(colony, storage.path());
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("the storage " + storage.path() + " cannot be marked as the colony's: " + e);
    }
  }

  @Override
  public Optional<String> release(ColonyId colony, NodeStorage storage) {
    try {
      StorageMarker.erase(colony, storage.path());
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("the marker in the storage " + storage.path() + " cannot be deleted: " + e);
    }
  }
}
