package dev.wnm.managers.antdaemon;

import dev.wnm.spi.manager.NodeFacts;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.Version;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A node as the daemon lists it.
 *
 * @param id the number that it calls it by
 * @param service its name
 * @param wallet where its rewards go
 * @param dataDir its data folder
 * @param logDir its log folder; empty where it keeps no log
 * @param nodePort its UDP port; empty where it takes any
 * @param binary its copy of ant-node
 * @param version what that was when the daemon last looked
 * @param environment the variables that the daemon gives it
 * @param network the EVM network, as ant-node calls it
 * @param eviction how the daemon evicted it, if it did
 * @param status the daemon's word for what it does
 * @param pid its process as the daemon knows it; of one that died, the last one, until it is started again
 * @param up how long that has run
 */
record Entry(int id, String service, String wallet, Path dataDir, Optional<Path> logDir, OptionalInt nodePort, Path binary,
    Optional<Version> version, Map<String, String> environment, String network, Optional<Eviction> eviction, String status,
    OptionalLong pid, Optional<Duration> up) {
  /**
   * That the daemon has stopped a node and deleted its folder, key included, since the disk was full.
   *
   * @param reason the daemon's words
   * @param at when
   * @param freedBytes how much room that made
   */
  record Eviction(String reason, Instant at, long freedBytes) {
    /** In words that follow the node's name. */
    String inWords() {
      return "was evicted by the ant daemon at " + at + ": " + reason;
    }
  }

  Entry {
    environment = Map.copyOf(environment);
  }

  boolean isCalledRunning() {
    return status.equals("running") || status.equals("upgrade_scheduled");
  }

  /** Whether it is the node that wnm knows: after a reset of the daemon, names begin anew. */
  boolean isThat(NodeSpec node) {
    return service.equals(node.service()) && dataDir.equals(node.rootDir());
  }

  /** Its log folder; where it keeps no log, the folder into which the daemon writes what it prints. */
  Path logs() {
    return logDir.orElse(dataDir);
  }

  NodeFacts facts(OptionalLong process) {
    return NodeFacts.at(NodePlacement.of(service, dataDir).withLogDir(logs()).withBinary(binary)).withVersion(version).withPid(process);
  }
}
