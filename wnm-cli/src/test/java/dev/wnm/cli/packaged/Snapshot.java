package dev.wnm.cli.packaged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a HOME holds: every file with owner, permissions and content, databases with all their rows. */
final class Snapshot {
  private Snapshot() {}

  /** By path. What only says who holds a lock, and what SQLite keeps beside a database while it is open, does not count. */
  static Map<String, String> of(Path home) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(home)) {
      for (Path file : found.toList()) {
        String name = home.relativize(file).toString();
        if (!name.matches(".*\\.db(-wal|-shm|\\.lock)")) {
          PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
          files.put(name, attributes.owner() + " " + PosixFilePermissions.toString(attributes.permissions()) + " "
              + (attributes.isDirectory() ? "folder" : content(file)));
        }
      }
    }
    return files;
  }

  private static String content(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (file.toString().endsWith(".db") && new String(bytes, 0, Math.min(6, bytes.length)).equals("SQLite")) {
      try {
        return new ColonyFile(file).content().toString();
      } catch (AssertionError spoilt) {
        return "spoilt database " + Arrays.hashCode(bytes);
      }
    }
    return bytes.length + " bytes " + Arrays.hashCode(bytes);
  }
}
