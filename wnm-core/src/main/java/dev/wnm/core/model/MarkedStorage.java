package dev.wnm.core.model;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;

/**
 * A storage that was given the colony's marker, as the store remembers it: seen without it, its disk is not mounted.
 *
 * @param path the folder, absolute
 * @param container the container in which the path is meant; empty for the machine itself
 * @param device what it lay on when it was marked, such as {@code /dev/sdb1}; empty when that was not known
 * @param markedAt when, whole seconds
 */
public record MarkedStorage(Path path, String container, String device, Instant markedAt) {
  public MarkedStorage {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(container, "container");
    Objects.requireNonNull(device, "device");
    Objects.requireNonNull(markedAt, "markedAt");
  }
}
