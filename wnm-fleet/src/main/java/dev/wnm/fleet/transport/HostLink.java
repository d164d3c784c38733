package dev.wnm.fleet.transport;

import dev.wnm.fleet.model.HostState;
import java.util.Optional;

/** A host's end of a transport. Gives wishes and questions to the host's {@link HostDesk}, the wish that is kept first. */
public interface HostLink extends AutoCloseable {
  /**
   * What came of saying how it stands.
   *
   * @param isOut whether it is known to have got out
   * @param trouble why not, a sentence; empty when it has
   * @param twin the boot id of another machine that speaks under this host's name, if one was noticed
   */
  record Said(boolean isOut, String trouble, Optional<String> twin) {
    /** It is out. */
    public static final Said OUT = new Said(true, "", Optional.empty());

    /** It is not known to be out. */
    public static Said not(String why) {
      return new Said(false, why, Optional.empty());
    }
  }

  /** Says how it stands; waits some seconds at most. What was not said is said with the next state, and nothing after what was looked at later. */
  Said say(HostState state);

  @Override
  void close();
}
