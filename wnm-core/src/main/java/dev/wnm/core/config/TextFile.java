package dev.wnm.core.config;

import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.internal.Reason;
import dev.wnm.spi.internal.trust.Trusted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads a small text file of the operator's; a pipe will do. */
final class TextFile {
  private static final int MOST_BYTES = 1 << 20;

  private TextFile() {}

  /** @throws BadInputException when it is missing, unreadable, not to be trusted, larger than 1 MiB or not UTF-8 */
  static List<String> lines(Path file) {
    if (Files.isDirectory(file)) {
      throw problem(file, "is a folder");
    }
    Trusted.problem(file).ifPresent(problem -> {
      throw problem(file, "is not read: " + problem);
    });
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw problem(file, "is larger than 1 MiB");
      }
      return Utf8Text.decode(bytes).lines().toList();
    } catch (NoSuchFileException e) {
      throw problem(file, "does not exist");
    } catch (AccessDeniedException e) {
      throw problem(file, "may not be read by this user");
    } catch (Utf8Text.NotUtf8Exception e) {
      throw problem(file, "is " + e.getMessage());
    } catch (IOException e) {
      throw problem(file, "cannot be read: " + Reason.of(e));
    }
  }

  private static BadInputException problem(Path file, String what) {
    return new BadInputException("the config file " + file + " " + what);
  }
}
