package dev.wnm.spi.internal.files;

import java.nio.file.Path;

/** The folder that a path lies in, where it is known to lie in one: Java's own answer is null for a root and for a bare name. */
public final class ParentFolder {
  private ParentFolder() {}

  /**
   * The folder that holds what has this path.
   *
   * @param path with a folder in it, such as any absolute path but the root
   * @throws IllegalArgumentException when it names no folder: the root, or a name alone
   */
  public static Path of(Path path) {
    Path folder = path.getParent();
    if (folder == null) {
      throw new IllegalArgumentException("the path " + path + " names no folder that it lies in");
    }
    return folder;
  }
}
