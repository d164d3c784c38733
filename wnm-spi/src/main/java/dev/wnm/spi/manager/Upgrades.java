package dev.wnm.spi.manager;

/** Moves nodes to another binary by itself, as a tool does that fetches and installs it. */
public interface Upgrades extends Capability {
  /** Moves a node to the binary {@link NodeSpec#source()} and starts it again. */
  OperationResult upgrade(NodeSpec node);
}
