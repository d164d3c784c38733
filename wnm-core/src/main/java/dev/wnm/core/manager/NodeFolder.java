package dev.wnm.core.manager;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A folder of one node, for data or for logs, and the rules by which it may be deleted: it lies inside its storage folder
 * (also when links on the way are followed), is called as the node is, is no home and contains none, and holds what nodes
 * leave. Symbolic links are removed and never followed.
 *
 * @param path the folder, as the back end recorded it
 * @param storage the folder that holds the folders of all nodes
 * @param name what the last part of {@code path} must be, such as {@code antnode0001}
 * @param home the operator's home
 */
public record NodeFolder(Path path, Path storage, String name, Path home) {
  /** What antnode and wnm leave in a node's data folder or in its log folder. */
  private static final Pattern NODE_FILE = Pattern.compile("antnode(\\.pid)?|secret-key|record_store|network_key_version"
      + "|historic_quoting_metrics|wnm-node\\.json|(antnode|console|critical_failure).*\\.log.*");

  private static final String LOGS = "logs";

  private static final Set<Path> HOMES = Set.of(Path.of("/home"), Path.of("/Users"));

  /** Why this folder must not be deleted, in one sentence; empty when it may be, as far as its path tells. */
  public Optional<String> refusal() {
    if (!path.isAbsolute() || !path.equals(path.normalize())) {
      return refused("is not an absolute path without detours");
    }
    if (path.getNameCount() < 2 || home.startsWith(path) || HOMES.contains(path.getParent())) {
      return refused("is a home, holds one, or is a folder of the system");
    }
    if (!path.startsWith(storage) || path.equals(storage)) {
      return refused("is not inside " + storage);
    }
    if (!path.getFileName().toString().equals(name)) {
      return refused("is not called " + name);
    }
    try {
      return path.getParent().toRealPath().startsWith(storage.toRealPath()) ? Optional.empty()
          : refused("is reached through a link that leaves " + storage);
    } catch (IOException e) {
      return refused("cannot be reached: " + e);
    }
  }

  /**
   * Whether a folder that holds these files is a node's. One with nothing, or with nothing but its folder of logs, may be:
   * of a create that was cut short, or of a node whose binary went missing before its first start.
   */
  public static boolean looksLikeOne(Collection<String> fileNames) {
    return fileNames.stream().allMatch(LOGS::equals) || fileNames.stream().anyMatch(file -> NODE_FILE.matcher(file).matches());
  }

  /** The sentence for a folder that {@link #looksLikeOne} denies. */
  public String notOfANode() {
    return "will not delete " + path + ": it holds no file of a node";
  }

  /**
   * Deletes the folder and all in it.
   *
   * @return false when it was not there
   * @throws IOException when the rules forbid it (nothing was deleted), or when something in it cannot be deleted
   */
  public boolean delete() throws IOException {
    if (!Files.exists(path, NOFOLLOW_LINKS)) {
      return false;
    }
    Optional<String> refusal = refusal();
    if (refusal.isPresent()) {
      throw new IOException(refusal.get());
    }
    if (Files.isSymbolicLink(path)) {
      Files.delete(path);
      return true;
    }
    if (!Files.isDirectory(path, NOFOLLOW_LINKS) || !looksLikeOne(fileNames())) {
      throw new IOException(notOfANode());
    }
    deleteTree();
    return true;
  }

  private Optional<String> refused(String why) {
    return Optional.of("will not delete " + path + ": it " + why);
  }

  private List<String> fileNames() throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      entries.forEach(entry -> names.add(entry.getFileName().toString()));
    }
    return names;
  }

  private void deleteTree() throws IOException {
    try (DirectoryStream<Path> parent = Files.newDirectoryStream(path.getParent())) {
      if (parent instanceof SecureDirectoryStream<Path> secure) {
        deleteInside(secure, path.getFileName());
      } else {
        Files.walkFileTree(path, new Deleter());
      }
    }
  }

  /**
   * Goes by open folders, not by paths: a node's account may own the folder, and could otherwise slip a link into the path
   * that root is about to delete.
   */
  private static void deleteInside(SecureDirectoryStream<Path> folder, Path name) throws IOException {
    try (SecureDirectoryStream<Path> stream = folder.newDirectoryStream(name, NOFOLLOW_LINKS)) {
      List<Path> entries = new ArrayList<>();
      stream.forEach(entry -> entries.add(entry.getFileName()));
      for (Path entry : entries) {
        try {
          var attributes = stream.getFileAttributeView(entry, BasicFileAttributeView.class, NOFOLLOW_LINKS).readAttributes();
          if (attributes.isDirectory()) {
            deleteInside(stream, entry);
          } else {
            stream.deleteFile(entry);
          }
        } catch (NoSuchFileException e) {
          // Gone meanwhile, which is what was wanted.
        }
      }
    }
    folder.deleteDirectory(name);
  }

  /** For systems without {@link SecureDirectoryStream}. Does not follow links, since the walk does not. */
  private static final class Deleter extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
