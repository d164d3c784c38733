package dev.wnm.managers.support.docker;

import dev.wnm.spi.internal.trust.ProcessAccount;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.OperationFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whose the nodes and their files are, inside the containers and on this machine.
 *
 * @param uid the user's number, never 0
 * @param gid the group's number, never 0
 * @param myUid the number of the account that wnm runs as: the same, or root's
 */
public record Owner(int uid, int gid, int myUid) {
  /**
   * The account that the settings name, else the one that owns the node storage or will.
   *
   * @throws OperationFailedException when nodes cannot run as it
   */
  public static Owner of(ManagerContext context) throws OperationFailedException {
    ProcessAccount me = ProcessAccount.current();
    int myUid = me.uid();
    Path storage = context.nodeStorage();
    int uid = context.find(DockerOptions.UID).orElse(numberOf(storage, "unix:uid", myUid));
    int gid = context.find(DockerOptions.GID).orElse(numberOf(storage, "unix:gid", me.gid()));
    if (uid == 0) {
      throw OperationFailedException.forGood("nodes never run as root, who owns node_storage " + storage
          + "; give that folder another owner, or say with --ant_uid and --ant_gid as whom nodes run");
    }
    if (gid == 0) {
      throw OperationFailedException.forGood("nodes never run in root's group, which node_storage " + storage
          + " belongs to; give that folder another group, or name one with --ant_gid");
    }
    if (myUid != 0 && myUid != uid) {
      throw OperationFailedException.forGood("nodes would run as user " + uid + ", whose files wnm may not touch as user " + myUid
          + "; run wnm as root or as that user, or give --ant_uid " + myUid);
    }
    return new Owner(uid, gid, myUid);
  }

  /** Whether wnm runs as that user, so that files need not be given away. */
  public boolean isMe() {
    return myUid == uid;
  }

  /** Whether wnm runs as root. */
  public boolean byRoot() {
    return myUid == 0;
  }

  /** Both numbers, as docker writes them. */
  public String numbers() {
    return uid + ":" + gid;
  }

  private static int numberOf(Path path, String attribute, int otherwise) {
    try {
      return Files.exists(path) ? (Integer) Files.getAttribute(path, attribute) : otherwise;
    } catch (IOException e) {
      return otherwise;
    }
  }
}
