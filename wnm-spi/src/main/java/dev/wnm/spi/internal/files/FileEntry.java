package dev.wnm.spi.internal.files;

import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.util.Set;

/**
 * What a name in a folder stands for, as it was when it was looked at: of a link, the link itself.
 *
 * @param kind what it is
 * @param owner whose it is
 * @param permissions what others may do with it
 * @param size of a file, in bytes
 * @param writtenAt when it was last written
 */
public record FileEntry(Kind kind, UserPrincipal owner, Set<PosixFilePermission> permissions, long size, Instant writtenAt) {
  /** What a name stands for. */
  public enum Kind {
    FILE,
    FOLDER,
    LINK,
    /** A pipe, a socket or a device: opening one may wait for ever. */
    OTHER
  }

  static FileEntry of(PosixFileAttributes attributes) {
    Kind kind = attributes.isRegularFile() ? Kind.FILE : attributes.isDirectory() ? Kind.FOLDER
        : attributes.isSymbolicLink() ? Kind.LINK : Kind.OTHER;
    return new FileEntry(kind, attributes.owner(), Set.copyOf(attributes.permissions()), attributes.size(),
        attributes.lastModifiedTime().toInstant());
  }

  public boolean isFolder() {
    return kind == Kind.FOLDER;
  }

  public boolean isFile() {
    return kind == Kind.FILE;
  }

  /** Whether group or others may write to it. */
  public boolean isOpenToOthers() {
    return permissions.contains(PosixFilePermission.GROUP_WRITE) || permissions.contains(PosixFilePermission.OTHERS_WRITE);
  }
}
