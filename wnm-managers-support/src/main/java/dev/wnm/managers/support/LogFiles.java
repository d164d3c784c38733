package dev.wnm.managers.support;

import dev.wnm.spi.command.CommandFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads the files that one node writes its log to, wherever they are and with whatever rights. Follows no link of the node's. */
public interface LogFiles {
  /** The names in a folder; empty when there is none. */
  List<String> names(Path folder) throws IOException, CommandFailedException;

  /** What is told of a file; empty when there is none. */
  Optional<FileStat> stat(Path file) throws IOException, CommandFailedException;

  /** A part of a file; nothing where it ends before. */
  byte[] read(Path file, long from, int mostBytes) throws IOException, CommandFailedException;
}
