package dev.wnm.managers.internal;

import dev.wnm.core.command.CommandFailedException;
import dev.wnm.core.manager.NodeFolder;
import dev.wnm.core.manager.NodeSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What this back end does with the folders and files of nodes, with the rights that the mode gives. Folders of a node belong
 * to the account it runs as and are closed to all others, since its keys lie in them.
 */
public interface NodeFiles {
  /** Makes a folder for all nodes where there is none, with its parents; others may read it. */
  void makeShared(Path folder) throws IOException, CommandFailedException;

  /** The same, to be written by nodes. */
  void makeCache(Path folder, NodeSpec node) throws IOException, CommandFailedException;

  /** Makes a folder of the node's own, or makes it its own: mode 0700. */
  void makeOwn(Path folder, NodeSpec node) throws IOException, CommandFailedException;

  /** Puts a copy of a program, mode 0755 and of the same age, in the place of {@code target}: whole or not at all. */
  void install(Path source, Path target) throws IOException, CommandFailedException;

  /** Writes a text into a node's folder that only wnm reads, mode 0600: whole or not at all. */
  void write(Path target, String text) throws IOException, CommandFailedException;

  /** The same in a folder that is not a node's, such as that of a service manager. */
  void writeShared(Path target, String text) throws IOException, CommandFailedException;

  /** Renames a file of a node within its folder, in the place of whatever file had that name. */
  void rename(Path file, Path name) throws IOException, CommandFailedException;

  /** Deletes a file, a link itself, or an empty folder. @return false when it was not there */
  boolean deleteFile(Path file) throws IOException, CommandFailedException;

  /** A small file's text; absent when it is missing or cannot be read. */
  Optional<String> read(Path file);

  boolean exists(Path file) throws CommandFailedException;

  /** The names of all in a folder. */
  List<String> list(Path folder) throws IOException, CommandFailedException;

  /** When a file was last written; absent when it is missing or cannot be read. */
  Optional<Instant> writtenAt(Path file);

  /** Deletes a folder by the rules of {@link NodeFolder}. @return false when it was not there */
  boolean delete(NodeFolder folder) throws IOException, CommandFailedException;
}
