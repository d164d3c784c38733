package dev.wnm.core.execution;

import com.google.gson.Gson;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.spi.model.Version;
import dev.wnm.spi.program.NodeProgram;
import dev.wnm.spi.program.NodePrograms;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What the journal keeps of a node that an operation is about to touch: enough to find it, adopt it or undo it. Its parts are the
 * JSON's names, which other versions of wnm write and read, too; in it a port of a node without one is 0, and a program that
 * is missing is the usual one.
 */
public record JournaledNode(
    int id, @Nullable Integer containerId, String managerType, String nodeName, String service, String user, String binary,
    String version, String rootDir, String logDir, int port, int metricsPort, int rpcPort, String network, String wallet, String host,
    String environment, long createdAt, @Nullable String program, int browserPort) {
  private static final Gson GSON = new Gson();

  /** The plan's text. */
  public static String toJson(Node node) {
    return GSON.toJson(new JournaledNode(node.id(), node.containerId().orElse(null), node.managerType(), node.nodeName(),
        node.service(), node.user(), node.binary().toString(), node.version().map(Version::text).orElse(""), node.rootDir().toString(),
        node.logDir().map(Path::toString).orElse(""), node.ports().node(), node.ports().metrics().orElse(0), node.ports().rpc().orElse(0),
        node.network(), node.wallet(), node.host(), node.environment(), node.createdAt().getEpochSecond(),
        node.program().name(), node.ports().browsers().orElse(0)));
  }

  /** The node as it was planned: stopped, nothing reported yet. Empty when the text is no plan, whatever else it is. */
  public static Optional<Node> read(String json) {
    try {
      return Optional.of(node(GSON.fromJson(json, JournaledNode.class)));
    } catch (RuntimeException | StackOverflowError e) {
      return Optional.empty();
    }
  }

  private static Node node(JournaledNode plan) {
    Instant createdAt = Instant.ofEpochSecond(plan.createdAt);
    NodePlacement placement = new NodePlacement(plan.service, Path.of(plan.rootDir),
        plan.logDir.isEmpty() ? Optional.empty() : Optional.of(Path.of(plan.logDir)), Path.of(plan.binary));
    NodePorts ports = NodePorts.of(plan.port).withMetrics(port(plan.metricsPort)).withBrowsers(port(plan.browserPort));
    NodeProgram program = plan.program == null ? NodePrograms.usual() : NodePrograms.named(plan.program).orElseThrow();
    return Node.builder(plan.id, plan.managerType, placement, plan.rpcPort == 0 ? ports : ports.withRpc(plan.rpcPort))
        .program(program).containerId(Optional.ofNullable(plan.containerId)).nodeName(plan.nodeName).user(plan.user)
        .version(Version.parse(plan.version)).network(plan.network).wallet(plan.wallet).status(NodeStatus.STOPPED, createdAt)
        .createdAt(createdAt).host(plan.host).environment(plan.environment).build();
  }

  private static OptionalInt port(int number) {
    return number == 0 ? OptionalInt.empty() : OptionalInt.of(number);
  }
}
