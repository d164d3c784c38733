package dev.wnm.core.model;

import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.spi.model.Version;
import dev.wnm.spi.program.LogPosition;
import dev.wnm.spi.program.NodeProgram;
import dev.wnm.spi.program.NodePrograms;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One node as the store knows it: a row of the {@code node} table with its health. Made with {@link #builder} and
 * {@link #toBuilder}, so that its parts are named wherever one is made or changed.
 *
 * @param id its number, 1 or more, unique on the machine
 * @param containerId the row of the container it lives in, if any
 * @param managerType the process manager that runs it, such as {@code setsid+user}
 * @param nodeName its number in four digits, or the name an import brought
 * @param placement where it is; its service is unique within its container
 * @param user the account it runs as
 * @param program the program that it is a process of
 * @param version the version it last reported, if any
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
 * @param logPosition how far its log was read
 */
public record Node(
    int id,
    Optional<Integer> containerId,
    String managerType,
    String nodeName,
    NodePlacement placement,
    String user,
    NodeProgram program,
    Optional<Version> version,
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
    NodeHealth health,
    LogPosition logPosition) {

  public Node {
    if (id < 1) {
      throw new IllegalArgumentException("node id " + id + " is below 1");
    }
    Objects.requireNonNull(placement, "placement");
    Objects.requireNonNull(status, "status");
  }

  /**
   * A node that is stopped, of which nothing is known but this: made by the process manager that runs it, in no container, named
   * by its number in four digits, at {@code 127.0.0.1}, on the main network, healthy, until told otherwise.
   */
  public static Builder builder(int id, String managerType, NodePlacement placement, NodePorts ports) {
    return new Builder(id, managerType, placement, ports);
  }

  /** The same node, to be changed part by part. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** The name its process manager knows it by. */
  public String service() {
    return placement.service();
  }

  /** Its data folder. */
  public Path rootDir() {
    return placement.rootDir();
  }

  /** Its log folder, where one is known. */
  public Optional<Path> logDir() {
    return placement.logDir();
  }

  /** Its own copy of its program. */
  public Path binary() {
    return placement.binary();
  }

  /** Whether its version says anything about the fleet's: that of a node that is left alone does not. */
  public boolean countsForVersions() {
    return status != NodeStatus.DISABLED;
  }

  /**
   * Whether its version is known and this one of the same program takes its place. A node whose version is unknown is never called
   * outdated.
   */
  public boolean isOutdatedBy(Optional<Release> other) {
    return version.isPresent() && other.isPresent() && isOf(other.get().program()) && other.get().replaces(version.get());
  }

  /** Whether it is a process of this program. */
  public boolean isOf(NodeProgram other) {
    return program.name().equals(other.name());
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
    return toBuilder().status(newStatus, at).build();
  }

  public Node withHealth(NodeHealth newHealth) {
    return toBuilder().health(newHealth).build();
  }

  public Node withMetrics(NodeMetrics newMetrics) {
    return toBuilder().metrics(newMetrics).build();
  }

  public Node withVersion(Version newVersion) {
    return toBuilder().version(Optional.of(newVersion)).build();
  }

  public Node withPeerId(String newPeerId) {
    return toBuilder().peerId(newPeerId).build();
  }

  public Node inContainer(int newContainerId) {
    return toBuilder().containerId(Optional.of(newContainerId)).build();
  }

  public Node withHost(String newHost) {
    return toBuilder().host(newHost).build();
  }

  public Node payingTo(String newWallet) {
    return toBuilder().wallet(newWallet).build();
  }

  /** The same where its process manager really put it. */
  public Node placedAt(NodePlacement newPlacement) {
    return toBuilder().placement(newPlacement).build();
  }

  /** A node, part by part. */
  public static final class Builder {
    private static final int NAME_DIGITS = 4;

    private int id;
    private Optional<Integer> containerId = Optional.empty();
    private String managerType;
    private String nodeName;
    private NodePlacement placement;
    private String user = "";
    private NodeProgram program = NodePrograms.usual();
    private Optional<Version> version = Optional.empty();
    private NodePorts ports;
    private String network = "evm-arbitrum-one";
    private String wallet = "";
    private String peerId = "";
    private NodeStatus status = NodeStatus.STOPPED;
    private Instant statusAt = Instant.EPOCH;
    private NodeMetrics metrics = NodeMetrics.NONE;
    private Instant createdAt = Instant.EPOCH;
    private String host = "127.0.0.1";
    private String method;
    private String layout = "1";
    private String environment = "";
    private NodeHealth health = NodeHealth.FRESH;
    private LogPosition logPosition = LogPosition.START;

    private Builder(int id, String managerType, NodePlacement placement, NodePorts ports) {
      this.id = id;
      this.managerType = managerType;
      this.placement = placement;
      this.ports = ports;
      // Not String.format, which takes a tenth of all that reading a row does.
      String digits = Integer.toString(id);
      nodeName = "0".repeat(Math.max(0, NAME_DIGITS - digits.length())) + digits;
      method = managerType;
    }

    private Builder(Node node) {
      id = node.id;
      containerId = node.containerId;
      managerType = node.managerType;
      nodeName = node.nodeName;
      placement = node.placement;
      user = node.user;
      program = node.program;
      version = node.version;
      ports = node.ports;
      network = node.network;
      wallet = node.wallet;
      peerId = node.peerId;
      status = node.status;
      statusAt = node.statusAt;
      metrics = node.metrics;
      createdAt = node.createdAt;
      host = node.host;
      method = node.method;
      layout = node.layout;
      environment = node.environment;
      health = node.health;
      logPosition = node.logPosition;
    }

    public Builder id(int newId) {
      id = newId;
      return this;
    }

    public Builder containerId(Optional<Integer> newContainerId) {
      containerId = newContainerId;
      return this;
    }

    /** Another process manager to run it; the one that made it stays. */
    public Builder managerType(String newManagerType) {
      managerType = newManagerType;
      return this;
    }

    public Builder nodeName(String newNodeName) {
      nodeName = newNodeName;
      return this;
    }

    public Builder placement(NodePlacement newPlacement) {
      placement = newPlacement;
      return this;
    }

    public Builder user(String newUser) {
      user = newUser;
      return this;
    }

    public Builder program(NodeProgram newProgram) {
      program = newProgram;
      return this;
    }

    public Builder version(Optional<Version> newVersion) {
      version = newVersion;
      return this;
    }

    public Builder ports(NodePorts newPorts) {
      ports = newPorts;
      return this;
    }

    public Builder network(String newNetwork) {
      network = newNetwork;
      return this;
    }

    public Builder wallet(String newWallet) {
      wallet = newWallet;
      return this;
    }

    public Builder peerId(String newPeerId) {
      peerId = newPeerId;
      return this;
    }

    /** @param at when it took this status */
    public Builder status(NodeStatus newStatus, Instant at) {
      status = newStatus;
      statusAt = at;
      return this;
    }

    public Builder metrics(NodeMetrics newMetrics) {
      metrics = newMetrics;
      return this;
    }

    public Builder createdAt(Instant newCreatedAt) {
      createdAt = newCreatedAt;
      return this;
    }

    public Builder host(String newHost) {
      host = newHost;
      return this;
    }

    public Builder method(String newMethod) {
      method = newMethod;
      return this;
    }

    public Builder layout(String newLayout) {
      layout = newLayout;
      return this;
    }

    public Builder environment(String newEnvironment) {
      environment = newEnvironment;
      return this;
    }

    public Builder logPosition(LogPosition newLogPosition) {
      logPosition = newLogPosition;
      return this;
    }

    public Builder health(NodeHealth newHealth) {
      health = newHealth;
      return this;
    }

    public Node build() {
      return new Node(id, containerId, managerType, nodeName, placement, user, program, version, ports, network, wallet, peerId, status,
          statusAt, metrics, createdAt, host, method, layout, environment, health, logPosition);
    }
  }
}
