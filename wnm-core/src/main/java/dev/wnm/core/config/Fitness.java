package dev.wnm.core.config;

/**
 * What of the machine a value must fit, beside being allowed. It is asked where a value is new: at {@code --init} of all, later
 * of those that change. The values in force are not asked again: a disk or a program that goes away is no mistake in a setting.
 */
public enum Fitness {
  /** Nothing. */
  NONE,
  /** A folder that is there or can be made, on a file system with room, where nodes may live. */
  NODE_STORAGE,
  /** A program that is antnode. */
  ANTNODE,
  /** Ports that nothing else holds, for every node that may be. */
  PORTS,
  /** What the process manager works with. */
  MANAGER,
  /** A firewall that is there. */
  FIREWALL
}
