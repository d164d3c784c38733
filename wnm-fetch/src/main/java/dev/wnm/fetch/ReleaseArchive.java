package dev.wnm.fetch;

import dev.wnm.spi.internal.Human;
import dev.wnm.spi.internal.Reason;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** The archive of a release, of which only ordinary files with the wanted names are ever written. */
final class ReleaseArchive {
  /** Some ten times what a program has. */
  private static final long MOST_BYTES_OF_A_FILE = 500_000_000;
  private static final int MOST_ENTRIES = 1_000;
  private static final int STEP_BYTES = 1 << 16;

  private ReleaseArchive() {}

  /**
   * Unpacks files into an empty folder, and passes over others, such as licences.
   *
   * @param names which; none of them may be missing
   * @throws FetchException when it is no archive, lacks a file, or holds anything but ordinary files with plain names
   */
  static void unpack(Path archive, Path folder, Set<String> names) throws IOException {
    Set<String> missing = new LinkedHashSet<>(names);
    try (TarArchiveInputStream entries =
        new TarArchiveInputStream(new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive)), STEP_BYTES))) {
      int count = 0;
      for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        if (++count > MOST_ENTRIES) {
          throw new FetchException("it holds more than " + MOST_ENTRIES + " files");
        }
        requireOrdinary(entry);
        if (missing.remove(entry.getName())) {
          write(entries, folder.resolve(entry.getName()));
        } else if (names.contains(entry.getName())) {
          throw new FetchException("it holds " + entry.getName() + " twice");
        }
      }
    } catch (FetchException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw new FetchException("it cannot be unpacked: " + Reason.of(e), e);
    }
    if (!missing.isEmpty()) {
      throw new FetchException("it holds no " + String.join(" and no ", missing));
    }
  }

  private static void requireOrdinary(TarArchiveEntry entry) throws FetchException {
    boolean isFile = entry.getLinkFlag() == TarConstants.LF_NORMAL || entry.getLinkFlag() == TarConstants.LF_OLDNORM;
    if (!isFile || entry.isDirectory() || entry.isSparse()) {
      throw new FetchException("it holds '" + entry.getName() + "', which is no ordinary file");
    }
    if (entry.getName().isEmpty() || entry.getName().contains("/") || entry.getName().contains("\\")) {
      throw new FetchException("it holds '" + entry.getName() + "', which does not lie directly in it");
    }
  }

  private static void write(TarArchiveInputStream entries, Path file) throws IOException {
    byte[] step = new byte[STEP_BYTES];
    long written = 0;
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int count = entries.read(step); count >= 0; count = entries.read(step)) {
        written += count;
        if (written > MOST_BYTES_OF_A_FILE) {
          throw new FetchException(file.getFileName() + " in it is larger than " + Human.bytes(MOST_BYTES_OF_A_FILE));
        }
        out.write(step, 0, count);
      }
    }
  }
}
