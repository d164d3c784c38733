package dev.wnm.spi.internal.files;

import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Copies programs that are to be run. Always by a process of its own: while this one had a copy open for writing, each program
 * that another thread starts would have it open, too, for the moment until it is that program; and what somebody has open for
 * writing the system does not run ("Text file busy").
 */
public final class ProgramCopy {
  /** For a program of some hundred MB on a slow and busy disk. */
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private ProgramCopy() {}

  /**
   * Puts a copy of a program into a folder, in the place of whatever has its name: whole, or not at all.
   *
   * @param owner whose it is to be; that of the caller where empty
   * @param age when it was written; now where empty
   */
  public static void put(CommandRunner runner, Path source, OpenFolder folder, String name, Set<PosixFilePermission> mode,
      Optional<FileOwner> owner, Optional<FileTime> age) throws IOException {
    put(ProgramStock.none(runner), source, folder, name, mode, owner, age);
  }

  /** The same from a stock of copies. */
  public static void put(ProgramStock stock, Path source, OpenFolder folder, String name, Set<PosixFilePermission> mode,
      Optional<FileOwner> owner, Optional<FileTime> age) throws IOException {
    folder.putMade(name, mode, owner, age, draft -> stock.make(source, draft));
  }

  /** Makes a copy where no file is yet; when that fails, a part of it may be left. */
  public static void make(CommandRunner runner, Path source, Path target) throws IOException {
    try {
      runner.run(Command.of("cp", "--", source.toString(), target.toString()).within(LIMIT)).orThrow();
    } catch (CommandFailedException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
