package dev.wnm.managers.support;

import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.internal.files.BinaryPlace;
import dev.wnm.spi.manager.NodeFolder;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.model.ColonyId;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What this back end does with the folders and files of nodes, with the rights that the mode gives. Folders of a node belong
 * to the account it runs as and are closed to all others, since its keys lie in them. That account may put anything in the
 * place of anything in them, at any moment: no link there is followed. What cannot be told is a failure, never an absence.
 */
public interface NodeFiles extends BinaryPlace {
  /** The most that is read of one file. */
  int MOST_BYTES = 256 * 1024;

  /** Makes a folder for all nodes where there is none, with its parents; others may read it. */
  void makeShared(Path folder) throws IOException, CommandFailedException;

  /** The same, to be written by nodes. */
  void makeCache(Path folder, NodeSpec node) throws IOException, CommandFailedException;

  /** Makes a folder of the node's own, mode 0700; one that is wnm's becomes the node's. */
  void makeOwn(Path folder, NodeSpec node) throws IOException, CommandFailedException;

  /** Puts a copy of a program, mode 0755 and of the same age, into a node's folder: whole or not at all. */
  void install(Path source, Path target) throws IOException, CommandFailedException;

  /**
   * Makes copies of a program ahead, for so many installations that each would cost a process of its own otherwise. Where that fails,
   * or saves nothing, installations do without.
   *
   * @param storage the node storage of those that are to get them
   * @return to be closed after the installations
   */
  default Closeable stock(Path source, int count, Path storage, ColonyId colony) {
    return () -> {};
  }

  /**
   * Writes a text, mode 0600, into a folder that is not a node's, such as that of a service manager: whole or not at all. Only
   * wnm reads it.
   */
  void writeShared(Path target, String text) throws IOException, CommandFailedException;

  /** Makes an empty file that everybody may read, in a folder that is not a node's. */
  void mark(Path file) throws IOException, CommandFailedException;

  /**
   * A file's text; empty when there is none.
   *
   * @throws CommandFailedException when it cannot be read, is no ordinary file, or larger than {@link #MOST_BYTES}
   */
  Optional<String> read(Path file) throws CommandFailedException;

  /** The same of a file that nobody but root and wnm's own account can have written; empty also for any other, or a large one. */
  Optional<String> readTrusted(Path file) throws CommandFailedException;

  /** Whether a pipe or a device is in the place of a file, so that opening it might wait for ever. */
  boolean isPipe(Path file) throws CommandFailedException;

  /** Whether a folder is wnm's own account's, as its nodes are, and closed to all others. */
  boolean isMine(Path folder) throws CommandFailedException;

  /** The account that owns a folder, or its number where it has no name; empty when there is no such folder. */
  Optional<String> ownerOf(Path folder) throws CommandFailedException;

  @Override
  boolean exists(Path file) throws CommandFailedException;

  /** The names of all in a folder. */
  List<String> list(Path folder) throws IOException, CommandFailedException;

  /** How long a file is, and when it was last written; empty when there is none. */
  Optional<FileStat> stat(Path file) throws CommandFailedException;

  /** When a file was last written; empty when there is none. */
  default Optional<Instant> writtenAt(Path file) throws CommandFailedException {
    return stat(file).map(FileStat::writtenAt);
  }

  /** How long a file is, in bytes; 0 where there is none. */
  default long size(Path file) throws CommandFailedException {
    return stat(file).map(FileStat::bytes).orElse(0L);
  }

  /**
   * The end of a file, which may go on growing; nothing where there is none. Waits for nobody who could write to a pipe.
   *
   * @param nodesTop the node's folder that the file is in; from it on no link leads anywhere that the node's account could not go
   * @param from where to begin at the earliest
   * @param mostBytes of a longer end, what comes last
   */
  String readEnd(Path nodesTop, Path file, long from, int mostBytes) throws IOException, CommandFailedException;

  /**
   * A part of a file, which may go on growing; nothing where there is none, or it ends before. Waits for nobody who could write to a
   * pipe. Where a command reads it, each byte that is no UTF-8 is {@code ?}.
   *
   * @param nodesTop as in {@link #readEnd}
   * @param from where the part begins
   * @param mostBytes how long it is at most
   */
  byte[] readFrom(Path nodesTop, Path file, long from, int mostBytes) throws IOException, CommandFailedException;

  /**
   * Puts a copy of a node's file, mode 0600, into a folder that only wnm reads: whole, and on the disk when this returns.
   *
   * @param folder made where it is missing with the folder above it, both mode 0700
   * @throws CommandFailedException also when there is no such file, or it is no ordinary one or larger than {@link #MOST_BYTES}
   */
  void keepCopy(Path file, Path folder) throws IOException, CommandFailedException;

  /** Copies all in a folder into another one, as the account that it belongs to: with owners, modes and times, links as links. */
  void copyTree(Path folder, Path target) throws CommandFailedException;

  /**
   * All in a folder as it is now, a line each: kind, mode, owner, size and name, and of files their SHA-256. Two folders of which the same is
   * told are copies of each other.
   */
  Set<String> describeTree(Path folder) throws CommandFailedException;

  /** Waits until all in a folder is on the disk. */
  void flushTree(Path folder) throws CommandFailedException;

  /** How much is in a folder, in bytes on the disk. */
  long treeBytes(Path folder) throws CommandFailedException;

  /** See {@link dev.wnm.spi.manager.KeepsKeys#keepKey}. @return false when the node has no key */
  default boolean keepKey(NodeSpec node, Path folder) throws IOException, CommandFailedException {
    Path key = node.rootDir().resolve(node.program().keyFile());
    if (exists(node.rootDir()) && !exists(key)) {
      return false;
    }
    keepCopy(key, folder);
    return true;
  }

  /** Deletes a folder by the rules of {@link NodeFolder}. @return false when it was not there */
  boolean delete(NodeFolder folder) throws IOException, CommandFailedException;
}
