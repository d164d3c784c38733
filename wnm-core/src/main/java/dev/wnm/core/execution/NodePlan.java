package dev.wnm.core.execution;

import com.google.gson.Gson;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeHealth;
import dev.wnm.core.model.NodeMetrics;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.spi.model.Version;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** What the journal keeps of a node that an operation is about to touch: enough to find it, adopt it or undo it. */
public record NodePlan(
    int id, Integer containerId, String managerType, String nodeName, String service, String user, String binary, String version,
    String rootDir, String logDir, int port, int metricsPort, int rpcPort, String network, String wallet, String host,
    String environment, long createdAt, String reason) {
  private static final Gson GSON = new Gson();

  /** @param reason why the operation is done, for whoever reads the journal later */
  public static String toJson(Node node, String reason) {
    return GSON.toJson(new NodePlan(node.id(), node.containerId().orElse(null), node.managerType(), node.nodeName(),
        node.service(), node.user(), node.binary().toString(), node.version().map(Version::text).orElse(""), node.rootDir().toString(),
        node.logDir().map(Path::toString).orElse(""), node.ports().node(), node.ports().metrics(), node.ports().rpc(),
        node.network(), node.wallet(), node.host(), node.environment(), node.createdAt().getEpochSecond(), reason));
  }

  /** The node as it was planned: stopped, nothing reported yet. Empty when the text is no plan, whatever else it is. */
  public static Optional<Node> read(String json) {
    try {
      return Optional.of(node(GSON.fromJson(json, NodePlan.class)));
    } catch (RuntimeException | StackOverflowError e) {
      return Optional.empty();
    }
  }

  private static Node node(NodePlan plan) {
    Instant createdAt = Instant.ofEpochSecond(plan.createdAt);
    return new Node(plan.id, Optional.ofNullable(plan.containerId), plan.managerType, plan.nodeName, plan.service, plan.user,
        Path.of(plan.binary), Version.parse(plan.version), Path.of(plan.rootDir),
        plan.logDir.isEmpty() ? Optional.empty() : Optional.of(Path.of(plan.logDir)),
        new NodePorts(plan.port, plan.metricsPort, plan.rpcPort), plan.network, plan.wallet, "", NodeStatus.STOPPED,
        createdAt, NodeMetrics.NONE, createdAt, plan.host, plan.managerType, "1", plan.environment, NodeHealth.FRESH);
  }
}
