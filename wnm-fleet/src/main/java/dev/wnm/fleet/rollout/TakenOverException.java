package dev.wnm.fleet.rollout;

import dev.wnm.fleet.transport.FleetException;

/** Another run drives the roll-out; nothing was done. */
public final class TakenOverException extends FleetException {
  private static final long serialVersionUID = 1;

  TakenOverException(RollOut rollOut) {
    super("the roll-out " + rollOut.id() + " is driven by " + rollOut.owner() + "; 'rollout resume' takes it over");
  }
}
