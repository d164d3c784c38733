package dev.wnm.spi.manager;

import dev.wnm.spi.model.Version;
import java.util.Optional;

/**
 * Reads which version a node's binary is, as the account that the node runs as. Core asks of a node that was found stopped, whose
 * program may have replaced its binary and ended for that: then it is started again, and did not die.
 */
public interface ReadsVersions extends Capability {
  /** The version of a node's binary as it is on the disk; empty where it cannot be told. */
  Optional<Version> version(NodeSpec node);
}
