package dev.wnm.core.store;

import dev.wnm.spi.internal.Reason;
import dev.wnm.spi.internal.files.ParentFolder;
import dev.wnm.spi.internal.trust.Trusted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The database's file as the file system sees it: is it there, is it a database, may it be used, who may read it. */
final class ColonyFile {
  private static final byte[] HEADER = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

  /** The file itself, and what SQLite puts beside it. */
  private static final List<String> BESIDE = List.of("", "-journal", "-wal", "-shm");

  private ColonyFile() {}

  /** Makes an empty file that only its owner can read. */
  static void create(Path file) {
    Path folder = ParentFolder.of(file);
    if (!Files.isDirectory(folder)) {
      throw new StoreException("the database " + file + " cannot be made: there is no folder " + folder);
    }
    refuseUntrusted(file);
    try {
      Files.createFile(file, ownerOnly(folder));
    } catch (AccessDeniedException e) {
      throw new StoreException("the database " + file + " cannot be made: no permission to write in " + folder, e);
    } catch (IOException e) {
      throw new StoreException("the database " + file + " cannot be made in " + folder + ": " + reason(e), e);
    }
  }

  /** Takes back {@link #create}, with what SQLite put beside the file. */
  static void discard(Path file) {
    for (String suffix : BESIDE) {
      try {
        Files.deleteIfExists(beside(file, suffix));
      } catch (IOException e) {
        System.getLogger(ColonyFile.class.getName())
            .log(System.Logger.Level.WARNING, "{0} could not be removed: {1}", file + suffix, Reason.of(e));
      }
    }
  }

  /** Refuses what is not a database or cannot be read, and when {@code forWriting}, what cannot be written. */
  static void check(Path file, boolean forWriting) {
    if (Files.isDirectory(file)) {
      throw new StoreException("the database " + file + " is a folder; give the name of a file with --dbpath");
    }
    if (!Files.exists(file)) {
      throw new StoreException("there is no database " + file + "; --init makes one");
    }
    if (!Files.isRegularFile(file)) {
      throw new StoreException("the database " + file + " is not a regular file");
    }
    refuseUntrusted(file);
    if (!Files.isReadable(file)) {
      throw new StoreException("the database " + file + " cannot be read: no permission");
    }
    if (!startsAsDatabase(file)) {
      throw new StoreException(SqliteErrors.notADatabase(file));
    }
    if (forWriting && !Files.isWritable(file)) {
      throw new StoreException("the database " + file + " cannot be written: the file is read-only");
    }
    if (forWriting && !Files.isWritable(ParentFolder.of(file))) {
      throw new StoreException("the database " + file + " cannot be written: its folder " + file.getParent()
          + " is read-only, and SQLite keeps its log beside the file");
    }
  }

  /** SQLite believes what lies beside the file as much as the file itself. */
  private static void refuseUntrusted(Path file) {
    BESIDE.stream().flatMap(suffix -> Trusted.problem(beside(file.toAbsolutePath(), suffix)).stream()).findFirst()
        .ifPresent(problem -> {
          throw new StoreException("the database " + file + " is not used: " + problem);
        });
  }

  private static Path beside(Path file, String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  /** Whether a writer was cut off that did not use the write-ahead log. */
  static boolean hasJournal(Path file) {
    return Files.exists(beside(file, "-journal"));
  }

  /** Takes the database from other users' eyes; SQLite gives its log and its index the same permissions. */
  static void protect(Path file) {
    try {
      if (isPosix(file) && !Files.getPosixFilePermissions(file).equals(OWNER_ONLY)) {
        Files.setPosixFilePermissions(file, OWNER_ONLY);
      }
    } catch (IOException e) {
      throw new StoreException("the database " + file + " cannot be kept from other users' eyes: " + reason(e), e);
    }
  }

  /** An empty file is a database without tables, as SQLite sees it. */
  private static boolean startsAsDatabase(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(HEADER.length);
      return start.length == 0 || Arrays.equals(start, HEADER);
    } catch (IOException e) {
      throw new StoreException("the database " + file + " cannot be read: " + reason(e), e);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path folder) {
    return isPosix(folder)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** Java's message for these errors is often the bare path. */
  private static String reason(IOException error) {
    return Reason.of(error).replaceFirst("^.*?: (?=[A-Z])", "");
  }
}
