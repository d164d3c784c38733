package dev.wnm.core.model;

import dev.wnm.spi.model.NodePorts;
import dev.wnm.spi.model.Version;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One node as the store knows it: a row of the {@code node} table with its health.
 *
 * @param id its number, 1 or more, unique on the machine
 * @param containerId the row of the container it lives in, if any
 * @param managerType the process manager that runs it, such as {@code setsid+user}
 * @param nodeName its number in four digits, or the name an import brought
 * @param service the name its process manager knows it by, unique within its container
 * @param user the account it runs as
 * @param binary its own copy of antnode
 * @param version the version it last reported, if any
 * @param rootDir its data folder
 * @param logDir its log folder, where one is known
 * @param ports its ports
 * @param network the EVM network word, such as {@code evm-arbitrum-one}
 * @param wallet where its rewards go, {@code 0x} and 40 hex digits
 * @param peerId the last peer id it reported; empty when it never did
 * @param status what it is doing
 * @param statusAt when its status or its metrics were last written, whole seconds
 * @param metrics its last answer
 * @param createdAt when it was made, whole seconds (the column is called {@code age})
 * @param host the address its metrics are reached at
 * @param method the process manager that made it
 * @param layout version of the folder layout, {@code 1}
 * @param environment {@code K=v K2=v2} for its process; may be empty
 * @param health how it has been doing
 */
public record Node(
    int id,
    Optional<Integer> containerId,
    String managerType,
    String nodeName,
    String service,
    String user,
    Path binary,
    Optional<Version> version,
    Path rootDir,
    Optional<Path> logDir,
    NodePorts ports,
    String network,
    String wallet,
    String peerId,
    NodeStatus status,
    Instant statusAt,
    NodeMetrics metrics,
    Instant createdAt,
    String host,
    String method,
    String layout,
    String environment,
    NodeHealth health) {

  public Node {
    if (id < 1) {
      throw new IllegalArgumentException("node id " + id + " is below 1");
    }
    Objects.requireNonNull(service, "service");
    Objects.requireNonNull(status, "status");
  }

  /** Whether its version says anything about the fleet's: that of a node that is left alone does not. */
  public boolean countsForVersions() {
    return status != NodeStatus.DISABLED;
  }

  /** Whether its version is known and older than this one. A node whose version is unknown is never called outdated. */
  public boolean isOlderThan(Optional<Version> other) {
    return version.isPresent() && other.isPresent() && version.get().isOlderThan(other.get());
  }

  /** Whether its status is only what was last known of it, since nobody can say what has become of it. */
  public boolean isUnknown() {
    return health.downCause() == DownCause.UNKNOWN;
  }

  /**
   * Whether its process runs and has not answered for so long that it is to be started again now.
   *
   * @param missedProbes after how many probes in a row without an answer; 0 means never
   */
  public boolean isHung(int missedProbes, Instant now) {
    return missedProbes > 0 && status == NodeStatus.RUNNING && !isUnknown() && health.missedProbes() >= missedProbes
        && health.mayBeTried(now);
  }

  /** Whether it is down because it died again and again; a node that was started since has yet to show how it does. */
  public boolean isCrashLoop() {
    return status == NodeStatus.STOPPED && health.downCause() == DownCause.CRASH_LOOP;
  }

  /** Its status for a person: {@code UNKNOWN} where that is not known, else the status' name. */
  public String shownStatus() {
    return isUnknown() ? "UNKNOWN" : status.name();
  }

  /** What is known of it for a person: of a node that may be down by now nothing that ends with its process. */
  public NodeMetrics shownMetrics() {
    return isUnknown() ? metrics.withoutProcess() : metrics;
  }

  public Node withStatus(NodeStatus newStatus, Instant at) {
    return new Node(id, containerId, managerType, nodeName, service, user, binary, version, rootDir, logDir, ports, network,
        wallet, peerId, newStatus, at, metrics, createdAt, host, method, layout, environment, health);
  }

  public Node withHealth(NodeHealth newHealth) {
    return new Node(id, containerId, managerType, nodeName, service, user, binary, version, rootDir, logDir, ports, network,
        wallet, peerId, status, statusAt, metrics, createdAt, host, method, layout, environment, newHealth);
  }

  public Node withMetrics(NodeMetrics newMetrics) {
    return new Node(id, containerId, managerType, nodeName, service, user, binary, version, rootDir, logDir, ports, network,
        wallet, peerId, status, statusAt, newMetrics, createdAt, host, method, layout, environment, health);
  }

  public Node withVersion(Version newVersion) {
    return new Node(id, containerId, managerType, nodeName, service, user, binary, Optional.of(newVersion), rootDir, logDir,
        ports, network, wallet, peerId, status, statusAt, metrics, createdAt, host, method, layout, environment, health);
  }

  public Node withPeerId(String newPeerId) {
    return new Node(id, containerId, managerType, nodeName, service, user, binary, version, rootDir, logDir, ports, network,
        wallet, newPeerId, status, statusAt, metrics, createdAt, host, method, layout, environment, health);
  }

  public Node inContainer(int newContainerId) {
    return new Node(id, Optional.of(newContainerId), managerType, nodeName, service, user, binary, version, rootDir, logDir,
        ports, network, wallet, peerId, status, statusAt, metrics, createdAt, host, method, layout, environment, health);
  }

  public Node withHost(String newHost) {
    return new Node(id, containerId, managerType, nodeName, service, user, binary, version, rootDir, logDir, ports, network,
        wallet, peerId, status, statusAt, metrics, createdAt, newHost, method, layout, environment, health);
  }

  public Node payingTo(String newWallet) {
    return new Node(id, containerId, managerType, nodeName, service, user, binary, version, rootDir, logDir, ports, network,
        newWallet, peerId, status, statusAt, metrics, createdAt, host, method, layout, environment, health);
  }

  /** The same with where its process manager really put it. */
  public Node placedAt(String newService, Path newBinary, Path newRootDir, Optional<Path> newLogDir) {
    return new Node(id, containerId, managerType, nodeName, newService, user, newBinary, version, newRootDir, newLogDir, ports,
        network, wallet, peerId, status, statusAt, metrics, createdAt, host, method, layout, environment, health);
  }
}
