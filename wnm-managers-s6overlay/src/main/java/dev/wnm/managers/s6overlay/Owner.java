package dev.wnm.managers.s6overlay;

import dev.wnm.core.manager.CannotException;
import dev.wnm.core.manager.ManagerContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Whose the nodes and their files are, inside the containers and on this machine.
 *
 * @param uid the user's number, never 0
 * @param gid the group's number, never 0
 * @param isMe whether wnm runs as that user, so that files need not be given away
 */
record Owner(int uid, int gid, boolean isMe) {
  /**
   * The account that the settings name, else the one that owns the node storage or will.
   *
   * @param myUid the number of the account that wnm runs as
   * @throws CannotException when nodes cannot run as it
   */
  static Owner of(ManagerContext context, int myUid, int myGid) throws CannotException {
    Path owned = Stream.iterate(context.nodeStorage().toAbsolutePath(), path -> path != null, Path::getParent)
        .limit(1).filter(Files::exists).findFirst().orElse(null);
    int uid = context.setting("ant_uid").map(Integer::parseInt).orElseGet(() -> numberOf(owned, "unix:uid", myUid));
    int gid = context.setting("ant_gid").map(Integer::parseInt).orElseGet(() -> numberOf(owned, "unix:gid", myGid));
    if (uid == 0) {
      throw CannotException.forGood("nodes never run as root, who owns node_storage " + context.nodeStorage()
          + "; give that folder another owner, or say with --ant_uid and --ant_gid as whom nodes run");
    }
    if (gid == 0) {
      throw CannotException.forGood("nodes never run in root's group, which node_storage " + context.nodeStorage()
          + " belongs to; give that folder another group, or name one with --ant_gid");
    }
    if (myUid != 0 && myUid != uid) {
      throw CannotException.forGood("nodes would run as user " + uid + ", whose files wnm may not touch as user " + myUid
          + "; run wnm as root or as that user, or give --ant_uid " + myUid);
    }
    return new Owner(uid, gid, myUid == uid);
  }

  private static int numberOf(Path path, String attribute, int otherwise) {
    try {
      return path == null ? otherwise : (Integer) Files.getAttribute(path, attribute);
    } catch (IOException e) {
      return otherwise;
    }
  }

  /** Gives a file or folder to it; a link itself, never what it points at. */
  void give(Path path) throws IOException {
    if (!isMe) {
      Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
    }
  }
}
