package dev.wnm.core.store;

import dev.wnm.spi.internal.files.ParentFolder;
import dev.wnm.spi.internal.trust.Trusted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Keeps SQLite's native library unpacked in the user's cache folder. Left to itself, the driver unpacks it into {@code /tmp}
 * at each start: that takes a tenth of a second, leaves a megabyte there for good when the process is killed, and two
 * starts at once get in each other's way while they clean up.
 */
public final class NativeLibrary {
  /** The driver's own setting: the folder that it loads the library from, instead of unpacking it. */
  private static final String FOLDER_PROPERTY = "org.sqlite.lib.path";
  private static final System.Logger LOG = System.getLogger(NativeLibrary.class.getName());

  private static final String PART = "library";
  private static final Duration LONGEST_UNPACKING = Duration.ofMinutes(10);

  private static boolean kept;

  private final Path folder;

  /** @param cache where programs keep what they can make again */
  NativeLibrary(Path cache) {
    // One for each Java: which C library it was made for the driver finds out by running a program and by looking at all that the
    // process has mapped, and needs to know only when it unpacks.
    folder = cache.resolve("wnm").resolve("sqlite-" + SQLiteJDBCLoader.getVersion() + "-" + System.getProperty("os.arch") + "-"
        + Integer.toHexString(System.getProperty("java.home").hashCode()));
  }

  /** From the next use of a database on, the library is kept unpacked: a system property tells the driver where it is. */
  public static synchronized void keepUnpacked() {
    kept = true;
  }

  /** Tells the driver where the library is, unless someone has. Where it cannot be kept, the driver goes its own way. */
  static synchronized void prepare() {
    boolean canProtect = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    if (!kept || !canProtect || System.getProperty(FOLDER_PROPERTY) != null) {
      return;
    }
    // The home of the account, not $HOME: root must not load a library from the folder of whoever called sudo.
    Path home = Path.of(System.getProperty("user.home"));
    try {
      Path folder = new NativeLibrary(home.resolve(isMac() ? "Library/Caches" : ".cache")).unpacked();
      System.setProperty(FOLDER_PROPERTY, folder.toString());
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "SQLite''s library is unpacked at each start: {0}", e.toString());
    }
  }

  /** The folder that holds the library. */
  Path unpacked() throws IOException {
    Path library = folder.resolve(LibraryLoaderUtil.getNativeLibName());
    if (!Files.exists(library)) {
      Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      unpack(library);
    }
    Optional<String> problem = Trusted.problem(library);
    if (problem.isPresent()) {
      throw new IOException(problem.get());
    }
    return folder;
  }

  /** Whole or not at all, also when many processes do so at once or the power fails. */
  private static void unpack(Path library) throws IOException {
    String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName();
    deleteLeftovers(ParentFolder.of(library));
    Path part = Files.createTempFile(ParentFolder.of(library), PART, ".part");
    try (InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(resource);
        FileChannel out = FileChannel.open(part, StandardOpenOption.WRITE)) {
      if (in == null) {
        throw new IOException("the driver has no " + resource);
      }
      in.transferTo(Channels.newOutputStream(out));
      out.force(true);
      Files.move(part, library, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Those of processes that were killed; one that still unpacks has begun a moment ago. */
  private static void deleteLeftovers(Path folder) throws IOException {
    Instant old = Instant.now().minus(LONGEST_UNPACKING);
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, PART + "*.part")) {
      for (Path part : parts) {
        if (Files.getLastModifiedTime(part, LinkOption.NOFOLLOW_LINKS).toInstant().isBefore(old)) {
          Files.deleteIfExists(part);
        }
      }
    } catch (NoSuchFileException | DirectoryIteratorException e) {
      // Another process was faster.
    }
  }

  private static boolean isMac() {
    return System.getProperty("os.name").startsWith("Mac");
  }
}
