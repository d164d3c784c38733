package dev.wnm.core.execution;

import dev.wnm.spi.internal.files.FileEntry;
import dev.wnm.spi.internal.files.OpenFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps what nodes logged that did not start when they were added: all else of them is deleted. The newest
 * {@value #MOST_FILES} files stay, of at most {@value #MOST_CHARS} characters each. What cannot be kept is not, and a failure
 * stays as it is. Safe to use from many threads.
 */
final class FailedLogs {
  static final int MOST_FILES = 20;
  static final int MOST_CHARS = 200_000;

  private static final Set<PosixFilePermission> SECRET = PosixFilePermissions.fromString("rw-------");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);
  private static final String SUFFIX = ".log";

  private final Path folder;
  private final Clock clock;

  /** @param base the folder that the database is in */
  FailedLogs(Path base, Clock clock) {
    folder = base.resolve("logs").resolve("failed");
    this.clock = clock;
  }

  /**
   * Keeps a text.
   *
   * @param service the node's, of which the file's name is made
   * @return the file; empty when there was nothing to keep, or it could not be kept
   */
  synchronized Optional<Path> keep(String service, String logged) {
    if (logged.isBlank()) {
      return Optional.empty();
    }
    String name = service.replaceFirst("\\.service$", "").replaceAll("[^A-Za-z0-9_-]", "_") + "-" + TIME.format(clock.instant())
        + SUFFIX;
    String end = logged.length() <= MOST_CHARS ? logged : "…" + logged.substring(logged.length() - MOST_CHARS + 1);
    try {
      Files.createDirectories(folder);
      try (OpenFolder kept = OpenFolder.at(folder)) {
        kept.put(name, SECRET, Optional.empty(), Optional.empty(), file -> file.write(end.getBytes(StandardCharsets.UTF_8)));
        forgetOldest(kept);
      }
      return Optional.of(folder.resolve(name));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private record Kept(String name, FileEntry entry) {}

  private static void forgetOldest(OpenFolder folder) throws IOException {
    List<Kept> files = new ArrayList<>();
    for (String name : folder.names()) {
      if (name.endsWith(SUFFIX)) {
        folder.entry(name).filter(FileEntry::isFile).ifPresent(entry -> files.add(new Kept(name, entry)));
      }
    }
    files.sort(Comparator.comparing((Kept file) -> file.entry().writtenAt()).thenComparing(Kept::name));
    for (Kept old : files.subList(0, Math.max(0, files.size() - MOST_FILES))) {
      folder.delete(old.name());
    }
  }
}
