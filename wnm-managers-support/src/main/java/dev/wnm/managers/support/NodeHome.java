package dev.wnm.managers.support;

import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.internal.HeldPorts;
import dev.wnm.spi.manager.Batches;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.NodeFacts;
import dev.wnm.spi.manager.NodeFolder;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.StorageMarker;
import dev.wnm.spi.manager.StorageState;
import dev.wnm.spi.model.ColonyId;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.Version;
import dev.wnm.spi.program.NodePrograms;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes, completes, checks and deletes what a node has on the disk. Safe to use for different nodes from many threads. */
public final class NodeHome {
  /** What a disk is to have free after a node was moved to it. */
  private static final long SPARE_BYTES = 64L << 20;

  private final ManagerContext context;
  private final NodeFiles files;
  private final Versions versions;
  private final Layout layout;

  /** Of nodes whose folders are in the node storage, by the usual names. */
  public NodeHome(ManagerContext context, NodeFiles files, Binaries binaries) {
    this(context, files, binaries::version, new Layout() {});
  }

  public NodeHome(ManagerContext context, NodeFiles files, Versions versions, Layout layout) {
    this.context = context;
    this.files = files;
    this.versions = versions;
    this.layout = layout;
  }

  /** Asks binaries of nodes for their versions: as {@link Binaries#version}, or not at all where nobody here may run them. */
  @FunctionalInterface
  public interface Versions {
    /** @throws CommandFailedException when the binary cannot be run where the node is to */
    Optional<Version> of(Path binary, String user) throws CommandFailedException;
  }

  /** Where a back end has what belongs to a node. */
  public interface Layout {
    /** What the folders of a node are called. */
    default String nameOf(NodeSpec node) {
      return NodeHome.nameOf(node);
    }

    /** Where what a node prints goes. */
    default Path consoleOf(NodeSpec node) {
      return NodeLogs.consoleOf(node);
    }

    /** Makes what a node's folder is to lie in, where that is missing. @param storage the node storage */
    default void makeAround(NodeSpec node, Path storage, NodeFiles files) throws CommandFailedException, IOException {
      files.makeShared(storage);
    }
  }

  /** What a back end adds to a node whose folders and binary are there. */
  @FunctionalInterface
  public interface Completion {
    /** @return whether anything was missing */
    boolean complete() throws OperationFailedException, CommandFailedException, IOException;
  }

  /** What a back end knows of a node besides its folder: a unit, a container, a description. */
  @FunctionalInterface
  public interface Knowledge {
    /** Whether the node of this name and folder is one of the colony's. */
    boolean isOurs() throws OperationFailedException, CommandFailedException, IOException;
  }

  /**
   * Makes what is missing of a node's folders and files; when that fails, nothing that was not there before is left. A folder
   * that holds a key is completed only if it is known to be this node's.
   *
   * @param knowledge asked where the folder holds a key
   * @param completion takes back itself what it did when it fails
   * @return whether anything that a node needs was missing
   */
  public boolean make(NodeSpec node, Knowledge knowledge, Completion completion)
      throws OperationFailedException, CommandFailedException, IOException {
    Before before = Before.of(node, files);
    if (before.root()) {
      requireOurs(node, files.list(node.rootDir()), knowledge);
    }
    if (!before.binary()) {
      checkSource(node.source());
    }
    boolean made = false;
    try {
      layout.makeAround(node, context.nodeStorages().contains(node.storage()) ? node.storage() : context.nodeStorage(), files);
      files.makeOwn(node.rootDir(), node);
      files.makeOwn(node.logDir(), node);
      files.makeCache(node.bootstrapCache(), node);
      if (!before.binary()) {
        files.install(node.source(), node.binary());
        installBeside(node);
        versions.of(node.binary(), node.user());
      }
      boolean completed = completion.complete();
      made = true;
      return !before.root() || !before.logs() || !before.binary() || completed;
    } finally {
      if (!made) {
        undo(node, before);
      }
    }
  }

  /**
   * What becomes of several nodes that are made, from copies of their program that one process makes ahead.
   *
   * @param make makes all of them, each by {@link #make}
   */
  public <R> R makeAll(List<NodeSpec> nodes, Supplier<R> make) {
    // New nodes are of one program; should there be another one among them, its copies are made one by one.
    Map<Path, Long> wanted = nodes.stream().collect(Collectors.groupingBy(NodeSpec::source, Collectors.counting()));
    Closeable stock = wanted.entrySet().stream().max(Map.Entry.comparingByValue()).map(most -> files.stock(
        most.getKey(), most.getValue().intValue(), context.nodeStorage(), context.colony())).orElse(() -> {});
    try {
      return make.get();
    } finally {
      try {
        stock.close();
      } catch (IOException e) {
        context.progress().report("copies of the program that no node needs could not be deleted: " + Sentences.of(e));
      }
    }
  }

  /** What was there of a node before it was made. */
  private record Before(boolean root, boolean logs, boolean binary, boolean description) {
    static Before of(NodeSpec node, NodeFiles files) throws CommandFailedException {
      boolean root = files.exists(node.rootDir());
      return new Before(root, files.exists(node.logDir()), root && files.exists(node.binary()),
          files.exists(NodeDescription.fileOf(node.rootDir())));
    }
  }

  private static void requireOurs(NodeSpec node, List<String> names, Knowledge knowledge)
      throws OperationFailedException, CommandFailedException, IOException {
    if (!NodeFolder.looksLikeOne(names)) {
      throw OperationFailedException.forGood(node.rootDir() + " is there already and is no node's folder; move it away");
    }
    if (NodeFolder.holdsKey(names) && !knowledge.isOurs()) {
      throw OperationFailedException.forGood(NodeFolder.ofUnknownKey(node.rootDir()));
    }
  }

  /** @throws OperationFailedException when the node's folder holds a key, which is then not to be deleted */
  public void requireNoKey(NodeSpec node) throws OperationFailedException, CommandFailedException {
    for (String key : NodePrograms.keyFiles()) {
      if (files.exists(node.rootDir().resolve(key))) {
        throw OperationFailedException.forGood(NodeFolder.ofKeptKey(node.rootDir()));
      }
    }
  }

  /** Makes a storage where there is none, and marks it as a colony's. */
  void claim(ColonyId colony, Path storage) throws CommandFailedException, IOException {
    files.makeShared(storage);
    Path marker = storage.resolve(StorageMarker.nameFor(colony));
    if (!files.exists(marker)) {
      files.mark(marker);
    }
  }

  /** Deletes copies that a killed wnm made ahead and gave to no node. */
  public void forgetCopies(ColonyId colony, Path storage) throws IOException {
    files.stock(Path.of(""), 0, storage, colony).close();
  }

  /** Takes a colony's mark from a storage. */
  void release(ColonyId colony, Path storage) throws CommandFailedException, IOException {
    forgetCopies(colony, storage);
    files.deleteFile(storage.resolve(StorageMarker.nameFor(colony)));
  }

  /**
   * Checks that a start can succeed where a node's ports are this machine's, and makes the folders of logs and cache if they were
   * tidied away.
   *
   * @throws OperationFailedException when a start could not succeed
   */
  public void prepareStart(NodeSpec node) throws OperationFailedException, CommandFailedException, IOException {
    prepareFiles(node);
    Optional<String> taken = HeldPorts.first(node.ports());
    if (taken.isPresent()) {
      throw OperationFailedException.forNow(taken.get() + " is in use by another program; end that or remove the node");
    }
  }

  /** The same as far as files go. */
  public void prepareFiles(NodeSpec node) throws OperationFailedException, CommandFailedException, IOException {
    if (!files.exists(node.rootDir())) {
      throw OperationFailedException.forNow(
          "its folder " + node.rootDir() + " does not exist; if its disk is not mounted, mount it, else remove the node");
    }
    if (hasOnlyKeptBinary(node)) {
      restore(node); // an upgrade that was cut off between its two renames
    }
    if (!files.exists(node.binary())) {
      throw OperationFailedException.forGood("its binary " + node.binary() + " does not exist; upgrade the node to put one there");
    }
    makeLogs(node);
    files.makeCache(node.bootstrapCache(), node);
    writeSettings(node);
  }

  /** What its program looks for beside its binary, such as a list of peers, as far as it lies beside the source. */
  private void installBeside(NodeSpec node) throws CommandFailedException, IOException {
    for (String name : node.program().besideBinary()) {
      Path file = node.source().resolveSibling(name);
      if (Files.isRegularFile(file)) {
        files.install(file, node.binary().resolveSibling(name));
      }
    }
  }

  private void writeSettings(NodeSpec node) throws CommandFailedException, IOException {
    for (Map.Entry<String, String> setting : node.program().settingsFiles(node).entrySet()) {
      Path file = node.rootDir().resolve(setting.getKey());
      if (!files.read(file).equals(Optional.of(setting.getValue()))) {
        Path draft = Files.createTempFile("wnm", null);
        try {
          files.install(Files.writeString(draft, setting.getValue()), file);
        } finally {
          Files.delete(draft);
        }
      }
    }
  }

  /** Whether a {@link #swap} was cut off between its two renames. */
  public boolean hasOnlyKeptBinary(NodeSpec node) throws CommandFailedException, IOException {
    return files.hasOnlyKeptBinary(node.binary(), node.keptBinary());
  }

  /** Puts the next binary beside the present one, whole, and has it say its version, so that it is known to run here. */
  public void stage(NodeSpec node) throws OperationFailedException, CommandFailedException, IOException {
    checkSource(node.source());
    if (!files.exists(node.rootDir())) {
      throw OperationFailedException.forNow("its folder " + node.rootDir() + " does not exist");
    }
    boolean runs = false;
    try {
      files.install(node.source(), node.stagedBinary());
      installBeside(node);
      versions.of(node.stagedBinary(), node.user());
      runs = true;
    } finally {
      if (!runs) {
        files.deleteFile(node.stagedBinary());
      }
    }
  }

  /** See {@link NodeFiles#swapBinary}. */
  public void swap(NodeSpec node) throws CommandFailedException, IOException {
    files.swapBinary(node.binary(), node.stagedBinary(), node.keptBinary());
  }

  /** Puts the binary that {@link #swap} kept back in its place. */
  public void restore(NodeSpec node) throws CommandFailedException, IOException {
    files.restoreBinary(node.binary(), node.keptBinary());
  }

  /** See {@link NodeFiles#keepKey}. */
  public boolean keepKey(NodeSpec node, Path folder) throws CommandFailedException, IOException {
    return files.keepKey(node, folder);
  }

  /** Deletes what an upgrade left beside the binary. */
  public void forgetKept(NodeSpec node) throws CommandFailedException, IOException {
    files.forgetBinaries(node.stagedBinary(), node.keptBinary());
  }

  /**
   * Refuses a node whose folder must not be deleted, before its process is ended for that.
   *
   * @param folderName what the data folder must be called to be the node's
   */
  public void requireRemovable(NodeSpec node, String folderName) throws OperationFailedException {
    Optional<String> refusal = folderOf(node, folderName).refusal();
    if (refusal.isPresent()) {
      throw OperationFailedException.forGood(refusal.get()).beforeAnything();
    }
  }

  /**
   * Those of these nodes whose folders may be deleted.
   *
   * @param results where the others get their failure, before anything is done to them
   */
  public List<NodeSpec> removable(List<NodeSpec> nodes, Map<Integer, OperationResult> results) {
    return nodes.stream().filter(node -> {
      OperationResult checked = Attempt.on(node, () -> {
        requireRemovable(node, layout.nameOf(node));
        return OperationResult.unchanged(NodeFacts.asSuggested(node));
      });
      checked.failure().ifPresent(failure -> results.put(node.id(), failure));
      return checked.failure().isEmpty();
    }).toList();
  }

  /**
   * Deletes the node's data and logs.
   *
   * @param folderName what the data folder must be called to be the node's
   * @return whether there were any
   */
  public boolean delete(NodeSpec node, String folderName) throws OperationFailedException, CommandFailedException, IOException {
    boolean hadData;
    try {
      hadData = files.delete(folderOf(node, folderName));
    } catch (IOException e) {
      throw OperationFailedException.forNow(Sentences.of(e));
    }
    boolean hadDescription = files.deleteFile(NodeDescription.fileOf(node.rootDir()));
    return deleteLogs(node) || hadData || hadDescription;
  }

  /** Why a node cannot be moved to another storage, as far as folders go, in one sentence. */
  public Optional<String> moveObstacle(NodeSpec node, NodePlacement target) throws CommandFailedException {
    Path storage = target.rootDir().getParent();
    Optional<String> fixed = dataOf(node.rootDir()).refusal();
    if (fixed.isPresent()) {
      return fixed;
    }
    if (storage.equals(node.storage())) {
      return Optional.of("it is in " + storage + " already");
    }
    if (!(StorageMarker.look(context.colony(), storage) instanceof StorageState.Ours)) {
      return Optional.of(storage + " is no storage of this colony, or its disk is not mounted");
    }
    if (!files.exists(node.rootDir())) {
      return Optional.of("its folder " + node.rootDir() + " does not exist");
    }
    if (files.exists(target.rootDir())) {
      return Optional.of(target.rootDir() + " is there already; move it away");
    }
    long needed = files.treeBytes(node.rootDir());
    long free = storage.toFile().getUsableSpace();
    return needed + SPARE_BYTES > free
        ? Optional.of("it takes " + inWords(needed) + ", and " + storage + " has " + inWords(free) + " free") : Optional.empty();
  }

  private static String inWords(long bytes) {
    return String.format(Locale.ROOT, "%.1f MiB", bytes / 1_048_576.0);
  }

  /**
   * Puts a copy of a stopped node's folder into another storage: whole under its own name there, and compared with the folder, or not at
   * all.
   */
  void copy(NodeSpec node, NodePlacement target) throws OperationFailedException, CommandFailedException, IOException {
    Path draft = NodeFolder.copyOf(target.rootDir());
    deleteCopy(draft);
    try {
      files.makeOwn(draft, node.toBuilder().placement(target).build());
      files.copyTree(node.rootDir(), draft);
      Set<String> original = files.describeTree(node.rootDir());
      Set<String> copy = files.describeTree(draft);
      Optional<String> difference = Stream.concat(original.stream().filter(line -> !copy.contains(line)),
          copy.stream().filter(line -> !original.contains(line))).findFirst();
      if (difference.isPresent()) {
        throw OperationFailedException.forNow("its copy in " + target.rootDir().getParent() + " is not the same: " + difference.get());
      }
      files.rename(draft, target.rootDir());
    } finally {
      deleteCopy(draft);
    }
  }

  private void deleteCopy(Path draft) throws CommandFailedException, IOException {
    if (files.exists(draft)) {
      files.delete(new NodeFolder(draft, NodeFolder.Content.COPY, draft.getFileName().toString(), context.home(), context.colony()));
    }
  }

  /** Takes back a copy that did not become the node's folder. The folder itself must be there, with the key that it had. */
  void deleteCopy(NodeSpec node, NodePlacement target) throws OperationFailedException, CommandFailedException, IOException {
    deleteCopy(NodeFolder.copyOf(target.rootDir()));
    deleteOneOfTwo(target.rootDir(), node.rootDir());
  }

  /** Deletes the folder that a node had before it was moved. */
  void deleteMoved(NodeSpec node, NodePlacement target) throws OperationFailedException, CommandFailedException, IOException {
    deleteOneOfTwo(node.rootDir(), target.rootDir());
  }

  private void deleteOneOfTwo(Path doomed, Path kept) throws OperationFailedException, CommandFailedException, IOException {
    if (files.exists(doomed)) {
      for (String key : NodePrograms.keyFiles()) {
        Optional<String> content = files.read(doomed.resolve(key));
        if (!files.exists(kept) || content.isPresent() && !content.equals(files.read(kept.resolve(key)))) {
          throw OperationFailedException.forNow(doomed + " is not deleted: " + kept + " has not the same key");
        }
      }
      files.flushTree(kept);
      files.delete(dataOf(doomed));
    }
    files.deleteFile(NodeDescription.fileOf(doomed));
  }

  private NodeFolder dataOf(Path rootDir) {
    return new NodeFolder(rootDir, NodeFolder.Content.DATA, rootDir.getFileName().toString(), context.home(), context.colony());
  }

  /**
   * Takes back creates that were cut off. A folder that holds a key is left, whatever else of the node is there; so it is when its
   * process writes one meanwhile.
   *
   * @param manager stops and removes, all by one call where it can
   */
  public Map<Integer, OperationResult> discardAll(List<NodeSpec> nodes, ProcessManager manager) {
    Optional<Batches> together = manager.capability(Batches.class);
    Map<Integer, OperationResult> results = new HashMap<>();
    List<NodeSpec> keyless = withoutKeys(nodes, results);
    results.putAll(together.isPresent() ? together.get().stopAll(keyless) : Batches.oneByOne(keyless, manager::stop));
    List<NodeSpec> stopped =
        withoutKeys(keyless.stream().filter(node -> results.get(node.id()) instanceof OperationResult.Done).toList(), results);
    results.putAll(together.isPresent() ? together.get().removeAll(stopped) : Batches.oneByOne(stopped, manager::remove));
    return results;
  }

  private List<NodeSpec> withoutKeys(List<NodeSpec> nodes, Map<Integer, OperationResult> results) {
    return nodes.stream().filter(node -> {
      Optional<OperationResult.Failed> failure = Attempt.on(node, () -> {
        requireNoKey(node);
        return OperationResult.unchanged(NodeFacts.asSuggested(node));
      }).failure();
      failure.ifPresent(failed -> results.put(node.id(), failed));
      return failure.isEmpty();
    }).toList();
  }

  /** Folders of nodes in all storages that new nodes come to, see {@link #foldersIn}. */
  public List<Path> folders(Set<Path> known) throws CommandFailedException, IOException {
    List<Path> folders = new ArrayList<>();
    for (Path storage : context.nodeStorages()) {
      folders.addAll(foldersIn(storage, known));
    }
    return folders;
  }

  /**
   * Folders of nodes in a storage: called as nodes are or described as one, and holding what nodes leave. None where there is no
   * such storage. By these a survey finds what a list of its tool has lost.
   *
   * @param known folders that need no look, and are left out
   * @throws IOException when that cannot be told, which is never to be taken for none
   */
  public List<Path> foldersIn(Path storage, Set<Path> known) throws CommandFailedException, IOException {
    List<Path> folders = new ArrayList<>();
    if (files.exists(storage) && Files.isDirectory(storage)) {
      for (String name : files.list(storage).stream().filter(name -> !name.startsWith(".")).sorted().toList()) {
        if (!known.contains(storage.resolve(name)) && isNodes(storage.resolve(name))) {
          folders.add(storage.resolve(name));
        }
      }
    }
    return folders;
  }

  private boolean isNodes(Path folder) throws CommandFailedException, IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try {
      List<String> names = files.list(folder);
      return !names.isEmpty() && NodeFolder.looksLikeOne(names)
          && (Finding.isNodeName(folder.getFileName().toString()) || NodeDescription.in(folder, files).isPresent());
    } catch (NoSuchFileException e) {
      return false; // gone meanwhile
    } catch (CommandFailedException | IOException e) {
      if (!Finding.isNodeName(folder.getFileName().toString())) {
        return false; // somebody else's
      }
      throw e;
    }
  }

  /** What nodes left about their ends. */
  public NodeLogs logs() {
    return new NodeLogs(files, layout::consoleOf);
  }

  /** What is known of a node that does not run. */
  public NodeFacts facts(NodeSpec node) {
    return NodeFacts.at(node.placement()).withVersion(version(node.binary(), node.user()));
  }

  /** The version of a binary; empty also where it cannot be asked, while what was asked for is done all the same. */
  public Optional<Version> version(Path binary, String user) {
    try {
      return versions.of(binary, user);
    } catch (CommandFailedException e) {
      return Optional.empty();
    }
  }

  /** What a node's folders are called after: its service without what systemd adds. */
  public static String nameOf(NodeSpec node) {
    return node.service().replaceFirst("\\.service$", "");
  }

  /** Logs that are not clearly the node's own are left, which must not keep a node from being removed. */
  private boolean deleteLogs(NodeSpec node) throws CommandFailedException {
    Path logs = node.logDir();
    if (logs.startsWith(node.rootDir()) || logs.getParent() == null) {
      return false;
    }
    try {
      // Who made the node may have called its folders otherwise than its service.
      String name = logs.endsWith(node.rootDir().getFileName()) ? node.rootDir().getFileName().toString() : layout.nameOf(node);
      return files.delete(new NodeFolder(logs, NodeFolder.Content.LOGS, name, context.home(), context.colony()));
    } catch (IOException e) {
      context.progress().report(node.service() + " is removed, but its logs are left: " + Sentences.of(e));
      return false;
    }
  }

  /** Nodes of other programs may share a log folder, which then is not for one of them to close. */
  private void makeLogs(NodeSpec node) throws CommandFailedException, IOException {
    Path logs = node.logDir();
    if (logs.startsWith(node.rootDir()) || logs.endsWith(layout.nameOf(node))) {
      files.makeOwn(logs, node);
    } else {
      files.makeCache(logs, node);
    }
  }

  private NodeFolder folderOf(NodeSpec node, String name) {
    return new NodeFolder(node.rootDir(), NodeFolder.Content.DATA, name, context.home(), context.colony());
  }

  /** @throws OperationFailedException when it is no program that a node can be given a copy of */
  public static void checkSource(Path source) throws OperationFailedException {
    if (!Files.exists(source)) {
      throw OperationFailedException.forGood("there is no antnode at " + source + "; give its place with --antnode_path");
    }
    if (!Files.isRegularFile(source) || !Files.isExecutable(source)) {
      throw OperationFailedException.forGood(source + " is not an executable file; make it one with chmod +x, or name another"
          + " with --antnode_path");
    }
  }

  private void undo(NodeSpec node, Before before) {
    try {
      boolean logsApart = !node.logDir().startsWith(node.rootDir());
      if (!before.logs() && logsApart) {
        deleteLogs(node);
      }
      if (!before.root()) {
        files.delete(new NodeFolder(node.rootDir(), NodeFolder.Content.UNFINISHED, node.rootDir().getFileName().toString(),
            context.home(), context.colony()));
      } else {
        if (!before.binary()) {
          files.deleteFile(node.binary());
        }
        if (!before.logs() && !logsApart) {
          files.deleteFile(node.logDir());
        }
      }
      if (!before.description()) {
        files.deleteFile(NodeDescription.fileOf(node.rootDir()));
      }
    } catch (IOException | CommandFailedException e) {
      context.progress().report(node.service() + ": what was made of it could not be deleted again: " + e.getMessage());
    }
  }
}
