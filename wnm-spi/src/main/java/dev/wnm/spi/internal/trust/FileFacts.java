package dev.wnm.spi.internal.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * Who owns a file, and what may be done with it; of the link itself where the path is one.
 *
 * @param owner the account's name, or its number where it has none
 * @param mode type and permissions as {@code stat} gives them
 */
record FileFacts(int uid, int gid, String owner, int mode) {
  private static final int TYPE = 0170000;
  private static final int LINK = 0120000;
  private static final int FOLDER = 0040000;
  private static final int CHARACTER_DEVICE = 0020000;
  private static final int BLOCK_DEVICE = 0060000;
  private static final int STICKY = 01000;
  private static final int GROUP_WRITES = 0020;
  private static final int OTHERS_WRITE = 0002;

  /** @throws java.nio.file.NoSuchFileException when there is nothing of that name */
  static FileFacts of(Path path) throws IOException {
    Map<String, Object> facts = Files.readAttributes(path, "unix:uid,gid,owner,mode", LinkOption.NOFOLLOW_LINKS);
    return new FileFacts((Integer) fact(facts, "uid"), (Integer) fact(facts, "gid"), fact(facts, "owner").toString(),
        (Integer) fact(facts, "mode"));
  }

  /** One of those asked for: Java gives every one of them, or throws. */
  private static Object fact(Map<String, Object> facts, String name) {
    return Objects.requireNonNull(facts.get(name), name);
  }

  boolean isLink() {
    return (mode & TYPE) == LINK;
  }

  boolean isFolder() {
    return (mode & TYPE) == FOLDER;
  }

  /** Reading one gives what the kernel makes, whoever may write to it. */
  boolean isDevice() {
    return (mode & TYPE) == CHARACTER_DEVICE || (mode & TYPE) == BLOCK_DEVICE;
  }

  /** In a sticky folder everybody may make files, and change or take away his own only. */
  boolean isSticky() {
    return isFolder() && (mode & STICKY) != 0;
  }

  boolean groupWrites() {
    return (mode & GROUP_WRITES) != 0;
  }

  boolean othersWrite() {
    return (mode & OTHERS_WRITE) != 0;
  }

  /** The permissions as {@code chmod} takes them, such as 0775. */
  String permissions() {
    return "%04o".formatted(mode & 07777);
  }
}
