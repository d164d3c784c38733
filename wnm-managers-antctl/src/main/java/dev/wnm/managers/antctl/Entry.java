package dev.wnm.managers.antctl;

import dev.wnm.spi.manager.NodeFacts;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.Version;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A node as antctl's registry has it.
 *
 * @param service antctl's name for it, {@code antnode<number>}
 * @param number the one in the name
 * @param status {@code Added}, {@code Running}, {@code Stopped}, {@code Removed}, or a word that wnm does not know
 * @param nodePort its UDP port, where antctl knows it
 * @param metricsPort its metrics port, where it was given one
 * @param rpcPort its RPC port
 * @param dataDir its data folder
 * @param logDir its log folder
 * @param binary its copy of antnode
 * @param wallet where its rewards go; empty when missing
 * @param network the EVM network word, as antnode's command line has it; antctl's own word where that is not known;
 *     empty when missing
 * @param version of its binary
 * @param peerId empty before its first start
 * @param user the account it runs as; empty in user mode
 */
record Entry(
    String service, OptionalInt number, String status, OptionalInt nodePort, OptionalInt metricsPort, OptionalInt rpcPort,
    Path dataDir, Path logDir, Path binary, String wallet, Optional<String> network, Optional<Version> version,
    String peerId, String user) {

  /** Whether the node is gone; antctl keeps its entry, its number and its ports until a reset. */
  boolean isRemoved() {
    return status.equals("Removed");
  }

  boolean isRunning() {
    return status.equals("Running");
  }

  /** Whether antctl has started it; one whose start it could not confirm stays {@code Added}. */
  boolean mayRun() {
    return isRunning() || status.equals("Added");
  }

  /** Whether its status is one of antctl's four. */
  boolean isUnderstood() {
    return Set.of("Added", "Running", "Stopped", "Removed").contains(status);
  }

  Set<Integer> ports() {
    return Stream.of(nodePort, metricsPort, rpcPort).flatMapToInt(OptionalInt::stream).boxed().collect(Collectors.toSet());
  }

  /** The node as antctl lists it, with its process as far as that is known. */
  NodeFacts facts(OptionalLong pid) {
    return NodeFacts.at(NodePlacement.of(service, dataDir).withLogDir(logDir).withBinary(binary)).withVersion(version).withPid(pid);
  }
}
