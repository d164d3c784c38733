package dev.wnm.spi.internal.files;

import dev.wnm.spi.internal.trust.ProcessAccount;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;

/**
 * Whose a file is.
 *
 * @param user its account
 * @param group its group
 */
public record FileOwner(UserPrincipal user, GroupPrincipal group) {
  private static final int ROOT = 0;
  private static final FileOwner ME = ofThisProcess();

  /** The account and group of these numbers, whether they have names or not. */
  public static FileOwner of(int uid, int gid) throws IOException {
    UserPrincipalLookupService accounts = FileSystems.getDefault().getUserPrincipalLookupService();
    return new FileOwner(accounts.lookupPrincipalByName(Integer.toString(uid)),
        accounts.lookupPrincipalByGroupName(Integer.toString(gid)));
  }

  /** Who runs this process. */
  public static FileOwner me() {
    return ME;
  }

  private static FileOwner ofThisProcess() {
    ProcessAccount process = ProcessAccount.current();
    try {
      return of(process.uid(), process.gid());
    } catch (IOException e) {
      throw new IllegalStateException("the account of this process cannot be told: " + e, e);
    }
  }

  /** Whether this is who runs this process, or root, who could do all of it anyway. */
  public static boolean isMeOrRoot(UserPrincipal user) throws IOException {
    return user.equals(ME.user()) || user.equals(of(ROOT, ROOT).user());
  }
}
