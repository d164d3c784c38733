package dev.wnm.spi.internal.files;

import dev.wnm.spi.command.CommandFailedException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Where nodes have their binaries, with the steps of an upgrade once the new one is there. Whoever works with other rights
 * renames and deletes by other means, and the steps are the same.
 */
public interface BinaryPlace {
  boolean exists(Path file) throws IOException, CommandFailedException;

  /** Renames a file within its folder, in the place of whatever file had that name. */
  void rename(Path file, Path name) throws IOException, CommandFailedException;

  /** Deletes a file, a link itself, or an empty folder. @return false when it was not there */
  boolean deleteFile(Path file) throws IOException, CommandFailedException;

  /** Makes the staged binary the node's, and keeps the one before it. */
  default void swapBinary(Path binary, Path staged, Path kept) throws IOException, CommandFailedException {
    if (exists(binary)) {
      rename(binary, kept);
    }
    rename(staged, binary);
  }

  /** Puts the kept binary back in its place; where none was kept, nothing is done. */
  default void restoreBinary(Path binary, Path kept) throws IOException, CommandFailedException {
    if (exists(kept)) {
      rename(kept, binary);
    }
  }

  /** Whether {@link #swapBinary} was cut off between its two renames. */
  default boolean hasOnlyKeptBinary(Path binary, Path kept) throws IOException, CommandFailedException {
    return !exists(binary) && exists(kept);
  }

  /** Deletes what an upgrade left beside the binary. */
  default void forgetBinaries(Path staged, Path kept) throws IOException, CommandFailedException {
    deleteFile(kept);
    deleteFile(staged);
  }
}
