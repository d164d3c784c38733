package dev.wnm.spi.internal.trust;

import com.sun.security.auth.module.UnixSystem;

/**
 * The account that this process works as.
 *
 * @param uid its number; -1 where the system does not tell, and then its name is compared
 * @param gid the number of its own group; -1 where the system does not tell, and then no group is its own
 * @param name its name
 */
public record ProcessAccount(int uid, int gid, String name) {
  private static final ProcessAccount OF_THIS_PROCESS = ofThisProcess();

  /** Asked once: no process of ours changes its account. */
  public static ProcessAccount current() {
    return OF_THIS_PROCESS;
  }

  public boolean isRoot() {
    return uid == 0 || uid < 0 && name.equals("root");
  }

  boolean owns(FileFacts file) {
    return uid >= 0 ? file.uid() == uid : file.owner().equals(name);
  }

  /** Whether this is the account's own group, which a umask of 002 lets write. Root has no such habits. */
  boolean hasGroup(FileFacts file) {
    return !isRoot() && gid >= 0 && file.gid() == gid;
  }

  private static ProcessAccount ofThisProcess() {
    String name = System.getProperty("user.name", "");
    try {
      UnixSystem system = new UnixSystem();
      return new ProcessAccount((int) system.getUid(), (int) system.getGid(), name);
    } catch (LinkageError e) {
      return new ProcessAccount(-1, -1, name); // no Unix
    }
  }
}
