package dev.wnm.core.takeover;

import dev.wnm.core.model.DownCause;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeEnvironment;
import dev.wnm.core.model.NodeHealth;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.NodeFacts;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.model.NodePorts;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What becomes of one row: whatever its process manager knows for certain is believed, the rest stays.
 *
 * @param before the row as it was
 * @param after the row as it shall be
 */
record RowRepair(Node before, Node after) {

  /** The row with what its process manager says of the node. @param type its whole type */
  static RowRepair of(Node row, String type, FoundNode found, Instant now) {
    NodeFacts facts = found.facts();
    Node placed = row.toBuilder().managerType(type).placement(facts.placement().withKnownLogDir())
        .user(or(found.user(), row.user())).version(row.version().or(found::version)).ports(ports(row.ports(), found))
        .network(found.network().orElse(row.network())).wallet(found.wallet().orElse(row.wallet()))
        .peerId(or(row.peerId(), found.peerId().orElse("")))
        .createdAt(row.createdAt().equals(Instant.EPOCH) ? found.createdAt().orElse(Instant.EPOCH) : row.createdAt())
        .host(facts.host().orElse(row.host()))
        .environment(row.environment().isBlank() ? NodeEnvironment.print(found.environment()) : row.environment()).build();
    return new RowRepair(row, row.status() == NodeStatus.DEAD ? revived(placed, found, now) : placed);
  }

  /** The row with its whole type, where nothing else is known. */
  static RowRepair unmatched(Node row, String type) {
    return new RowRepair(row, with(row, row.id(), row.nodeName(), type));
  }

  /** The same under another number. */
  RowRepair renumbered(int id) {
    String name = after.nodeName().equals(fourDigits(after.id())) ? fourDigits(id) : after.nodeName();
    return new RowRepair(before, with(after, id, name, after.managerType()));
  }

  boolean changes() {
    return !before.equals(after);
  }

  /** Whether a port that the row named is another one in truth. */
  boolean movesPorts() {
    return before.ports().node() != after.ports().node() || !before.ports().metrics().equals(after.ports().metrics())
        || before.ports().rpc().isPresent() && !before.ports().rpc().equals(after.ports().rpc());
  }

  /** What changes, for the operator: {@code root_dir is …, no longer …; …}. */
  String sentence() {
    List<String> parts = new ArrayList<>();
    say(parts, "id", before.id(), after.id());
    say(parts, "manager_type", before.managerType(), after.managerType());
    say(parts, "service", before.service(), after.service());
    say(parts, "root_dir", before.rootDir(), after.rootDir());
    say(parts, "log_dir", before.logDir().map(Path::toString).orElse(""), after.logDir().map(Path::toString).orElse(""));
    say(parts, "binary", before.binary(), after.binary());
    say(parts, "version", before.version().map(Object::toString).orElse(""), after.version().map(Object::toString).orElse(""));
    say(parts, "port", before.ports().node(), after.ports().node());
    say(parts, "metrics_port", text(before.ports().metrics()), text(after.ports().metrics()));
    say(parts, "rpc_port", text(before.ports().rpc()), text(after.ports().rpc()));
    say(parts, "user", before.user(), after.user());
    say(parts, "network", before.network(), after.network());
    say(parts, "wallet", before.wallet(), after.wallet());
    say(parts, "host", before.host(), after.host());
    say(parts, "environment", before.environment(), after.environment());
    say(parts, "created", before.createdAt(), after.createdAt());
    say(parts, "peer_id", before.peerId(), after.peerId());
    say(parts, "status", before.status(), after.status());
    return String.join("; ", parts);
  }

  private static void say(List<String> parts, String name, Object before, Object after) {
    if (!Objects.equals(before, after)) {
      parts.add(name + " is " + after + (before.toString().isEmpty() ? "" : ", no longer " + before));
    }
  }

  /** A row that calls a node dead is an order to delete it, so it must be true. */
  private static Node revived(Node node, FoundNode found, Instant now) {
    if (found.state() instanceof ProcessState.Missing) {
      return node;
    }
    if (found.state() instanceof ProcessState.Running running) {
      return node.withStatus(NodeStatus.RUNNING, now).withHealth(NodeHealth.FRESH.recovered(running.pid()));
    }
    NodeHealth health = found.state() instanceof ProcessState.Unknown unknown
        ? NodeHealth.FRESH.silent(node.health().pid(), unknown.reason())
        : NodeHealth.FRESH.down(DownCause.STOPPED);
    return node.withStatus(NodeStatus.STOPPED, now).withHealth(health);
  }

  private static NodePorts ports(NodePorts row, FoundNode found) {
    return new NodePorts(or(found.nodePort(), row.node()), or(found.metricsPort(), row.metrics()), or(found.rpcPort(), row.rpc()),
        or(found.browserPort(), row.browsers()));
  }

  private static Node with(Node node, int id, String nodeName, String type) {
    return node.toBuilder().id(id).nodeName(nodeName).managerType(type).build();
  }

  private static String fourDigits(int id) {
    return String.format(Locale.ROOT, "%04d", id);
  }

  private static String text(OptionalInt port) {
    return port.isPresent() ? Integer.toString(port.getAsInt()) : "";
  }

  private static OptionalInt or(OptionalInt known, OptionalInt otherwise) {
    return known.isPresent() ? known : otherwise;
  }

  private static int or(OptionalInt known, int otherwise) {
    return known.orElse(otherwise);
  }

  private static String or(String known, String otherwise) {
    return known.isBlank() ? otherwise : known;
  }
}
