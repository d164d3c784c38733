package dev.wnm.managers.support;

import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.command.CommandRunner;
import dev.wnm.spi.command.Shell;
import dev.wnm.spi.manager.NodeFolder;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.program.NodePrograms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Works on the files by commands, for a wnm that is not root, or that cannot hold folders open. What is done in a folder is
 * done as the account that the folder belongs to: root would follow what that account put there. Only in folders of root and
 * of wnm's own account root acts itself.
 */
final class CommandFiles implements NodeFiles {
  /** How often a folder that is filled again is emptied, and a look that failed repeated. */
  private static final int MOST_ROUNDS = 5;

  /** Of a file in whose place a pipe may have come meanwhile. */
  private static final Duration LIMIT_OF_A_READ = Duration.ofSeconds(10);

  private final CommandRunner runner;
  private final Rights rights;
  private final FileTools tools = FileTools.ofThisSystem();
  private final Trees trees;

  CommandFiles(CommandRunner runner, Rights rights) {
    this.runner = runner;
    this.rights = rights;
    trees = new Trees((folders, words, limit) -> runner.run(rights.privileged(inFolder(folders.get(0), words)).within(limit)));
  }

  @Override
  public void makeShared(Path folder) throws CommandFailedException {
    must(List.of("mkdir", "-p", "-m", "755", "--", folder.toString()));
  }

  @Override
  public void makeCache(Path folder, NodeSpec node) throws CommandFailedException {
    if (look(folder).isEmpty()) {
      makeFolder(folder, "755", node);
    }
  }

  @Override
  public void makeOwn(Path folder, NodeSpec node) throws CommandFailedException {
    makeFolder(folder, "700", node);
  }

  private void makeFolder(Path folder, String mode, NodeSpec node) throws CommandFailedException {
    Account account = rights.account(node.user());
    if (!folder.startsWith(node.rootDir())) {
      makeShared(folder.getParent());
    }
    Optional<Look> there = look(folder);
    if (there.isPresent() && !there.get().isFolder()) {
      throw new CommandFailedException(folder + " cannot be a folder of the node: it is " + there.get().kind());
    }
    if (there.isPresent() && there.get().uid() != account.uid() && !isMineOrRoots(there.get())) {
      throw new CommandFailedException(folder + " belongs to " + there.get().owner() + " and not to "
          + account.name());
    }
    if (there.isEmpty() || !there.get().is(account.uid(), mode)) {
      List<String> owner = isActingAsRoot(folder.getParent())
          ? List.of("-o", Integer.toString(account.uid()), "-g", Integer.toString(account.gid())) : List.of();
      List<String> words = new ArrayList<>(List.of("install", "-d", "-m", mode));
      words.addAll(owner);
      words.addAll(List.of("--", folder.toString()));
      must(inFolder(folder.getParent(), words));
    }
  }

  /** Root puts the copy beside the node's folder, where the account can read it and not change it; the account takes it in. */
  @Override
  public void install(Path source, Path target) throws CommandFailedException {
    Path folder = target.getParent();
    Path handed = folder.resolveSibling("." + folder.getFileName() + "." + target.getFileName() + ".wnm-new");
    Path taken = folder.resolve("." + target.getFileName() + ".wnm-new");
    requireRoot(handed.getParent());
    try {
      must(tools.copy("755", source.toString(), handed.toString()));
      must(inFolder(folder, tools.copy("755", handed.toString(), taken.toString())));
      must(inFolder(folder, tools.move(taken.toString(), target.toString())));
    } finally {
      must(List.of("rm", "-f", "--", handed.toString()));
    }
  }

  @Override
  public void writeShared(Path target, String text) throws IOException, CommandFailedException {
    write(target, text, "600");
  }

  @Override
  public void mark(Path file) throws IOException, CommandFailedException {
    write(file, "", "644");
  }

  private void write(Path target, String text, String mode) throws IOException, CommandFailedException {
    Path fresh = target.resolveSibling("." + target.getFileName() + ".wnm-new");
    requireRoot(target.getParent());
    Path draft = Files.createTempFile("wnm", null);
    try {
      Files.writeString(draft, text);
      must(tools.copy(mode, draft.toString(), fresh.toString()));
      must(tools.move(fresh.toString(), target.toString()));
    } finally {
      Files.delete(draft);
      must(List.of("rm", "-f", "--", fresh.toString()));
    }
  }

  @Override
  public void rename(Path file, Path name) throws CommandFailedException {
    must(inFolder(file.getParent(), tools.move(file.toString(), name.toString())));
  }

  @Override
  public boolean deleteFile(Path file) throws CommandFailedException {
    boolean wasThere = exists(file);
    if (wasThere) {
      must(inFolder(file.getParent(), List.of("rm", "-d", "-f", "--", file.toString())));
    }
    return wasThere;
  }

  @Override
  public Optional<String> read(Path file) throws CommandFailedException {
    Optional<Look> there = look(file);
    if (there.isEmpty()) {
      return Optional.empty();
    }
    if (!there.get().isFile() || there.get().size() > MOST_BYTES) {
      throw new CommandFailedException(file + " cannot be read: it is " + (there.get().isFile() ? "too large" : there.get().kind()));
    }
    return Optional.of(must(inFolder(file.getParent(), List.of("cat", "--", file.toString()))).stdout());
  }

  @Override
  public Optional<String> readTrusted(Path file) throws CommandFailedException {
    return look(file).filter(there -> there.isFile() && there.size() <= MOST_BYTES && isMineOrRoots(there)
        && !there.isOpenToOthers()).isPresent() ? read(file) : Optional.empty();
  }

  @Override
  public boolean isPipe(Path file) throws CommandFailedException {
    return look(file).filter(there -> !there.isFile() && !there.isFolder() && !there.isLink()).isPresent();
  }

  @Override
  public boolean isMine(Path folder) {
    return false;
  }

  @Override
  public Optional<String> ownerOf(Path folder) throws CommandFailedException {
    return look(folder).map(Look::owner);
  }

  @Override
  public boolean exists(Path file) throws CommandFailedException {
    return look(file).isPresent();
  }

  @Override
  public List<String> list(Path folder) throws CommandFailedException {
    return must(tools.names(folder.toString())).stdout().lines().toList();
  }

  @Override
  public Optional<FileStat> stat(Path file) throws CommandFailedException {
    return look(file).map(there -> new FileStat(there.size(), there.writtenAt()));
  }

  @Override
  public String readEnd(Path top, Path file, long from, int mostBytes) throws CommandFailedException {
    long bytes = Math.min(mostBytes, bytesIn(file) - from);
    return bytes <= 0 ? "" : tail(file, Long.toString(bytes));
  }

  @Override
  public byte[] readFrom(Path top, Path file, long from, int mostBytes) throws CommandFailedException {
    // What a command printed is text already, in which one character may stand for bytes that nobody knows.
    byte[] read = bytesIn(file) <= from ? new byte[0]
        : tail(file, "+" + (from + 1)).replace('\uFFFD', '?').getBytes(StandardCharsets.UTF_8);
    return read.length <= mostBytes ? read : Arrays.copyOf(read, mostBytes);
  }

  private long bytesIn(Path file) throws CommandFailedException {
    Optional<Look> there = look(file);
    if (there.isPresent() && !there.get().isFile()) {
      throw new CommandFailedException(file + " cannot be read: it is " + there.get().kind());
    }
    return there.map(Look::size).orElse(0L);
  }

  /** @param bytes as tail has them: how many, or from which on */
  private String tail(Path file, String bytes) throws CommandFailedException {
    return runner.run(rights.privileged(inFolder(file.getParent(), List.of("tail", "-c", bytes, "--", file.toString())))
        .within(LIMIT_OF_A_READ)).orThrow().stdout();
  }

  @Override
  public void keepCopy(Path file, Path folder) throws CommandFailedException {
    Look there = look(file).orElseThrow(() -> new CommandFailedException("there is no file " + file));
    if (!there.isFile() || there.size() > MOST_BYTES) {
      throw new CommandFailedException(file + " is not kept: it is " + (there.isFile() ? "too large" : there.kind()));
    }
    requireRoot(folder.getParent().getParent());
    must(List.of("install", "-d", "-m", "700", "--", folder.getParent().toString(), folder.toString()));
    Path fresh = folder.resolve("." + file.getFileName() + ".wnm-new");
    Path kept = folder.resolve(file.getFileName());
    must(tools.copy("600", file.toString(), fresh.toString()));
    must(tools.move(fresh.toString(), kept.toString()));
    if (look(kept).filter(copy -> copy.isFile() && copy.size() == there.size()).isEmpty()) {
      throw new CommandFailedException(file + " changed while it was copied to " + kept);
    }
    // Anybody may ask for that: of the file system that the copy is on.
    runner.run(Command.of(tools.flush(folder.getParent().getParent().toString())).within(LIMIT_OF_A_READ)).orThrow();
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

  @Override
  public boolean delete(NodeFolder folder) throws IOException, CommandFailedException {
    Optional<String> refusal = folder.refusal();
    if (refusal.isPresent()) {
      throw new IOException(refusal.get());
    }
    Optional<Look> there = look(folder.path());
    if (there.isEmpty()) {
      return deleteFile(folder.path());
    }
    boolean isLink = there.get().isLink();
    Optional<String> unfit = isLink ? folder.linkRefusal()
        : folder.refusal(there.get().isFolder() ? list(folder.path()) : List.of("no folder"));
    if (unfit.isPresent()) {
      throw new IOException(unfit.get());
    }
    if (isLink) {
      return deleteFile(folder.path());
    }
    // What keeps it from being deleted at the end is to be known before anything is.
    List<String> deletion = inFolder(folder.path().getParent(), List.of("rm", "-d", "-f", "--", folder.path().toString()));
    empty(folder.path());
    for (String key : NodePrograms.keyFiles()) {
      deleteFile(folder.path().resolve(key));
    }
    must(deletion);
    return true;
  }

  /** All but keys, which are deleted when nothing else is left. */
  private void empty(Path folder) throws CommandFailedException {
    List<String> emptying = inFolder(folder, tools.emptyTree(folder.toString(), NodePrograms.keyFiles()));
    for (int round = 1; !NodePrograms.keyFiles().containsAll(list(folder)); round++) {
      CommandResult emptied = runner.run(rights.privileged(emptying));
      if (round == MOST_ROUNDS) {
        emptied.orThrow();
      }
      if (round > MOST_ROUNDS) {
        throw new CommandFailedException(folder + " is filled again as fast as it is emptied");
      }
    }
  }

  /** The words that do something in a folder, as whoever it belongs to. */
  private List<String> inFolder(Path folder, List<String> words) throws CommandFailedException {
    Look owner = folder(folder);
    if (isActingAsRoot(folder)) {
      return words;
    }
    List<String> argv = new ArrayList<>(Rights.asNumbers(owner.uid(), owner.gid()));
    argv.addAll(words);
    return argv;
  }

  /** Whether root acts in a folder itself: it is root's or wnm's own, and so is the one above it. */
  private boolean isActingAsRoot(Path folder) throws CommandFailedException {
    if (!isMineOrRoots(folder(folder))) {
      return false;
    }
    requireRoot(folder);
    return true;
  }

  /** @throws CommandFailedException when another account could put a link into a path that root is about to use */
  private void requireRoot(Path folder) throws CommandFailedException {
    for (Path each = folder; each != null && each.getParent() != null && !each.equals(folder.getParent().getParent());
        each = each.getParent()) {
      Look look = folder(each);
      if (!isMineOrRoots(look)) {
        throw new CommandFailedException(each + " belongs to " + look.owner() + ", which could lead root"
            + " astray in it; give it to root (chown root "
            + Shell.word(each.toString()) + ")");
      }
    }
  }

  private Look folder(Path folder) throws CommandFailedException {
    if (folder.getParent() == null) {
      return Look.ROOT;
    }
    Look look = look(folder).orElseThrow(() -> new CommandFailedException(folder + " does not exist"));
    if (look.isLink()) {
      return lookThrough(folder, look);
    }
    return look;
  }

  /** A link is followed where only root or wnm can have put it: the folder that it is in is theirs. */
  private Look lookThrough(Path link, Look look) throws CommandFailedException {
    if (!isMineOrRoots(folder(link.getParent()))) {
      throw new CommandFailedException(link + " is a link, which is not followed here");
    }
    try {
      return folder(link.toRealPath());
    } catch (IOException e) {
      throw new CommandFailedException(link + " is a link of " + look.owner() + " that leads nowhere: " + e.getMessage());
    }
  }

  private boolean isMineOrRoots(Look look) {
    return look.uid() == 0 || look.uid() == Rights.uid();
  }

  /**
   * What a path stands for; empty when it stands for nothing. Asked of the folder that it is in, so that a command which could
   * not look is never taken for one that found nothing.
   */
  private Optional<Look> look(Path path) throws CommandFailedException {
    Path parent = path.getParent();
    if (parent == null) {
      return Optional.of(Look.ROOT);
    }
    Command question = rights.privileged(tools.look(parent.toString(), path.getFileName().toString()));
    CommandResult found = runner.run(question);
    if (!found.succeeded() && look(parent).isEmpty()) {
      return Optional.empty();
    }
    // Files beside it that go while it looks make some find fail.
    for (int again = 0; !found.succeeded() && again < MOST_ROUNDS; again++) {
      found = runner.run(question);
    }
    String answer = found.orThrow().stdout().strip();
    return answer.isEmpty() ? Optional.empty() : Optional.of(Look.parse(answer));
  }

  /** What {@link FileTools#look} prints. */
  private record Look(int uid, int gid, int mode, long size, Instant writtenAt, String owner, String type) {
    static final Look ROOT = new Look(0, 0, 0755, 0, Instant.EPOCH, "root", "d");

    static Look parse(String line) throws CommandFailedException {
      String[] words = line.split(" ", 7);
      if (words.length != 7) {
        throw new CommandFailedException("'" + line + "' is not what find tells of a file");
      }
      return new Look(Integer.parseInt(words[0]), Integer.parseInt(words[1]), Integer.parseInt(words[2], 8),
          Long.parseLong(words[3]), Instant.ofEpochSecond(Long.parseLong(words[4].replaceFirst("\\..*", ""))), words[5], words[6]);
    }

    boolean isFolder() {
      return type.startsWith("d") || type.equals("Directory");
    }

    boolean isFile() {
      return type.equals("f") || type.equals("Regular File");
    }

    boolean isLink() {
      return type.equals("l") || type.equals("Symbolic Link");
    }

    boolean isOpenToOthers() {
      return (mode & 0022) != 0;
    }

    boolean is(int wantedUid, String wantedMode) {
      return uid == wantedUid && mode == Integer.parseInt(wantedMode, 8);
    }

    String kind() {
      return isFolder() ? "a folder" : isFile() ? "a file" : isLink() ? "a link" : "no ordinary file";
    }
  }

  private CommandResult must(List<String> words) throws CommandFailedException {
    return runner.run(rights.privileged(words)).orThrow();
  }
}
