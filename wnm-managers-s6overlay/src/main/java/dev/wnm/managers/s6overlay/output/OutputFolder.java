package dev.wnm.managers.s6overlay.output;

import dev.wnm.spi.config.BadInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of the folder that {@code --output_dir} names: written together or not at all. Not thread-safe. */
public final class OutputFolder {
  private record Content(String text, String mode) {}

  private final Map<String, Content> files = new TreeMap<>();

  /** @param path from the folder on */
  public void file(String path, String text) {
    add(path, text, "rw-r--r--");
  }

  /** One that may be executed. @param path from the folder on */
  public void script(String path, String text) {
    add(path, text, "rwxr-xr-x");
  }

  /** One that may hold secrets. @param path from the folder on */
  public void privateFile(String path, String text) {
    add(path, text, "rw-------");
  }

  private void add(String path, String text, String mode) {
    if (files.put(path, new Content(text, mode)) != null) {
      throw new IllegalStateException(path + " is made twice");
    }
  }

  /**
   * Writes into a folder beside it and renames that.
   *
   * @throws BadInputException when the folder is there and not empty, or the folder it is to be in is missing
   */
  public void writeTo(Path folder) throws IOException {
    Path target = folder.toAbsolutePath().normalize();
    refuseUnlessFree(folder, target);
    Path parent = target.getParent();
    if (!Files.isWritable(parent)) {
      throw new BadInputException("--output_dir " + folder + ": nothing can be made in " + parent + " by this user");
    }
    Path half = Files.createTempDirectory(parent, "." + target.getFileName() + ".");
    try {
      for (Map.Entry<String, Content> file : files.entrySet()) {
        write(half.resolve(file.getKey()), file.getValue());
      }
      Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException e) {
      delete(half);
      throw e;
    }
  }

  private static void refuseUnlessFree(Path folder, Path target) throws IOException {
    if (target.getParent() == null || !Files.isDirectory(target.getParent())) {
      throw new BadInputException("--output_dir " + folder + ": the folder " + target.getParent() + " does not exist");
    }
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new BadInputException("--output_dir " + folder + " is not a folder");
    }
    try (Stream<Path> entries = Files.list(target)) {
      if (entries.findAny().isPresent()) {
        throw new BadInputException("--output_dir " + folder + " is not empty");
      }
    }
  }

  private static void write(Path file, Content content) throws IOException {
    makeFolder(file.getParent());
    // Made with no rights for others at all, so that nobody reads it before its mode is set.
    Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(file, content.text().getBytes(StandardCharsets.UTF_8));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(content.mode()));
  }

  private static void makeFolder(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      makeFolder(folder.getParent());
      Files.createDirectory(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
