package dev.wnm.managers.antctl;

import dev.wnm.managers.support.Poll;
import dev.wnm.spi.internal.files.InTime;
import dev.wnm.spi.internal.files.OpenFolder;
import dev.wnm.spi.manager.OperationFailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * antctl's registry of this machine. antctl truncates the file and then writes it, so one that is empty or cut off may be whole
 * in a moment. One that stays empty is what antctl leaves of a cluster without nodes.
 *
 * @param path where it is
 */
record RegistryFile(Path path) {
  static final String NAME = "node_registry.json";
  /** Room for 10,000 nodes. */
  private static final int MOST_BYTES = 64 * 1024 * 1024;
  private static final Duration BEING_WRITTEN = Duration.ofMillis(500);
  private static final Duration BETWEEN_READS = Duration.ofMillis(100);

  /**
   * What a read found.
   *
   * @param problem why it cannot be understood; empty when it can
   */
  private record Reading(String text, List<Entry> entries, Optional<String> problem) {
    boolean isWhole() {
      return !text.isBlank() && problem.isEmpty();
    }
  }

  /** What antctl wrote down last; nothing where there is no such file. */
  List<Entry> entries() throws OperationFailedException {
    try {
      Reading last = Poll.last(BEING_WRITTEN, BETWEEN_READS, this::read, Reading::isWhole);
      if (last.problem().isPresent()) {
        throw OperationFailedException.forNow("antctl's registry " + path + " cannot be understood: " + last.problem().get());
      }
      return last.entries();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw OperationFailedException.forNow("antctl's registry " + path + " cannot be read: " + e);
    }
  }

  private Reading read() throws IOException {
    String text = text();
    try {
      return new Reading(text, text.isBlank() ? List.of() : StatusDocument.parse(text), Optional.empty());
    } catch (OperationFailedException e) {
      return new Reading(text, List.of(), Optional.of(e.getMessage()));
    }
  }

  /** A file of another program's: an ordinary one of a bounded size, which a link may name. */
  private String text() throws IOException {
    Path real = InTime.run(path, path::toRealPath, late -> {});
    try (OpenFolder folder = OpenFolder.at(real.getParent())) {
      return new String(folder.read(real.getFileName().toString(), MOST_BYTES)
          .orElseThrow(() -> new NoSuchFileException(path.toString())), StandardCharsets.UTF_8);
    }
  }
}
