package dev.wnm.managers.s6overlay.image;

import dev.wnm.managers.s6overlay.output.OutputFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A file of the image.
 *
 * @param path from the root on, without a slash before it
 * @param mode as chmod takes it, such as 755
 * @param text what is in it
 */
record RootFile(String path, String mode, String text) {
  private static final String LIST = "rootfs.list";

  /** All of them. Listed in a resource, since a jar has no folders to ask and keeps no modes. */
  static List<RootFile> all() {
    return resource(LIST).lines().map(line -> line.split(" ", 2))
        .map(words -> new RootFile(words[1], words[0], resource("rootfs/" + words[1]))).toList();
  }

  boolean isExecutable() {
    return mode.equals("755");
  }

  /** @param before what its path has before it, with a slash at the end where it is a folder */
  void addTo(OutputFolder output, String before) {
    if (isExecutable()) {
      output.script(before + path, text);
    } else {
      output.file(before + path, text);
    }
  }

  static String resource(String name) {
    try (InputStream in = RootFile.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + name + " is missing in this build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the resource " + name + " of this build cannot be read", e);
    }
  }
}
