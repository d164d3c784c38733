package dev.wnm.managers.support;

import dev.wnm.spi.internal.Reason;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.Collectors;

/** Words for people: what went wrong with a file, of which Java's own messages are often the bare path. */
public final class Sentences {
  private Sentences() {}

  /** Such as {@code /mnt/a/nodes or /mnt/b/nodes}. */
  public static String list(Collection<Path> paths) {
    return paths.stream().map(Path::toString).collect(Collectors.joining(" or "));
  }

  /** A sentence without a full stop that names the file and what is wrong with it. */
  public static String of(IOException e) {
    if (e instanceof NoSuchFileException missing) {
      return missing.getFile() + " does not exist";
    }
    if (e instanceof AccessDeniedException denied) {
      return "no permission for " + denied.getFile();
    }
    if (e instanceof FileAlreadyExistsException there) {
      return there.getFile() + " is there already";
    }
    if (e instanceof DirectoryNotEmptyException full) {
      return full.getFile() + " is not empty";
    }
    if (e instanceof NotDirectoryException file) {
      return file.getFile() + " is no folder";
    }
    if (e instanceof FileSystemException failed) {
      return failed.getFile() + ": " + (failed.getReason() == null ? "the system gives no reason" : failed.getReason());
    }
    return Reason.of(e);
  }
}
