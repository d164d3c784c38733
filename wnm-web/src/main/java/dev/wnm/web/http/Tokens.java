package dev.wnm.web.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who may give orders, by a file with a token a line, or a name and a token: {@code anna 3q2-…}. The file is read again when it has
 * changed: for a new token, add its line, hand it out, and then delete the old one. Lines with {@code #} in front do not count.
 *
 * <p>Tokens are compared by their digests and in constant time, so that how long an answer takes tells nothing of them.
 */
public final class Tokens {
  private static final System.Logger LOG = System.getLogger(Tokens.class.getName());
  private static final int RANDOM_BYTES = 32;
  /** Shorter ones could be guessed. */
  private static final int LEAST_CHARACTERS = 32;
  private static final int MOST_BYTES = 1 << 16;
  private static final Set<PosixFilePermission> OWNERS = EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final Path file;
  private FileTime readAt = FileTime.fromMillis(0);
  private long size = -1;
  private List<Entry> entries = List.of();

  private record Entry(String name, byte[] digest) {}

  private Tokens(Path file) {
    this.file = file;
  }

  /**
   * Those of a file, which is made with one new token where there is none.
   *
   * @throws IOException when it cannot be made or read, others than its owner may read it, or a line is no token; the message is a sentence
   */
  public static Tokens in(Path file) throws IOException {
    make(file);
    Tokens tokens = new Tokens(file);
    tokens.entries = read(file);
    tokens.remember();
    return tokens;
  }

  /** Whose it is; empty when it is nobody's. */
  synchronized Optional<String> nameOf(String token) {
    renew();
    byte[] digest = digest(token);
    Optional<String> name = Optional.empty();
    for (Entry entry : entries) {
      if (MessageDigest.isEqual(entry.digest(), digest)) {
        name = Optional.of(entry.name());
      }
    }
    return name;
  }

  /** A file that cannot be read any more lets nobody in. */
  private void renew() {
    try {
      if (!Files.getLastModifiedTime(file).equals(readAt) || Files.size(file) != size) {
        remember();
        entries = read(file);
      }
    } catch (IOException e) {
      if (!entries.isEmpty()) {
        LOG.log(System.Logger.Level.WARNING, "nobody may give orders: {0}", e.getMessage());
      }
      entries = List.of();
      size = -1;
    }
  }

  private void remember() throws IOException {
    readAt = Files.getLastModifiedTime(file);
    size = Files.size(file);
  }

  private static void make(Path file) throws IOException {
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    String line = "admin " + Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n";
    try {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNERS));
      Files.writeString(file, line, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException there) {
      // It is read next.
    } catch (IOException e) {
      throw new IOException("the token file " + file + " cannot be made: " + e, e);
    }
  }

  private static List<Entry> read(Path file) throws IOException {
    String what = "the token file " + file;
    List<String> lines;
    try {
      Set<PosixFilePermission> allowed = EnumSet.copyOf(Files.getPosixFilePermissions(file));
      allowed.removeAll(OWNERS);
      if (!allowed.isEmpty()) {
        throw new IOException(what + " may be used by others than its owner; chmod 600 " + file);
      }
      if (Files.size(file) > MOST_BYTES) {
        throw new IOException(what + " is larger than 64 KiB");
      }
      lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw String.valueOf(e.getMessage()).startsWith(what) ? e : new IOException(what + " cannot be read: " + e, e);
    }
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        entries.add(entry(line, what + ", line " + (i + 1)));
      }
    }
    return List.copyOf(entries);
  }

  private static Entry entry(String line, String where) throws IOException {
    String[] words = line.split("\\s+");
    String token = words[words.length - 1];
    String name = words.length == 1 ? "token" : words[0];
    if (words.length > 2 || !name.matches("[A-Za-z0-9_.@-]{1,32}") || token.length() < LEAST_CHARACTERS) {
      throw new IOException(where + ": it must be a token of " + LEAST_CHARACTERS + " characters or more, with a name in front if you like");
    }
    return new Entry(name, digest(token));
  }

  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("each Java has SHA-256", e);
    }
  }
}
