package dev.wnm.spi.program;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A node's files, to be looked at. Whoever owns them may have put anything there: links are not followed, and every look is
 * bounded. A file that is not there is empty; one that cannot be read is an {@link IOException}.
 */
public interface NodeView {
  /** The names in a folder of the node, in any order; none where it is missing. @param folder in its data or log folder, or one of them */
  List<String> names(Path folder) throws IOException;

  /** A file of the node; empty where it is missing, or has more bytes than that. */
  Optional<byte[]> read(Path file, int mostBytes) throws IOException;

  /** Some bytes of a file, from one of them on: at most that many, none where it is missing or ends before. */
  byte[] read(Path file, long from, int mostBytes) throws IOException;

  /** The size of a file in bytes; 0 where it is missing. */
  long size(Path file) throws IOException;

  /** When a file was written last; empty where it is missing. */
  Optional<Instant> writtenAt(Path file) throws IOException;
}
