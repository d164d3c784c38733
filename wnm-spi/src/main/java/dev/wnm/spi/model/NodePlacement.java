package dev.wnm.spi.model;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a node is: the name that its process manager knows it by, and the places of its files. Make one with {@link #of} and the
 * methods that follow, which a further part leaves as they are.
 *
 * @param service the name that its process manager knows it by
 * @param rootDir its data folder
 * @param logDir its log folder; empty when it is not known
 * @param binary its own copy of antnode
 */
public record NodePlacement(String service, Path rootDir, Optional<Path> logDir, Path binary) {
  public NodePlacement {
    Objects.requireNonNull(service, "service");
    Objects.requireNonNull(rootDir, "rootDir");
    Objects.requireNonNull(binary, "binary");
  }

  /** One with the log folder {@code logs} and the binary {@code antnode} inside the data folder. */
  public static NodePlacement of(String service, Path rootDir) {
    return new NodePlacement(service, rootDir, Optional.of(logsIn(rootDir)), rootDir.resolve("antnode"));
  }

  public NodePlacement withService(String newService) {
    return new NodePlacement(newService, rootDir, logDir, binary);
  }

  public NodePlacement withLogDir(Path newLogDir) {
    return new NodePlacement(service, rootDir, Optional.of(newLogDir), binary);
  }

  public NodePlacement withBinary(Path newBinary) {
    return new NodePlacement(service, rootDir, logDir, newBinary);
  }

  /**
   * The same in another storage: its data folder by the name that it has, and what lies in that with it. Logs and a binary that lie
   * elsewhere stay there.
   */
  public NodePlacement in(Path storage) {
    Path moved = storage.resolve(rootDir.getFileName());
    return new NodePlacement(service, moved, logDir.map(logs -> moved(logs, moved)), moved(binary, moved));
  }

  private Path moved(Path file, Path newRoot) {
    return file.startsWith(rootDir) ? newRoot.resolve(rootDir.relativize(file)) : file;
  }

  /** The same with its log folder known: where nothing is, it is {@code logs} inside the data folder. */
  public NodePlacement withKnownLogDir() {
    return withLogDir(logs());
  }

  /** Its log folder, {@code logs} inside its data folder where nothing else is known. */
  public Path logs() {
    return logDir.orElse(logsIn(rootDir));
  }

  private static Path logsIn(Path rootDir) {
    return rootDir.resolve("logs");
  }
}
