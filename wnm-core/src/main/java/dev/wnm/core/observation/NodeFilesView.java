package dev.wnm.core.observation;

import dev.wnm.core.model.Node;
import dev.wnm.spi.internal.files.FileEntry;
import dev.wnm.spi.internal.files.OpenFolder;
import dev.wnm.spi.program.NodeView;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A node's files on this machine, with the rights of whoever runs wnm. Nothing outside its data and its log folder is read. */
final class NodeFilesView implements NodeView {
  private final List<Path> tops;

  NodeFilesView(Node node) {
    tops = List.of(node.rootDir(), node.placement().logs());
  }

  @FunctionalInterface
  private interface Look<T> {
    T in(OpenFolder folder) throws IOException;
  }

  @Override
  public List<String> names(Path folder) throws IOException {
    return look(folder, OpenFolder::names, List.of());
  }

  @Override
  public Optional<byte[]> read(Path file, int mostBytes) throws IOException {
    return look(parentOf(file), folder -> {
      String name = nameOf(file);
      Optional<FileEntry> entry = folder.entry(name);
      return entry.isEmpty() || entry.get().size() > mostBytes ? Optional.empty() : folder.read(name, mostBytes);
    }, Optional.empty());
  }

  @Override
  public byte[] read(Path file, long from, int mostBytes) throws IOException {
    return look(parentOf(file), folder -> folder.readFrom(nameOf(file), from, mostBytes), new byte[0]);
  }

  @Override
  public long size(Path file) throws IOException {
    return entry(file).map(FileEntry::size).orElse(0L);
  }

  @Override
  public Optional<Instant> writtenAt(Path file) throws IOException {
    return entry(file).map(FileEntry::writtenAt);
  }

  private Optional<FileEntry> entry(Path file) throws IOException {
    return look(parentOf(file), folder -> folder.entry(nameOf(file)), Optional.empty());
  }

  private <T> T look(Path folder, Look<T> look, T missing) throws IOException {
    Path top = tops.stream().filter(folder::startsWith).findFirst()
        .orElseThrow(() -> new IOException(folder + " is no folder of the node"));
    try (OpenFolder open = OpenFolder.in(top, folder)) {
      return look.in(open);
    } catch (NoSuchFileException e) {
      return missing;
    }
  }

  private static Path parentOf(Path file) throws IOException {
    Path parent = file.getParent();
    if (parent == null) {
      throw new IOException(file + " is no file of the node");
    }
    return parent;
  }

  private static String nameOf(Path file) {
    return String.valueOf(file.getFileName());
  }
}
