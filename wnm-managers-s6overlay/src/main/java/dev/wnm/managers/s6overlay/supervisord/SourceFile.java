package dev.wnm.managers.s6overlay.supervisord;

import dev.wnm.spi.config.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file of supervisord, read once: what is converted, what is kept of it and what its hash is of are the same bytes.
 *
 * @param path absolute
 * @param text all that is in it; as UTF-8 these are the very bytes that were read
 */
record SourceFile(Path path, String text) {
  private static final int MOST_BYTES = 1 << 20;

  /** @throws BadInputException when it cannot be read, is too large or is no text */
  static SourceFile read(Path path) {
    if (Files.isDirectory(path)) {
      throw new BadInputException(path + " is a folder, not a supervisord.conf");
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new BadInputException(path + " is larger than 1 MiB");
      }
      // A decoder that takes nothing but UTF-8 loses nothing of it.
      return new SourceFile(path, StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (NoSuchFileException e) {
      throw new BadInputException(path + " does not exist");
    } catch (AccessDeniedException e) {
      throw new BadInputException(path + " may not be read by this user");
    } catch (CharacterCodingException e) {
      throw new BadInputException(path + " is not UTF-8 text");
    } catch (IOException e) {
      throw new BadInputException(path + " cannot be read: " + e.getMessage());
    }
  }

  /** Of its bytes, as sha256sum prints it. */
  String sha256() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Where its copy is in the folder that is made: below {@code backup}, by its whole path. */
  String copy() {
    return "backup" + path;
  }
}
