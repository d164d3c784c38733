package dev.wnm.spi.internal.files;

import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Copies of one program that one process makes ahead, for many that are to have one each: a process for each copy costs more than
 * the copy. They lie in a folder of wnm's own until each is renamed to where it is wanted. Where there are none, or no more,
 * {@link ProgramCopy} makes what is missing, and says what is in the way. Safe to use from many threads.
 */
public final class ProgramStock implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Duration LIMIT_OF_A_COPY = Duration.ofSeconds(20);
  private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");
  /** A fixed text; what varies comes in as words of its own. */
  private static final String COPIES = "i=0; while [ \"$i\" -lt \"$3\" ]; do i=$((i + 1)); cp -- \"$1\" \"$2/$i\" || exit; done";

  private final CommandRunner runner;
  private final Path source;
  private final Optional<Path> folder;
  private final Deque<Path> copies = new ConcurrentLinkedDeque<>();

  private ProgramStock(CommandRunner runner, Path source, Optional<Path> folder) {
    this.runner = runner;
    this.source = source;
    this.folder = folder;
  }

  /** None: each copy is made when it is wanted. */
  public static ProgramStock none(CommandRunner runner) {
    return new ProgramStock(runner, Path.of(""), Optional.empty());
  }

  /**
   * Makes copies in a folder; what a killed wnm left there of an earlier stock goes first. None where others could change what that
   * folder lies in.
   *
   * @param count how many; none are made of fewer than two
   * @param folder a name that is no other stock's, on the disk where they are wanted
   */
  public static ProgramStock of(CommandRunner runner, Path source, int count, Path folder) {
    String name = folder.getFileName().toString();
    try (OpenFolder place = OpenFolder.at(ParentFolder.of(folder))) {
      if (!place.isClosedToOthers()) {
        return none(runner);
      }
      place.deleteTree(name);
      if (count < 2) {
        return none(runner);
      }
      place.makeFolder(name, PRIVATE, Optional.empty());
      ProgramStock stock = new ProgramStock(runner, source, Optional.of(folder));
      stock.fill(count);
      return stock;
    } catch (IOException e) {
      return none(runner); // whoever needs a copy will say what is in the way
    }
  }

  private void fill(int count) throws IOException {
    Path place = folder.orElseThrow();
    try {
      runner.run(Command.of("sh", "-c", COPIES, "sh", source.toString(), place.toString(), Integer.toString(count))
          .within(LIMIT.plus(LIMIT_OF_A_COPY.multipliedBy(count)))).orThrow();
      for (int i = 1; i <= count; i++) {
        copies.add(place.resolve(Integer.toString(i)));
      }
    } catch (CommandFailedException e) {
      close(); // a full disk, say: what was copied of it must not keep it full
    }
  }

  /** Makes a copy where no file is yet: one of those that were made ahead, where there is one of this program. */
  public void make(Path program, Path target) throws IOException {
    Path copy = program.equals(source) ? copies.poll() : null;
    if (copy != null) {
      try {
        Files.move(copy, target, StandardCopyOption.ATOMIC_MOVE);
        return;
      } catch (IOException e) {
        // Another disk, or gone: made anew.
      }
    }
    ProgramCopy.make(runner, program, target);
  }

  /** Deletes what is left. */
  @Override
  public void close() throws IOException {
    copies.clear();
    if (folder.isPresent()) {
      try (OpenFolder place = OpenFolder.at(ParentFolder.of(folder.get()))) {
        place.deleteTree(folder.get().getFileName().toString());
      }
    }
  }
}
