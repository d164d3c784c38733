package dev.wnm.core.service;

import dev.wnm.spi.internal.files.ParentFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** Files of services: only those that begin with wnm's mark are ever replaced or deleted. */
final class ServiceFiles {
  private static final int FIRST_CHARACTERS = 300;

  private ServiceFiles() {}

  /** Whether a file is there that wnm has written. */
  static boolean isOurs(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    String text = Files.readString(file);
    return text.substring(0, Math.min(FIRST_CHARACTERS, text.length())).contains(ServiceText.MARK);
  }

  /** That something is there which wnm has not written, in a sentence; empty where nothing is. */
  static Optional<String> stranger(Path file) throws IOException {
    return !Files.exists(file, LinkOption.NOFOLLOW_LINKS) || isOurs(file) ? Optional.empty()
        : Optional.of(file + " is there, and wnm --install_service has not written it; end that service, move the file away, and"
            + " try again");
  }

  /** Writes a file as a whole or not at all. @return whether that changed anything */
  static boolean write(Path file, String text) throws IOException {
    if (isOurs(file) && Files.readString(file).equals(text)) {
      return false;
    }
    Path folder = ParentFolder.of(file);
    Files.createDirectories(folder);
    Path part = Files.createTempFile(folder, ".wnm", "");
    try {
      Files.writeString(part, text);
      Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-r--r--"));
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
    return true;
  }
}
