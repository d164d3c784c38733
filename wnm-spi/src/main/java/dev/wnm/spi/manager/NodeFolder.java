package dev.wnm.spi.manager;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.wnm.spi.internal.files.FileEntry;
import dev.wnm.spi.internal.files.OpenFolder;
import dev.wnm.spi.internal.files.ParentFolder;
import dev.wnm.spi.model.ColonyId;
import dev.wnm.spi.program.NodeProgram;
import dev.wnm.spi.program.NodePrograms;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder of one node and the rules by which it may be deleted: it is no home and contains none, is not called as another
 * node is, and holds what nodes leave; one for data, or a copy of it, lies in a storage that carries the colony's marker, any
 * other holds no key. Symbolic links in it are removed and never followed. A link in the folder's own place is refused: what it
 * leads to would stay, and whoever said "removed" would not have told the truth.
 *
 * @param path the folder, as the back end recorded it
 * @param content what it is for
 * @param name what the node is called, such as {@code antnode0001}
 * @param home the operator's home
 * @param colony whose nodes may be deleted
 */
public record NodeFolder(Path path, Content content, String name, Path home, ColonyId colony) {
  /** What a folder of a node is for. */
  public enum Content {
    /** Its key and its data. */
    DATA,
    /** Its logs and nothing else. */
    LOGS,
    /** What a create that failed has just made: no key is in it. */
    UNFINISHED,
    /** What was copied of a node that is to be moved; the node itself is elsewhere, whole. It is called as {@link #copyOf} says. */
    COPY
  }

  /** What wnm leaves in a node's data folder or in its log folder, besides the binary. */
  private static final Pattern OWN_FILE = Pattern.compile("wnm-node\\.json|console.*\\.log.*|\\.wnm-doomed-.+");
  /** What it leaves of a binary: one before, one to come, and, of a wnm that was killed as it copied, one that is not whole. */
  private static final List<String> BINARIES = List.of("%s", "%s.previous", "%s.staged");
  private static final String UNFINISHED_COPY = "\\.%s.*\\.wnm-new";
  private static final String COPY_SUFFIX = ".wnm-moving";
  private static final Pattern NODE_NAME = Pattern.compile("antnode[0-9]+");

  private static final String LOGS = "logs";

  /** Folders at the top that a disk of one's own, such as {@code /nodes}, would not be mounted at. */
  private static final Set<Path> OF_THE_SYSTEM = Stream.of("bin", "boot", "dev", "etc", "lib", "lib64", "proc", "root", "run",
      "sbin", "sys", "tmp", "usr", "var").map(name -> Path.of("/" + name)).collect(Collectors.toUnmodifiableSet());
  private static final Set<Path> HOMES = Set.of(Path.of("/home"), Path.of("/Users"));

  /** Where a node's folder is copied to before it gets its own name in another storage. @param target what it is to be there */
  public static Path copyOf(Path target) {
    return target.resolveSibling("." + target.getFileName() + COPY_SUFFIX);
  }

  /** Why this folder must not be deleted, in one sentence; empty when it may be, as far as its path and its storage tell. */
  public Optional<String> refusal() {
    Optional<String> unfit = unfit(path, home);
    if (unfit.isPresent()) {
      return refused(unfit.get());
    }
    String called = path.getFileName().toString();
    if (!called.equals(name) && (content != Content.DATA || NODE_NAME.matcher(called).matches())) {
      return refused("is not called " + name);
    }
    if (Files.isSymbolicLink(path) && linkRefusal().isPresent()) {
      return linkRefusal();
    }
    if (content == Content.COPY && !called.endsWith(COPY_SUFFIX)) {
      return refused("is not called as an unfinished copy");
    }
    if (content == Content.LOGS || content == Content.UNFINISHED) {
      return Optional.empty();
    }
    Path storage = storage();
    if (unfitStorage(storage, home).isPresent()) {
      return refused("lies in " + storage + ", which is a home, holds one, or is a folder of the system");
    }
    StorageState state = StorageMarker.look(colony, storage);
    if (state instanceof StorageState.Foreign foreign) {
      return refused("lies in " + storage + ", the storage of another colony (" + foreign.owner() + ")");
    }
    return state instanceof StorageState.Ours ? Optional.empty()
        : refused("is not in a storage of this colony: " + storage + " has no file " + StorageMarker.nameFor(colony)
            + "; its disk may not be mounted");
  }

  /** The folder it lies in; there is one where {@link #unfit} has nothing against the path. */
  private Path storage() {
    return ParentFolder.of(path);
  }

  /**
   * Why wnm would never delete a node in such a storage, as a clause; empty when it might.
   *
   * @param home the operator's home
   */
  public static Optional<String> unfitStorage(Path storage, Path home) {
    boolean unfit = storage.getNameCount() == 0 || OF_THE_SYSTEM.contains(storage) || isHome(storage, home);
    return unfit ? Optional.of(storage + " is a home, holds one, or is a folder of the system, where wnm"
        + " deletes nothing") : Optional.empty();
  }

  /**
   * Why a link in the folder's place must not be deleted, in one sentence; for who sees what {@link #refusal()} does not, in
   * a folder of another account. Empty where no node has lived yet: what a create has just made is no link of an operator's.
   */
  public Optional<String> linkRefusal() {
    return content == Content.UNFINISHED ? Optional.empty()
        : refused("is a link, which is not followed, and what it leads to would stay; move that to " + path
            + " itself, or delete it and the link by hand");
  }

  private static boolean isOfTheSystem(Path folder, Path home) {
    return folder.getNameCount() < 2 || isHome(folder, home);
  }

  private static boolean isHome(Path folder, Path home) {
    return home.startsWith(folder) || HOMES.contains(folder) || HOMES.contains(folder.getParent());
  }

  /** Those of these planned nodes whose folders are in use, with a clause for each, by id. */
  static Map<Integer, String> occupied(Collection<NodeSpec> planned) {
    Map<Integer, String> occupied = new HashMap<>();
    planned.forEach(node -> occupant(node.rootDir()).ifPresent(clause -> occupied.put(node.id(), clause)));
    return occupied;
  }

  /** What is in the place of a folder that is to be made, as a clause; an empty folder is nothing. */
  public static Optional<String> occupant(Path folder) {
    if (!Files.exists(folder, NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    if (holdsKey(folder)) {
      return Optional.of(folder + " holds the key of a node");
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      return entries.iterator().hasNext() ? Optional.of(folder + " is there already and not empty") : Optional.empty();
    } catch (IOException e) {
      return Optional.of(folder + " is there already");
    }
  }

  /** Why a folder must neither become a new node's nor be deleted as one that was never finished: it holds a key. */
  public static Optional<String> keyIn(Path folder) {
    return holdsKey(folder) ? Optional.of(ofUnknownKey(folder)) : Optional.empty();
  }

  private static boolean holdsKey(Path folder) {
    return NodePrograms.keyFiles().stream().anyMatch(key -> Files.exists(folder.resolve(key), NOFOLLOW_LINKS));
  }

  /** Whether one of these names in a node's folder is that of a file that keys are kept in, whichever program's. */
  public static boolean holdsKey(Collection<String> fileNames) {
    return !Collections.disjoint(fileNames, NodePrograms.keyFiles());
  }

  /** The sentence of {@link #keyIn}, for who sees what is in the folder with other rights. */
  public static String ofUnknownKey(Path folder) {
    return folder + " holds the key of a node that is not known to be this colony's; take it over with --import, or move the folder"
        + " away";
  }

  /** Why a {@link ProcessManager#create} that was cut off is not taken back: its folder holds a key by now. */
  public static String ofKeptKey(Path folder) {
    return folder + " holds the key of a node and is left as it is; take the node over with --import, or move the folder away";
  }

  /**
   * Why a folder can be no node's, wherever nodes are, in words that follow "it"; empty when it can.
   *
   * @param home the operator's home
   */
  public static Optional<String> unfit(Path path, Path home) {
    if (!path.isAbsolute() || !path.equals(path.normalize())) {
      return Optional.of("is not an absolute path without detours");
    }
    return isOfTheSystem(path, home)
        ? Optional.of("is a home, holds one, or is a folder of the system")
        : Optional.empty();
  }

  /**
   * Whether a folder that holds these files is a node's. One with nothing, or with nothing but its folder of logs, may be:
   * of a create that was cut short, or of a node whose binary went missing before its first start.
   */
  public static boolean looksLikeOne(Collection<String> fileNames) {
    return fileNames.stream().allMatch(LOGS::equals) || fileNames.stream().anyMatch(NodeFolder::isNodesFile);
  }

  private static boolean isNodesFile(String file) {
    return OWN_FILE.matcher(file).matches()
        || NodePrograms.all().stream().anyMatch(program -> program.isOwnFile(file) || isBinaryOf(program, file));
  }

  private static boolean isBinaryOf(NodeProgram program, String file) {
    return BINARIES.stream().anyMatch(form -> form.formatted(program.name()).equals(file))
        || file.matches(UNFINISHED_COPY.formatted(Pattern.quote(program.name())));
  }

  /** Why a folder with these names in it must not be deleted, in one sentence; empty when it may. */
  public Optional<String> refusal(Collection<String> fileNames) {
    if (content == Content.COPY) {
      return Optional.empty();
    }
    if (content != Content.DATA && holdsKey(fileNames)) {
      return refused(content == Content.LOGS ? "is for logs and holds a key" : "holds a key");
    }
    return looksLikeOne(fileNames) ? Optional.empty() : refused("holds no file of a node");
  }

  /**
   * Deletes the folder and all in it, the key last: after a failure the node has its identity, and this can be repeated.
   *
   * @return false when it is not there, in a storage that is
   * @throws IOException when the rules forbid it (nothing was deleted), or when something in it cannot be deleted
   */
  public boolean delete() throws IOException {
    refuse(refusal());
    try (OpenFolder storage = OpenFolder.at(storage())) {
      return deleteIn(storage);
    }
  }

  /**
   * The same for a folder that {@link #refusal()} allows to be deleted; for wnm's own back ends, which have the folder open.
   *
   * @param parent the folder that it lies in
   */
  @SuppressWarnings("exports") // whoever is not of wnm deletes by delete()
  public boolean deleteIn(OpenFolder parent) throws IOException {
    String own = path.getFileName().toString();
    Optional<FileEntry> entry = parent.entry(own);
    if (entry.isEmpty()) {
      return false;
    }
    if (entry.get().kind() == FileEntry.Kind.LINK) {
      refuse(linkRefusal());
      return parent.delete(own);
    }
    refuse(refusal(entry.get().isFolder() ? namesIn(parent, own) : List.of("no folder")));
    return parent.deleteTree(own, NodePrograms.keyFiles());
  }

  private static void refuse(Optional<String> refusal) throws IOException {
    if (refusal.isPresent()) {
      throw new IOException(refusal.get());
    }
  }

  private static List<String> namesIn(OpenFolder parent, String own) throws IOException {
    try (OpenFolder folder = parent.child(own)) {
      return folder.names();
    }
  }

  private Optional<String> refused(String why) {
    return Optional.of("will not delete " + path + ": it " + why);
  }
}
