package dev.wnm.spi.manager;

import java.util.Set;

/** Keeps ports for nodes that are gone. */
public interface ReservesPorts extends Capability {
  /**
   * Ports that this process manager would refuse to give to a new node though nothing listens on them. Asked before new nodes
   * are planned.
   *
   * @throws ManagerUnavailableException when it cannot tell
   */
  Set<Integer> reservedPorts() throws ManagerUnavailableException;
}
