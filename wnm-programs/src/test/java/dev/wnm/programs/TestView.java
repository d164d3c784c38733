package dev.wnm.programs;

import dev.wnm.spi.program.NodeView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Files as they are. */
final class TestView implements NodeView {
  @Override
  public List<String> names(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Override
  public Optional<byte[]> read(Path file, int mostBytes) throws IOException {
    return Files.exists(file) && Files.size(file) <= mostBytes ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
  }

  @Override
  public byte[] read(Path file, long from, int mostBytes) throws IOException {
    byte[] all = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    int begin = (int) Math.min(from, all.length);
    return Arrays.copyOfRange(all, begin, Math.min(all.length, begin + mostBytes));
  }

  @Override
  public long size(Path file) throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  @Override
  public Optional<Instant> writtenAt(Path file) throws IOException {
    return Files.exists(file) ? Optional.of(Files.getLastModifiedTime(file).toInstant()) : Optional.empty();
  }
}
