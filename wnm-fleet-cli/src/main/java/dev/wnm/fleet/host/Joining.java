package dev.wnm.fleet.host;

import dev.wnm.fleet.model.WishAnswer;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.transport.FleetTransport;
import dev.wnm.fleet.transport.Invitation;
import dev.wnm.fleet.transport.PrivateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/** Takes a machine into a fleet. */
public final class Joining {
  private static final int ID_BYTES = 16;

  private Joining() {}

  /**
   * Takes this machine into the fleet that an invitation is of, in the place of one that it was in.
   *
   * @param allowed names of settings that may be changed from afar beside those that every host allows
   */
  public static void join(Path path, Invitation invitation, FleetTransport transport, Set<String> allowed) throws FleetException, IOException {
    PrivateFolder folder = PrivateFolder.at(path);
    boolean isHeld = isHeld(folder);
    transport.join(path, invitation);
    byte[] id = new byte[ID_BYTES];
    new SecureRandom().nextBytes(id);
    new HostFile(invitation.fleet(), invitation.transport(), invitation.host(), invitation.labels(), HexFormat.of().formatHex(id), 0, WishAnswer.NONE, isHeld, allowed)
        .keep(folder);
  }

  /** Whether a fleet has put this machine on hold: the one that it joins can end that. */
  private static boolean isHeld(PrivateFolder folder) throws IOException {
    try {
      return HostFile.in(folder).held();
    } catch (FleetException none) {
      return false;
    }
  }
}
