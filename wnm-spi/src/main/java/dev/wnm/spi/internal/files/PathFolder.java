package dev.wnm.spi.internal.files;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Set;

/**
 * A folder by its path, where Java offers no open folders (macOS). Follows no link in its last part, and is no defence against
 * an account that changes the path meanwhile: only for folders of whoever runs this process.
 */
final class PathFolder implements SecureDirectoryStream<Path> {
  private final Path path;
  private final DirectoryStream<Path> entries;

  PathFolder(Path path, LinkOption... options) throws IOException {
    if (!Files.isDirectory(path, options)) {
      throw new NotDirectoryException(path.toString());
    }
    this.path = path;
    entries = Files.newDirectoryStream(path);
  }

  @Override
  public SecureDirectoryStream<Path> newDirectoryStream(Path name, LinkOption... options) throws IOException {
    return new PathFolder(path.resolve(name), options);
  }

  @Override
  public SeekableByteChannel newByteChannel(Path name, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return Files.newByteChannel(path.resolve(name), options, attributes);
  }

  @Override
  public void deleteFile(Path name) throws IOException {
    Files.delete(path.resolve(name));
  }

  @Override
  public void deleteDirectory(Path name) throws IOException {
    Files.delete(path.resolve(name));
  }

  @Override
  public void move(Path name, SecureDirectoryStream<Path> folder, Path newName) throws IOException {
    Files.move(path.resolve(name), ((PathFolder) folder).path.resolve(newName), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(Class<V> type) {
    return Files.getFileAttributeView(path, type);
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(Path name, Class<V> type, LinkOption... options) {
    // Java refuses to change what is not to be followed if it is a link; here it never is one.
    boolean changes = Arrays.asList(options).contains(LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(path.resolve(name));
    return Files.getFileAttributeView(path.resolve(name), type, changes ? new LinkOption[0] : options);
  }

  @Override
  public Iterator<Path> iterator() {
    return entries.iterator();
  }

  @Override
  public void close() throws IOException {
    entries.close();
  }
}
