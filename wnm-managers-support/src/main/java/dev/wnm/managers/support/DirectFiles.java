package dev.wnm.managers.support;

import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.internal.files.FileEntry;
import dev.wnm.spi.internal.files.FileOwner;
import dev.wnm.spi.internal.files.OpenFolder;
import dev.wnm.spi.internal.files.ProgramCopy;
import dev.wnm.spi.internal.files.ProgramStock;
import dev.wnm.spi.manager.NodeFolder;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.model.ColonyId;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Works on the files itself: as the nodes' own account, or as root on behalf of another. */
final class DirectFiles implements NodeFiles {
  private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> SECRET = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rw-r--r--");
  private static final Set<PosixFilePermission> OPEN = PosixFilePermissions.fromString("rwxr-xr-x");

  /** Of a mode, as stat(2) has it. */
  private static final int KIND_OF_FILE = 0170000;
  private static final int FIFO = 0010000;

  private final CommandRunner runner;
  private final Optional<Accounts> accounts;
  private final Optional<Path> top;
  private final Trees trees = new Trees(this::asOwner);
  /** Copies that were made ahead, by the node storage that they lie in. */
  private final Map<Path, ProgramStock> stocks = new ConcurrentHashMap<>();

  private DirectFiles(CommandRunner runner, Optional<Accounts> accounts, Optional<Path> top) {
    this.runner = runner;
    this.accounts = accounts;
    this.top = top;
  }

  /** Everything belongs to whoever runs wnm. */
  static DirectFiles asMyself(CommandRunner runner) {
    return new DirectFiles(runner, Optional.empty(), Optional.empty());
  }

  /** wnm runs as root; folders of nodes are given to their accounts. */
  static DirectFiles asRoot(CommandRunner runner, Accounts accounts) {
    return new DirectFiles(runner, Optional.of(accounts), Optional.empty());
  }

  /** The same where accounts own more than the last folder of a path: from this one on no link is followed. */
  DirectFiles below(Path folder) {
    return new DirectFiles(runner, accounts, Optional.of(folder));
  }

  @Override
  public void makeShared(Path folder) throws IOException {
    Files.createDirectories(folder);
  }

  @Override
  public void makeCache(Path folder, NodeSpec node) throws IOException, CommandFailedException {
    if (!exists(folder)) {
      makeFolder(folder, OPEN, node);
    }
  }

  @Override
  public void makeOwn(Path folder, NodeSpec node) throws IOException, CommandFailedException {
    makeFolder(folder, OWNER_ONLY, node);
  }

  private void makeFolder(Path folder, Set<PosixFilePermission> mode, NodeSpec node) throws IOException, CommandFailedException {
    if (!folder.startsWith(node.rootDir())) {
      Files.createDirectories(folder.getParent());
    }
    try (OpenFolder parent = open(folder.getParent())) {
      parent.makeFolder(name(folder), mode, ownerOf(node));
    }
  }

  @Override
  public void install(Path source, Path target) throws IOException {
    FileTime age = Files.getLastModifiedTime(source);
    try (OpenFolder folder = open(target.getParent())) {
      ProgramCopy.put(stockFor(target), source, folder, name(target), OPEN, Optional.empty(), Optional.of(age));
    }
  }

  @Override
  public Closeable stock(Path source, int count, Path storage, ColonyId colony) {
    ProgramStock stock = ProgramStock.of(runner, source, count, storage.resolve(".wnm-copies-" + colony));
    stocks.put(storage, stock);
    return () -> {
      stocks.remove(storage, stock);
      stock.close();
    };
  }

  private ProgramStock stockFor(Path target) {
    return stocks.entrySet().stream().filter(stock -> target.startsWith(stock.getKey())).map(Map.Entry::getValue).findFirst()
        .orElseGet(() -> ProgramStock.none(runner));
  }

  @Override
  public void writeShared(Path target, String text) throws IOException {
    write(target, text, SECRET);
  }

  @Override
  public void mark(Path file) throws IOException {
    write(file, "", READABLE);
  }

  private static void write(Path target, String text, Set<PosixFilePermission> mode) throws IOException {
    try (OpenFolder folder = OpenFolder.at(target.getParent())) {
      folder.put(name(target), mode, Optional.empty(), Optional.empty(), file -> file.write(text.getBytes(StandardCharsets.UTF_8)));
    }
  }

  @Override
  public void rename(Path file, Path name) throws IOException {
    try (OpenFolder folder = open(file.getParent())) {
      folder.rename(name(file), name(name));
    }
  }

  @Override
  public boolean deleteFile(Path file) throws IOException {
    try (OpenFolder folder = open(file.getParent())) {
      return folder.delete(name(file));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public Optional<String> read(Path file) throws CommandFailedException {
    return inFolderOf(file, folder -> folder.read(name(file), MOST_BYTES))
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  @Override
  public Optional<String> readTrusted(Path file) throws CommandFailedException {
    Optional<FileEntry> entry = look(file);
    try {
      return entry.isPresent() && isTrusted(entry.get()) ? read(file) : Optional.empty();
    } catch (IOException e) {
      throw new CommandFailedException(Sentences.of(e));
    }
  }

  @Override
  public boolean isMine(Path folder) throws CommandFailedException {
    Optional<FileEntry> entry = look(folder);
    return accounts.isEmpty() && entry.isPresent() && entry.get().owner().equals(FileOwner.me().user())
        && !entry.get().isOpenToOthers();
  }

  @Override
  public boolean isPipe(Path file) throws CommandFailedException {
    try {
      // What is wnm's own account's is opened by wnm itself, which follows links.
      return accounts.isEmpty() ? Files.exists(file) && FIFO == ((Integer) Files.getAttribute(file, "unix:mode") & KIND_OF_FILE)
          : look(file).filter(entry -> entry.kind() == FileEntry.Kind.OTHER).isPresent();
    } catch (IOException e) {
      throw new CommandFailedException(Sentences.of(e));
    }
  }

  private static boolean isTrusted(FileEntry entry) throws IOException {
    return entry.isFile() && entry.size() <= MOST_BYTES && FileOwner.isMeOrRoot(entry.owner()) && !entry.isOpenToOthers();
  }

  @Override
  public Optional<String> ownerOf(Path folder) throws CommandFailedException {
    return look(folder).map(entry -> entry.owner().getName());
  }

  @Override
  public boolean exists(Path file) throws CommandFailedException {
    return look(file).isPresent();
  }

  @Override
  public List<String> list(Path folder) throws IOException {
    try (OpenFolder open = open(folder)) {
      return open.names();
    }
  }

  @Override
  public Optional<FileStat> stat(Path file) throws CommandFailedException {
    return look(file).map(entry -> new FileStat(entry.size(), entry.writtenAt()));
  }

  @Override
  public String readEnd(Path nodesTop, Path file, long from, int mostBytes) throws IOException {
    try (OpenFolder folder = openIn(nodesTop, file)) {
      return new String(folder.readEnd(name(file), from, mostBytes), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  @Override
  public byte[] readFrom(Path nodesTop, Path file, long from, int mostBytes) throws IOException {
    try (OpenFolder folder = openIn(nodesTop, file)) {
      return folder.readFrom(name(file), from, mostBytes);
    } catch (NoSuchFileException e) {
      return new byte[0];
    }
  }

  /** The folder of a file in one of the node's. */
  private OpenFolder openIn(Path nodesTop, Path file) throws IOException {
    return isBelowTop(file) ? open(file.getParent()) : OpenFolder.in(nodesTop, file.getParent());
  }

  @Override
  public void keepCopy(Path file, Path folder) throws IOException, CommandFailedException {
    byte[] content = inFolderOf(file, in -> in.read(name(file), MOST_BYTES))
        .orElseThrow(() -> new CommandFailedException("there is no file " + file));
    // The folder of all kept keys may lie in one of the nodes' account, which could put a link in its place.
    try (OpenFolder around = OpenFolder.at(folder.getParent().getParent());
        OpenFolder all = madeIn(around, folder.getParent());
        OpenFolder kept = madeIn(all, folder)) {
      kept.put(name(file), SECRET, Optional.empty(), Optional.empty(), copy -> copy.write(content));
    }
    // The file, its name, and the names of the folders.
    flush(folder.resolve(name(file)), folder, folder.getParent(), folder.getParent().getParent());
  }

  private static OpenFolder madeIn(OpenFolder parent, Path folder) throws IOException {
    parent.makeFolder(name(folder), OWNER_ONLY, Optional.empty());
    return parent.child(name(folder));
  }

  /** Waits until files, or the names in folders, are on the disk. */
  static void flush(Path... written) throws IOException {
    for (Path each : written) {
      try (FileChannel channel = FileChannel.open(each, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  @Override
  public void copyTree(Path folder, Path target) throws CommandFailedException {
    trees.copy(folder, target);
  }

  @Override
  public Set<String> describeTree(Path folder) throws CommandFailedException {
    return trees.describe(folder);
  }

  @Override
  public void flushTree(Path folder) throws CommandFailedException {
    trees.flush(folder);
  }

  @Override
  public long treeBytes(Path folder) throws CommandFailedException {
    return trees.bytes(folder);
  }

  /**
   * Root becomes the account that the first folder belongs to. Where that account reaches none of them, as that of a container does
   * not, it can change nothing in them either, and root acts itself.
   */
  private CommandResult asOwner(List<Path> folders, List<String> words, Duration limit) throws CommandFailedException {
    List<String> argv = new ArrayList<>();
    if (accounts.isPresent()) {
      List<String> account = accountOf(folders.get(0));
      for (Path folder : folders) {
        if (argv.isEmpty() && reaches(account, folder)) {
          argv.addAll(account);
        }
      }
    }
    argv.addAll(words);
    return runner.run(Command.of(argv).within(limit));
  }

  private static List<String> accountOf(Path folder) throws CommandFailedException {
    try {
      return Rights.asNumbers((Integer) Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS),
          (Integer) Files.getAttribute(folder, "unix:gid", LinkOption.NOFOLLOW_LINKS));
    } catch (IOException e) {
      throw new CommandFailedException(Sentences.of(e));
    }
  }

  private boolean reaches(List<String> account, Path folder) throws CommandFailedException {
    List<String> look = new ArrayList<>(account);
    look.addAll(List.of("find", folder.toString(), "-maxdepth", "0"));
    return runner.run(Command.of(look)).succeeded();
  }

  @Override
  public boolean delete(NodeFolder folder) throws IOException {
    Optional<String> refusal = folder.refusal();
    if (refusal.isPresent()) {
      throw new IOException(refusal.get());
    }
    try (OpenFolder parent = open(folder.path().getParent())) {
      return folder.deleteIn(parent);
    }
  }

  private Optional<FileEntry> look(Path file) throws CommandFailedException {
    return inFolderOf(file, folder -> folder.entry(name(file)));
  }

  @FunctionalInterface
  private interface Question<T> {
    Optional<T> ask(OpenFolder folder) throws IOException;
  }

  /** The answer; none where there is no such folder. */
  private <T> Optional<T> inFolderOf(Path file, Question<T> question) throws CommandFailedException {
    try (OpenFolder folder = open(file.getParent())) {
      return question.ask(folder);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new CommandFailedException(Sentences.of(e));
    }
  }

  private OpenFolder open(Path folder) throws IOException {
    if (isBelowTop(folder)) {
      return OpenFolder.below(top.orElseThrow(), folder);
    }
    return accounts.isPresent() && folder.getParent() != null ? OpenFolder.in(folder) : OpenFolder.at(folder);
  }

  private boolean isBelowTop(Path folder) {
    return top.filter(folder::startsWith).isPresent();
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  private Optional<FileOwner> ownerOf(NodeSpec node) throws IOException, CommandFailedException {
    if (accounts.isEmpty()) {
      return Optional.empty();
    }
    Account account = accounts.get().of(node.user());
    return Optional.of(FileOwner.of(account.uid(), account.gid()));
  }
}
