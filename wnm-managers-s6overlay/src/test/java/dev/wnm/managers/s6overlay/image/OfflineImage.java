package dev.wnm.managers.s6overlay.image;

import dev.wnm.testkit.docker.GroupImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The image of this build's recipe and files, made once in a run of tests. */
public final class OfflineImage {
  private static String id;

  private OfflineImage() {}

  /** Docker's id of it. */
  public static synchronized String id() throws IOException {
    if (id == null) {
      Path work = Files.createTempDirectory("wnm-s6-image");
      Path context = work.resolve("context");
      new ImageSource().writeTo(context);
      id = GroupImage.build(context);
      try (Stream<Path> files = Files.walk(work)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
    return id;
  }
}
