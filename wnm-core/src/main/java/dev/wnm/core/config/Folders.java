package dev.wnm.core.config;

import java.nio.file.Path;

/**
 * Where wnm keeps its things when nothing else is said: the places of the Python wnm.
 *
 * @param base holds the database and the lock
 * @param nodeStorage holds one folder for each node
 * @param logs holds one log folder for each node
 * @param bootstrapCache antnode's bootstrap cache, shared by all nodes
 */
public record Folders(Path base, Path nodeStorage, Path logs, Path bootstrapCache) {
  /** The places for a process manager: those of the system where it works for the whole of that, else those of the user. */
  public static Folders of(Platform platform, boolean forWholeSystem) {
    return forWholeSystem ? system(platform) : user(platform);
  }

  static Folders system(Platform platform) {
    return switch (platform.os()) {
      case LINUX -> new Folders(Path.of("/var/antctl"), Path.of("/var/antctl/services"), Path.of("/var/log/antnode"),
          Path.of("/var/antctl/bootstrap-cache"));
      case MACOS -> mac(Path.of("/Library"));
      case OTHER -> user(platform);
    };
  }

  static Folders user(Platform platform) {
    return switch (platform.os()) {
      case LINUX -> inOneFolder(platform.home().resolve(".local/share/autonomi"));
      case MACOS -> mac(platform.home().resolve("Library"));
      case OTHER -> inOneFolder(platform.home().resolve("autonomi"));
    };
  }

  /** The database, unless {@code dbpath} says otherwise. */
  public Path database() {
    return base.resolve("colony.db");
  }

  private static Folders mac(Path library) {
    Path base = library.resolve("Application Support/autonomi");
    return new Folders(base, base.resolve("node"), library.resolve("Logs/autonomi"),
        library.resolve("Caches/autonomi/bootstrap-cache"));
  }

  private static Folders inOneFolder(Path base) {
    return new Folders(base, base.resolve("node"), base.resolve("logs"), base.resolve("bootstrap-cache"));
  }
}
