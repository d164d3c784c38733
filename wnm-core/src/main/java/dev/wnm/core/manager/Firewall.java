package dev.wnm.core.manager;

import dev.wnm.core.command.CommandFailedException;

/** Opens and closes UDP ports in the machine's firewall. Both operations are idempotent. */
public interface Firewall {
  /** Leaves the machine's firewall alone. */
  Firewall NONE = new Firewall() {
    @Override
    public void open(int udpPort, String comment) {}

    @Override
    public void close(int udpPort) {}
  };

  void open(int udpPort, String comment) throws CommandFailedException;

  void close(int udpPort) throws CommandFailedException;
}
