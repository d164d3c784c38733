package dev.wnm.spi.internal.files;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * An open folder, for work on what is in it while another account may rename, replace or delete all of that. Names are looked
 * up from the open folder, never through a path that could mean something else a moment later, and no link is followed: where
 * one is met in the place of a file or folder, it is replaced, deleted, or refused with words, as the thing itself. Owner and
 * mode are given to nothing but what was made here a moment before, out of everybody's reach. Not for several threads at once.
 */
public final class OpenFolder implements Closeable {
  private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> SECRET = PosixFilePermissions.fromString("rw-------");
  private static final String DRAFT = "draft";
  /** Of a folder that is deleted: what its folders are called as soon as they lie directly in it. */
  private static final String DOOMED = ".wnm-doomed-";
  private static final int MOST_ROUNDS = 100_000;
  /** How deep a folder is looked into; each level is a file that is open. */
  private static final int MOST_LEVELS = 20;
  private static final int LONGEST_SHOWN = 500;

  private final SecureDirectoryStream<Path> stream;
  private final Path path;
  private final Optional<OpenFolder> above;
  private final boolean closesAbove;
  private boolean stuck;

  private OpenFolder(SecureDirectoryStream<Path> stream, Path path, Optional<OpenFolder> above, boolean closesAbove) {
    this.stream = stream;
    this.path = path;
    this.above = above;
    this.closesAbove = closesAbove;
  }

  /** Whether this system has open folders at all; else those of other accounts cannot be worked in by this class. */
  public static boolean areSupported() {
    try (DirectoryStream<Path> root = Files.newDirectoryStream(Path.of("/"))) {
      return root instanceof SecureDirectoryStream;
    } catch (IOException e) {
      return false;
    }
  }

  /** A folder whose path is an operator's word: links in it are followed. */
  public static OpenFolder at(Path path) throws IOException {
    SecureDirectoryStream<Path> stream = InTime.run(path, () -> {
      if (!Files.isDirectory(path)) {
        throw Files.exists(path) ? new FileSystemException(path.toString(), null, "it is not a folder")
            : new NoSuchFileException(path.toString());
      }
      DirectoryStream<Path> opened = Files.newDirectoryStream(path);
      if (opened instanceof SecureDirectoryStream<Path> secure) {
        return secure;
      }
      opened.close();
      return new PathFolder(path);
    }, OpenFolder::forget);
    return new OpenFolder(stream, path, Optional.empty(), false);
  }

  /**
   * A folder below one whose path is an operator's word: from there on no link is followed.
   *
   * @param top opened by its path
   * @param folder {@code top} or a path that begins with it
   */
  public static OpenFolder below(Path top, Path folder) throws IOException {
    if (!folder.startsWith(top)) {
      throw new IllegalArgumentException(folder + " is not below " + top);
    }
    OpenFolder reached = at(top);
    try {
      if (!folder.equals(top)) {
        for (Path name : top.relativize(folder)) {
          reached = reached.open(name, true);
        }
      }
      return reached;
    } catch (IOException e) {
      reached.close();
      throw e;
    }
  }

  /**
   * A folder that another account may own, or that lies in one, opened together with the one above it for drafts. A link in
   * the place of {@code top} is followed where nobody but root and the caller can have put it there, and none below it.
   *
   * @param folder {@code top} or a path that begins with it
   */
  public static OpenFolder in(Path top, Path folder) throws IOException {
    Path place = top;
    if (Files.isSymbolicLink(top)) {
      try (OpenFolder parent = at(ParentFolder.of(top))) {
        place = parent.isClosedToOthers() ? top.toRealPath() : top;
      }
    }
    return below(ParentFolder.of(place), top.equals(folder) ? place : place.resolve(top.relativize(folder)));
  }

  /** See {@link #in(Path, Path)}. */
  public static OpenFolder in(Path folder) throws IOException {
    return in(folder, folder);
  }

  /**
   * A folder in this one. To be closed before this one.
   *
   * @throws IOException when there is none, or a link or a file in its place
   */
  public OpenFolder child(String name) throws IOException {
    return open(Path.of(name), false);
  }

  private OpenFolder open(Path name, boolean closesAbove) throws IOException {
    Path place = path.resolve(name);
    FileEntry entry = entry(name).orElseThrow(() -> new NoSuchFileException(place.toString()));
    if (!entry.isFolder()) {
      throw new FileSystemException(place.toString(), null,
          entry.kind() == FileEntry.Kind.LINK ? "it is a link, which is not followed here" : "it is not a folder");
    }
    SecureDirectoryStream<Path> opened = inTime(place, () -> stream(name), OpenFolder::forget);
    return new OpenFolder(opened, place, Optional.of(this), closesAbove);
  }

  private SecureDirectoryStream<Path> stream(Path name) throws IOException {
    try {
      return stream.newDirectoryStream(name, NOFOLLOW_LINKS);
    } catch (FileSystemException e) {
      throw placed(e, name);
    }
  }

  /** Where it was when it was opened. */
  public Path path() {
    return path;
  }

  /** What it is itself. */
  public FileEntry entry() throws IOException {
    return FileEntry.of(stream.getFileAttributeView(PosixFileAttributeView.class).readAttributes());
  }

  /** What a name in it stands for; empty when it stands for nothing. */
  public Optional<FileEntry> entry(String name) throws IOException {
    return entry(Path.of(name));
  }

  private Optional<FileEntry> entry(Path name) throws IOException {
    try {
      return Optional.of(FileEntry.of(view(name).readAttributes()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private PosixFileAttributeView view(Path name) {
    return stream.getFileAttributeView(name, PosixFileAttributeView.class, NOFOLLOW_LINKS);
  }

  /** The names of all in it. */
  public List<String> names() throws IOException {
    return entries().stream().map(Path::toString).toList();
  }

  /**
   * How much is in this folder and the folders in it; of a link, nothing.
   *
   * @param mostEntries how many files and folders are looked at
   * @throws IOException when any of it cannot be looked at
   */
  public FolderSize size(int mostEntries) throws IOException {
    return add(FolderSize.NONE, mostEntries, MOST_LEVELS);
  }

  private FolderSize add(FolderSize before, int most, int levels) throws IOException {
    FolderSize size = before;
    for (Path name : entries()) {
      if (size.entries() >= most || levels == 0) {
        return size.cutOff();
      }
      try {
        // Without its owner, whose name would be looked up for each of thousands.
        BasicFileAttributes entry = stream.getFileAttributeView(name, BasicFileAttributeView.class, NOFOLLOW_LINKS).readAttributes();
        size = size.with(entry.isRegularFile() ? entry.size() : 0);
        if (entry.isDirectory()) {
          try (OpenFolder folder = child(name.toString())) {
            size = folder.add(size, most, levels - 1);
          }
        }
      } catch (NoSuchFileException e) {
        // Files of a node that runs come and go.
      }
    }
    return size;
  }

  private List<Path> entries() throws IOException {
    List<Path> entries = new ArrayList<>();
    try (SecureDirectoryStream<Path> again = inTime(path, () -> stream.newDirectoryStream(Path.of(".")), OpenFolder::forget)) {
      again.forEach(entry -> entries.add(entry.getFileName()));
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return entries;
  }

  /**
   * A small file; empty when there is nothing of that name.
   *
   * @param mostBytes a larger one is refused
   * @throws IOException when it cannot be read, or is no ordinary file, or too large
   */
  public Optional<byte[]> read(String name, int mostBytes) throws IOException {
    Optional<FileEntry> entry = entry(name);
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    byte[] content = bytes(name, entry.get(), 0, mostBytes + 1);
    if (content.length > mostBytes) {
      throw new FileSystemException(path.resolve(name).toString(), null, "it has more than " + mostBytes + " bytes");
    }
    return Optional.of(content);
  }

  /**
   * The end of a file; nothing when there is no such file.
   *
   * @param from where to begin at the earliest
   * @param mostBytes of a longer end, what comes last
   */
  public byte[] readEnd(String name, long from, int mostBytes) throws IOException {
    Optional<FileEntry> entry = entry(name);
    return entry.isEmpty() ? new byte[0] : bytes(name, entry.get(), Math.max(from, entry.get().size() - mostBytes), mostBytes);
  }

  /**
   * A part of a file; nothing when there is no such file, or it ends before.
   *
   * @param from where the part begins
   * @param mostBytes how long it is at most
   */
  public byte[] readFrom(String name, long from, int mostBytes) throws IOException {
    Optional<FileEntry> entry = entry(name);
    return entry.isEmpty() ? new byte[0] : bytes(name, entry.get(), from, mostBytes);
  }

  private byte[] bytes(String name, FileEntry entry, long from, int most) throws IOException {
    Path place = path.resolve(name);
    if (!entry.isFile()) {
      throw new FileSystemException(place.toString(), null, "it is no ordinary file");
    }
    return inTime(place, () -> {
      try (SeekableByteChannel channel = stream.newByteChannel(Path.of(name), Set.of(READ, NOFOLLOW_LINKS))) {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(most, Math.max(0, channel.size() - from)));
        channel.position(from);
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
          // Read on.
        }
        bytes.flip();
        byte[] content = new byte[bytes.remaining()];
        bytes.get(content);
        return content;
      }
    }, late -> {});
  }

  /**
   * Makes a folder in this one, or gives one that is there this mode, and this owner if it is still the caller's.
   *
   * @param owner whose it is to be; that of the caller where empty
   * @return whether it was made
   * @throws IOException also when there is anything else of that name, or a folder of a third account
   */
  public boolean makeFolder(String name, Set<PosixFilePermission> mode, Optional<FileOwner> owner) throws IOException {
    boolean made = entry(name).isEmpty() && makePrivate(name);
    try (OpenFolder folder = child(name)) {
      FileEntry entry = folder.entry();
      FileOwner me = FileOwner.me();
      FileOwner wanted = owner.orElse(me);
      if (!entry.owner().equals(wanted.user()) && !entry.owner().equals(me.user())) {
        throw new FileSystemException(folder.path.toString(), null,
            "it belongs to " + entry.owner().getName() + " and not to " + wanted.user().getName());
      }
      PosixFileAttributeView itself = folder.stream.getFileAttributeView(PosixFileAttributeView.class);
      if (!entry.permissions().equals(mode)) {
        itself.setPermissions(mode);
      }
      if (!entry.owner().equals(wanted.user())) {
        itself.setGroup(wanted.group());
        itself.setOwner(wanted.user());
      }
    }
    return made;
  }

  /** Makes a folder of the caller's own. Java makes folders by paths only: hence outside and moved in, where one may change. */
  private boolean makePrivate(String name) throws IOException {
    try {
      if (isSteady()) {
        Files.createDirectory(path.resolve(name), PosixFilePermissions.asFileAttribute(PRIVATE));
        return true;
      }
      OpenFolder place = steadyPlace();
      String draft = draftOf(name);
      place.deleteTree(draft);
      place.makePrivate(draft);
      try {
        place.move(draft, this, name);
      } finally {
        place.deleteTree(draft);
      }
      return true;
    } catch (FileAlreadyExistsException e) {
      return false; // made meanwhile; the caller looks at what it is
    }
  }

  /** What is written to a new file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream file) throws IOException;
  }

  /**
   * Puts a file in the place of whatever file or link has its name: whole, with this owner and mode, or not at all.
   *
   * @param owner whose it is to be; that of the caller where empty
   * @param age when it was written, for copies that are to look as old as what they are copies of
   */
  public void put(String name, Set<PosixFilePermission> mode, Optional<FileOwner> owner, Optional<FileTime> age, Content content)
      throws IOException {
    place(name, mode, owner, age, apart -> apart.write(content));
  }

  /** Makes a file at a path. */
  @FunctionalInterface
  public interface Maker {
    void makeAt(Path file) throws IOException;
  }

  /**
   * The same with a file that something else makes, such as a program of the system, which knows files by paths only.
   *
   * @param maker is given a path of which nobody but root and this account can change what it means
   */
  public void putMade(String name, Set<PosixFilePermission> mode, Optional<FileOwner> owner, Optional<FileTime> age, Maker maker)
      throws IOException {
    place(name, mode, owner, age, apart -> {
      maker.makeAt(apart.path.resolve(DRAFT));
      if (apart.entry(DRAFT).filter(FileEntry::isFile).isEmpty()) {
        throw new FileSystemException(apart.path.resolve(DRAFT).toString(), null, "it was not made");
      }
    });
  }

  @FunctionalInterface
  private interface Drafting {
    void draftIn(OpenFolder apart) throws IOException;
  }

  private void place(String name, Set<PosixFilePermission> mode, Optional<FileOwner> owner, Optional<FileTime> age, Drafting drafting)
      throws IOException {
    OpenFolder place = above.isPresent() ? above.get().steadyPlace() : this;
    String staging = draftOf(name);
    place.deleteTree(staging);
    place.makePrivate(staging);
    try {
      try (OpenFolder apart = place.child(staging)) {
        apart.requireMine();
        drafting.draftIn(apart);
        PosixFileAttributeView file = apart.view(Path.of(DRAFT));
        file.setPermissions(mode);
        if (owner.isPresent()) {
          file.setGroup(owner.get().group());
          file.setOwner(owner.get().user());
        }
        if (age.isPresent()) {
          file.setTimes(age.get(), null, null);
        }
        apart.move(DRAFT, this, name);
      }
    } finally {
      place.deleteTree(staging);
    }
  }

  private void write(Content content) throws IOException {
    try (OutputStream file = Channels.newOutputStream(stream.newByteChannel(Path.of(DRAFT),
        Set.of(CREATE_NEW, WRITE, NOFOLLOW_LINKS), PosixFilePermissions.asFileAttribute(SECRET)))) {
      content.writeTo(file);
    }
  }

  private String draftOf(String name) {
    return "." + path.getFileName() + "." + name + ".wnm-new";
  }

  private void requireMine() throws IOException {
    FileEntry entry = entry();
    if (!entry.owner().equals(FileOwner.me().user()) || !entry.permissions().equals(PRIVATE)) {
      throw new FileSystemException(path.toString(), null, "another account put it there");
    }
  }

  /** Renames a file within this folder, in the place of whatever file or link had that name. */
  public void rename(String name, String newName) throws IOException {
    move(name, this, newName);
  }

  private void move(String name, OpenFolder folder, String newName) throws IOException {
    stream.move(Path.of(name), folder.stream, Path.of(newName));
  }

  /** Deletes a file, a link itself, or an empty folder. @return false when there is none of that name */
  public boolean delete(String name) throws IOException {
    return delete(Path.of(name));
  }

  private boolean delete(Path name) throws IOException {
    try {
      Optional<FileEntry> entry = entry(name);
      if (entry.isEmpty()) {
        return false;
      }
      if (entry.get().isFolder()) {
        stream.deleteDirectory(name);
      } else {
        stream.deleteFile(name);
      }
      return true;
    } catch (NoSuchFileException e) {
      return false;
    } catch (FileSystemException e) {
      throw placed(e, name);
    }
  }

  /** An open folder knows the last names of files only, which tell nobody where to look. */
  private FileSystemException placed(FileSystemException e, Path name) {
    String place = shown(path.resolve(name));
    FileSystemException placed = e instanceof DirectoryNotEmptyException ? new DirectoryNotEmptyException(place)
        : e instanceof AccessDeniedException ? new AccessDeniedException(place, null, e.getReason())
        : e instanceof NoSuchFileException ? new NoSuchFileException(place, null, e.getReason())
        : new FileSystemException(place, null, e.getReason());
    placed.initCause(e);
    return placed;
  }

  /** In one line, and of a long path its two ends. */
  private static String shown(Path place) {
    String text = place.toString().replaceAll("\\p{Cntrl}", "?");
    return text.length() <= LONGEST_SHOWN ? text
        : text.substring(0, LONGEST_SHOWN / 2) + "…" + text.substring(text.length() - LONGEST_SHOWN / 2);
  }

  /** See {@link #deleteTree(String, Set)}. */
  public boolean deleteTree(String name) throws IOException {
    return deleteTree(name, Set.of());
  }

  /**
   * Deletes a folder with all in it, however deep, and nothing on other disks that are mounted in it. Root first takes it from
   * its owner, who could go on filling it.
   *
   * @param last files in it that stay until all else is gone, so that they are still there after a failure
   * @return false when there is nothing of that name
   * @throws IOException that names the place of what could not be deleted
   */
  public boolean deleteTree(String name, Set<String> last) throws IOException {
    Optional<FileEntry> entry = entry(name);
    if (entry.isEmpty() || !entry.get().isFolder()) {
      return delete(name);
    }
    try (OpenFolder doomed = child(name)) {
      doomed.seize();
      doomed.empty(last);
      doomed.empty(Set.of());
    }
    return delete(name);
  }

  /** Takes it from its owner, as far as the caller may. */
  private void seize() {
    try {
      PosixFileAttributeView itself = stream.getFileAttributeView(PosixFileAttributeView.class);
      if (!entry().owner().equals(FileOwner.me().user())) {
        itself.setOwner(FileOwner.me().user());
      }
      itself.setPermissions(PRIVATE);
    } catch (IOException e) {
      // Then what is done next fails, or not, with its own words.
    }
  }

  /**
   * Each folder in it gets its own folders moved up beside it, so that none is deeper than one that can be open.
   *
   * @param kept what is left in it
   */
  private void empty(Set<String> kept) throws IOException {
    int moved = 0;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      List<Path> entries = entries().stream().filter(entry -> !kept.contains(entry.toString())).toList();
      if (entries.isEmpty()) {
        return;
      }
      for (Path entry : entries) {
        try {
          delete(entry);
        } catch (DirectoryNotEmptyException e) {
          moved = flatten(entry, moved);
        }
      }
    }
    throw new FileSystemException(path.toString(), null, "it is filled again as fast as it is emptied");
  }

  /** Empties a folder in this one. @return how many folders were moved up so far */
  private int flatten(Path name, int movedSoFar) throws IOException {
    int moved = firstFree(movedSoFar);
    // A name of its own first: what another disk is mounted on does not let itself be renamed, and is not emptied.
    Path own = Path.of(DOOMED + moved++);
    moveUp(this, name, own);
    try (OpenFolder folder = open(own, false)) {
      folder.seize();
      for (Path entry : folder.entries()) {
        try {
          folder.delete(entry);
        } catch (DirectoryNotEmptyException e) {
          moved = firstFree(moved);
          moveUp(folder, entry, Path.of(DOOMED + moved++));
        }
      }
    }
    return moved;
  }

  private void moveUp(OpenFolder folder, Path name, Path newName) throws IOException {
    try {
      folder.stream.move(name, stream, newName);
    } catch (FileSystemException e) {
      throw folder.placed(e, name);
    }
  }

  private int firstFree(int number) throws IOException {
    int free = number;
    while (entry(Path.of(DOOMED + free)).isPresent()) {
      free++;
    }
    return free;
  }

  /** Whether its path means it for as long as root and this account want. */
  private boolean isSteady() throws IOException {
    return above.isEmpty() || above.get().isSteady() && above.get().isClosedToOthers();
  }

  /** Whether nobody but root and this account can change what is in it. */
  boolean isClosedToOthers() throws IOException {
    FileEntry entry = entry();
    return FileOwner.isMeOrRoot(entry.owner()) && !entry.isOpenToOthers();
  }

  /** The nearest folder, from here on up, in which something can be made by its path. */
  private OpenFolder steadyPlace() throws IOException {
    return isSteady() ? this : above.orElseThrow().steadyPlace();
  }

  private <T> T inTime(Path what, InTime.Work<T> work, Consumer<T> late) throws IOException {
    try {
      return InTime.run(what, work, late);
    } catch (InTime.StuckException e) {
      stuck = true;
      throw e;
    }
  }

  private static void forget(SecureDirectoryStream<Path> late) {
    try {
      late.close();
    } catch (IOException e) {
      // Nobody needs it.
    }
  }

  @Override
  public void close() throws IOException {
    // Closing waits for what is under way in the folder, which would be for ever.
    if (!stuck) {
      stream.close();
    }
    if (closesAbove) {
      above.orElseThrow().close();
    }
  }
}
