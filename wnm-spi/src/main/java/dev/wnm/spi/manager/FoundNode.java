package dev.wnm.spi.manager;

import dev.wnm.spi.model.Version;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A node that a survey found on the machine.
 *
 * @param facts where it is
 * @param id the number in its name, if any
 * @param nodePort its UDP port, if known
 * @param metricsPort its metrics port, if it has one; a node without one cannot be managed
 * @param rpcPort its RPC port, if any
 * @param wallet where its rewards go, if known
 * @param network the EVM network word, if known
 * @param user the account it runs as
 * @param environment its variables
 * @param version its version, if known
 * @param peerId its peer id; empty when unknown
 * @param createdAt when it was made: the time of its {@code secret-key}; {@link Instant#EPOCH} when unknown
 * @param state what its process does
 */
public record FoundNode(
    NodeFacts facts,
    OptionalInt id,
    OptionalInt nodePort,
    OptionalInt metricsPort,
    OptionalInt rpcPort,
    Optional<String> wallet,
    Optional<String> network,
    String user,
    Map<String, String> environment,
    Optional<Version> version,
    String peerId,
    Instant createdAt,
    ProcessState state) {}
