package dev.wnm.managers.s6overlay.validation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A tree of services that a test writes. */
final class TreeByHand {
  private final Path folder;

  TreeByHand(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder.resolve("s6-rc.d"));
  }

  /**
   * Writes files into the tree.
   *
   * @param files {@code PATH=TEXT} with {@code \n} spelled out, separated by blanks; {@code _} in a text is a blank, a path that ends
   *     with a slash a folder, and a path without a folder in front of it is below {@code s6-rc.d}
   */
  TreeByHand with(String files) throws IOException {
    for (String file : files.strip().split("\\s+")) {
      if (!file.isEmpty()) {
        String[] parts = file.split("=", 2);
        write(parts[0], parts.length < 2 ? "" : parts[1].replace("\\n", "\n").replace('_', ' '));
      }
    }
    return this;
  }

  TreeByHand write(String path, String text) throws IOException {
    Path file = folder.resolve(path.startsWith("user-bundles.d/") || path.startsWith("usr/") ? path : "s6-rc.d/" + path);
    if (path.endsWith("/")) {
      Files.createDirectories(file);
      return this;
    }
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    file.toFile().setExecutable(path.endsWith("/run"), false);
    return this;
  }

  /** A longrun with this script. */
  TreeByHand longrun(String name, String script) throws IOException {
    return write(name + "/type", "longrun\n").write(name + "/run", script);
  }

  Path folder() {
    return folder;
  }

  ServiceTree read() {
    return ServiceTree.read("--validate", folder);
  }
}
