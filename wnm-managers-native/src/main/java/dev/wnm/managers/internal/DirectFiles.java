package dev.wnm.managers.internal;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.wnm.core.command.CommandFailedException;
import dev.wnm.core.manager.NodeFolder;
import dev.wnm.core.manager.NodeSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Works on the files itself: as the nodes' own account, or as root on behalf of another. */
final class DirectFiles implements NodeFiles {
  private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> SECRET = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OPEN = PosixFilePermissions.fromString("rwxr-xr-x");

  private final Optional<Accounts> accounts;

  private DirectFiles(Optional<Accounts> accounts) {
    this.accounts = accounts;
  }

  /** Everything belongs to whoever runs wnm. */
  static DirectFiles asMyself() {
    return new DirectFiles(Optional.empty());
  }

  /** wnm runs as root; folders of nodes are given to their accounts. */
  static DirectFiles asRoot(Accounts accounts) {
    return new DirectFiles(Optional.of(accounts));
  }

  @Override
  public void makeShared(Path folder) throws IOException {
    Files.createDirectories(folder);
  }

  @Override
  public void makeCache(Path folder, NodeSpec node) throws IOException, CommandFailedException {
    if (!Files.exists(folder)) {
      Files.createDirectories(folder);
      giveTo(node, folder);
    }
  }

  @Override
  public void makeOwn(Path folder, NodeSpec node) throws IOException, CommandFailedException {
    Files.createDirectories(folder.getParent());
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    }
    Files.setPosixFilePermissions(folder, OWNER_ONLY);
    giveTo(node, folder);
  }

  @Override
  public void install(Path source, Path target) throws IOException {
    replace(target, OPEN, fresh -> {
      Files.copy(source, fresh);
      Files.setLastModifiedTime(fresh, Files.getLastModifiedTime(source));
    });
  }

  @Override
  public void write(Path target, String text) throws IOException {
    replace(target, SECRET, secret(text));
  }

  @Override
  public void writeShared(Path target, String text) throws IOException {
    replace(target, target.getParent(), SECRET, secret(text));
  }

  private static Writer secret(String text) {
    return fresh -> {
      Files.createFile(fresh, PosixFilePermissions.asFileAttribute(SECRET));
      Files.writeString(fresh, text);
    };
  }

  @Override
  public void rename(Path file, Path name) throws IOException {
    Files.move(file, name, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public boolean deleteFile(Path file) throws IOException {
    return Files.deleteIfExists(file);
  }

  @Override
  public Optional<String> read(Path file) {
    try {
      return Files.isRegularFile(file, NOFOLLOW_LINKS)
          ? Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean exists(Path file) {
    return Files.exists(file, NOFOLLOW_LINKS);
  }

  @Override
  public List<String> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }

  @Override
  public Optional<Instant> writtenAt(Path file) {
    try {
      return Optional.of(Files.getLastModifiedTime(file).toInstant());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean delete(NodeFolder folder) throws IOException {
    return folder.delete();
  }

  private void replace(Path target, Set<PosixFilePermission> permissions, Writer writer) throws IOException {
    replace(target, stagingFolder(target), permissions, writer);
  }

  /** Makes a file where nobody sees it under its name, then puts it in its place in one step. */
  private static void replace(Path target, Path staging, Set<PosixFilePermission> permissions, Writer writer)
      throws IOException {
    String name = "." + target.getParent().getFileName() + "." + target.getFileName() + ".wnm-new";
    Path fresh = staging.resolve(name);
    try {
      Files.deleteIfExists(fresh);
      writer.write(fresh);
      Files.setPosixFilePermissions(fresh, permissions);
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /**
   * Beside the target. Where that folder is another account's, one above it: in its own folder that account could swap the
   * file for a link between two steps, and root would change what the link points to.
   */
  private Path stagingFolder(Path target) throws IOException {
    Path folder = target.getParent();
    return accounts.isPresent() ? folder.toRealPath().getParent() : folder;
  }

  private void giveTo(NodeSpec node, Path folder) throws IOException, CommandFailedException {
    if (accounts.isPresent()) {
      Account account = accounts.get().of(node.user());
      Files.setAttribute(folder, "unix:uid", account.uid());
      Files.setAttribute(folder, "unix:gid", account.gid());
    }
  }

  @FunctionalInterface
  private interface Writer {
    void write(Path fresh) throws IOException;
  }
}
