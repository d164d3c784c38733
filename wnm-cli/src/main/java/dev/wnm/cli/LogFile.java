package dev.wnm.cli;

import dev.wnm.core.config.Options;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.internal.Reason;
import dev.wnm.spi.internal.files.ParentFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The log file of {@code --log_file}: lines are appended, and a file that has grown to its limit becomes {@code FILE.1}, the one
 * before it {@code FILE.2} and so on; the oldest is deleted. So many runs side by side may write to it, and it never takes more
 * than {@link #KEPT} + 1 times its limit. Only its owner may read what wnm makes. Safe for use from many threads.
 */
final class LogFile {
  /** How large a file grows. */
  static final long LIMIT_BYTES = 5L << 20;
  /** How many older files stay. */
  static final int KEPT = 4;

  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final Set<StandardOpenOption> APPEND = Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);

  private final Path file;
  private final long limitBytes;
  private boolean failed;

  LogFile(Path file, long limitBytes) {
    this.file = file;
    this.limitBytes = limitBytes;
  }

  /** @throws BadInputException when no file can be written there */
  static LogFile at(Path file) {
    Path folder = ParentFolder.of(file);
    if (Files.isDirectory(file)) {
      throw new BadInputException(Options.LOG_FILE + " " + file + " is a folder; name a file");
    }
    if (!Files.isDirectory(folder)) {
      throw new BadInputException(Options.LOG_FILE + " " + file + " cannot be written: there is no folder " + folder);
    }
    if (!Files.isWritable(Files.exists(file) ? file : folder)) {
      throw new BadInputException(Options.LOG_FILE + " " + file + " cannot be written: no permission");
    }
    return new LogFile(file, LIMIT_BYTES);
  }

  /**
   * Appends a text that ends with a line break. The file is opened each time: another run may have put it aside since.
   *
   * @return why it could not be written, the first time that it could not; else empty
   */
  synchronized String append(String text) {
    try {
      putAsideWhenFull();
      try (SeekableByteChannel channel = open()) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      }
      failed = false;
      return "";
    } catch (IOException e) {
      boolean isNews = !failed;
      failed = true;
      return isNews ? "the log file " + file + " cannot be written: " + Reason.of(e) : "";
    }
  }

  private SeekableByteChannel open() throws IOException {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? Files.newByteChannel(file, APPEND, OWNER_ONLY)
        : Files.newByteChannel(file, APPEND);
  }

  private void putAsideWhenFull() throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) < limitBytes) {
      return;
    }
    for (int age = KEPT; age > 0; age--) {
      Path younger = age == 1 ? file : aside(age - 1);
      try {
        Files.move(younger, aside(age), StandardCopyOption.REPLACE_EXISTING);
      } catch (NoSuchFileException notThereYet) {
        continue;
      }
    }
  }

  private Path aside(int age) {
    return file.resolveSibling(file.getFileName() + "." + age);
  }
}
