package dev.wnm.fetch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Puts files in their places, each whole or not at all, also when wnm or the machine dies. What lay there is kept beside it; a link is
 * replaced and kept itself, and what it leads to stays as it is.
 */
final class Placement {
  private static final String KEPT = ".before";

  private final Staging staging;

  Placement(Staging staging) {
    this.staging = staging;
  }

  /** The program. The one before is kept as {@code NAME.before}, in the place of an earlier one. @return where it is kept, if there was one */
  Optional<Path> program(Path staged, Path place) throws IOException {
    Optional<Path> kept = Files.exists(place, LinkOption.NOFOLLOW_LINKS) ? Optional.of(keptAs(place, "")) : Optional.empty();
    if (kept.isPresent()) {
      keep(place, kept.get());
    }
    put(staged, place, "rwxr-xr-x");
    return kept;
  }

  /**
   * A file that operators may have changed: what lay there and is another is kept under a name that nothing has.
   *
   * @return where it is kept, if it had to be
   */
  Optional<Path> settings(Path staged, Path place) throws IOException {
    Optional<Path> kept = Optional.empty();
    if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      if (isSame(staged, place)) {
        return Optional.empty();
      }
      Path copy = copyOf(place);
      kept = Optional.of(copy);
      if (!Files.exists(copy, LinkOption.NOFOLLOW_LINKS)) {
        keep(place, copy);
      }
    }
    put(staged, place, "rw-r--r--");
    return kept;
  }

  private static boolean isSame(Path one, Path other) throws IOException {
    return Files.isRegularFile(one) && Files.isRegularFile(other) && Files.mismatch(one, other) < 0;
  }

  /** The first name that nothing has, or that an earlier copy of the same has. */
  private static Path copyOf(Path place) throws IOException {
    Path kept = keptAs(place, "");
    for (int number = 2; Files.exists(kept, LinkOption.NOFOLLOW_LINKS) && !isSame(place, kept); number++) {
      kept = keptAs(place, "-" + number);
    }
    return kept;
  }

  private static Path keptAs(Path place, String number) {
    return place.resolveSibling(place.getFileName() + KEPT + number);
  }

  private void keep(Path place, Path kept) throws IOException {
    Path copy = staging.file("kept");
    Files.copy(place, copy, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    if (!Files.isSymbolicLink(copy)) {
      flush(copy);
    }
    Files.move(copy, kept, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void put(Path staged, Path place, String mode) throws IOException {
    Files.setPosixFilePermissions(staged, PosixFilePermissions.fromString(mode));
    flush(staged);
    Files.move(staged, place, StandardCopyOption.ATOMIC_MOVE);
    flush(place.toAbsolutePath().getParent());
  }

  /** Has it written to the disk: else its name could be there after a power cut, and nothing in it. */
  private static void flush(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
