package dev.wnm.core.cycle;

import dev.wnm.core.config.Options;
import dev.wnm.core.execution.NodeOutcome;
import dev.wnm.core.model.Fleet;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.OperationKind;
import dev.wnm.core.state.RenewalOrder;
import dev.wnm.spi.manager.KeepsKeys;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationResult;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Nodes of another program than the present one give way to new nodes, the oldest first, one for one. The one that comes is made by
 * the usual rules of growth, for which there is room for one node more while an order stands. The one that goes is removed as any
 * other is, once as many new nodes run and are well as were to take a place by then, and once a copy of its key is on the disk.
 */
final class Renewal {
  private static final System.Logger LOG = System.getLogger(Renewal.class.getName());
  private static final String REASON = "renewal: a new node has taken its place";
  /** Those that are on their way out already, or are to be left alone. */
  private static final Set<NodeStatus> NOT_TO_GO =
      EnumSet.of(NodeStatus.REMOVING, NodeStatus.DEAD, NodeStatus.DISABLED, NodeStatus.UNREADABLE);
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

  private final CycleServices services;
  private final CycleContext context;

  Renewal(CycleServices services) {
    this.services = services;
    context = services.context();
  }

  /** The nodes that could give way, the oldest first. */
  List<Node> renewable() {
    return context.fleet().oldest(node -> !isPresent(node) && !NOT_TO_GO.contains(node.status()));
  }

  /** Why a node could not give way, in a sentence; empty when it could. */
  Optional<String> obstacle(Node node) {
    return keeper(node).isPresent() ? context.specs().problem(node)
        : Optional.of("process manager " + node.managerType() + " cannot keep its key; remove it with --force_action remove, which"
            + " deletes that");
  }

  /** From now on these give way. */
  void order(List<Node> nodes) {
    context.state().renew(Optional.of(new RenewalOrder((int) comers().count(), nodes.stream().map(Node::id).toList())));
  }

  /** How many nodes there may be beyond the cap now. */
  int room() {
    return left().isEmpty() ? 0 : 1;
  }

  /** Carries an order on as far as it goes now; in a cycle that has nothing else to do. */
  List<NodeOutcome> goOn() {
    Optional<RenewalOrder> order = context.state().renewal();
    if (order.isEmpty()) {
      return List.of();
    }
    if (left().isEmpty()) {
      context.state().renew(Optional.empty());
      LOG.log(System.Logger.Level.INFO, "RENEW: done, {0} nodes have given way", order.get().nodes().size());
      return List.of();
    }
    int needed = order.get().before() + order.get().nodes().size() - left().size() + 1;
    if (!areEnough(needed)) {
      LOG.log(System.Logger.Level.INFO, "RENEW: {0} nodes have yet to give way; the next waits until {1} nodes of {2} run and are well",
          left().size(), needed, context.binary().program().name());
      return List.of();
    }
    // No node goes on the strength of an old row: neither the ones that came nor the one that goes.
    services.surveyor().survey(comers().filter(node -> node.status() == NodeStatus.RUNNING).toList());
    if (!areEnough(needed)) {
      return List.of();
    }
    return left().stream().filter(Renewal::mayGo).findFirst().map(this::drain).orElse(List.of());
  }

  /**
   * Whether a node may go: as many new ones are well as were to take a place by now, or, where the cap was lowered or nodes were removed
   * since, more run than there may be.
   */
  private boolean areEnough(int needed) {
    int comers = well(comers().toList()).size();
    return comers >= needed || comers > 0 && well(context.fleet().nodes()).size() > context.settings().get(Options.NODE_CAP);
  }

  private static boolean mayGo(Node node) {
    return (node.status() == NodeStatus.RUNNING || node.status() == NodeStatus.STOPPED) && !node.isUnknown();
  }

  private List<NodeOutcome> drain(Node node) {
    boolean runs = node.status() == NodeStatus.RUNNING;
    List<Node> confirmed = runs ? services.targets().tooManyRunning(List.of(node), 1) : services.targets().tooManyStopped(List.of(node), 1);
    if (confirmed.isEmpty()) {
      return List.of();
    }
    OperationKind kind = runs ? OperationKind.DECOMMISSION : OperationKind.REMOVE;
    Optional<NodeOutcome> unkept = keepKey(node).map(why -> new NodeOutcome(kind, node.id(), node.service(), false,
        "its key could not be kept, so that it stays: " + why));
    return unkept.isPresent() ? services.operations().logged(List.of(unkept.get()), REASON)
        : services.operations().runAll(kind, confirmed, REASON);
  }

  /** @return why it is not kept; empty when it is, or there is none */
  private Optional<String> keepKey(Node node) {
    Path folder = folderOf(node, context.now());
    if (context.isDryRun()) {
      return Optional.empty();
    }
    Optional<KeepsKeys> keeper = keeper(node);
    if (keeper.isEmpty()) {
      return obstacle(node);
    }
    OperationResult result = keeper.get().keepKey(context.specs().of(node), folder);
    if (result instanceof OperationResult.Done done && done.changed()) {
      LOG.log(System.Logger.Level.INFO, "the key of {0} is kept in {1}", node.service(), folder);
    }
    return result.failure().map(OperationResult.Failed::reason);
  }

  /** Where the key of a node that gives way is kept: beside its storage, since that may be deleted as a whole. */
  static Path folderOf(Node node, Instant now) {
    String which = node.peerId().matches("[A-Za-z0-9]+") ? node.peerId() : STAMP.format(now);
    Path storage = NodeSpec.storageOf(node.rootDir());
    return storage.resolveSibling("kept-keys").resolve(NodeNames.bare(node.service()) + "-" + which);
  }

  private Optional<KeepsKeys> keeper(Node node) {
    return context.managers().of(node.managerType()).capability(KeepsKeys.class);
  }

  /** The nodes of an order that have yet to give way, the oldest first. A number may be a new node's by now. */
  private List<Node> left() {
    Set<Integer> ordered = context.state().renewal().map(order -> Set.copyOf(order.nodes())).orElse(Set.of());
    return ordered.isEmpty() ? List.of() : renewable().stream().filter(node -> ordered.contains(node.id())).toList();
  }

  /** Nodes of the present program that are here to stay. */
  private Stream<Node> comers() {
    return context.fleet().nodes().stream().filter(node -> isPresent(node) && !NOT_TO_GO.contains(node.status()));
  }

  /**
   * Those that run and do what nodes are there for, as far as that is known: the first look at a node cannot tell yet whether it finds
   * peers.
   */
  private List<Node> well(List<Node> nodes) {
    Instant settled = context.now().minus(context.settings().get(Options.UPGRADE_SETTLING_TIME));
    return nodes.stream().filter(Fleet.in(NodeStatus.RUNNING)).filter(node -> !node.isUnknown() && node.health().missedProbes() == 0
        && !node.createdAt().isAfter(settled) && node.metrics().find(NodeMetric.CONNECTED_PEERS).orElse(1) > 0).toList();
  }

  private boolean isPresent(Node node) {
    return node.isOf(context.binary().program());
  }

  /** What an order would do, a clause for each node. */
  List<String> plan(List<Node> nodes) {
    List<String> clauses = new ArrayList<>();
    nodes.forEach(node -> clauses.add(node.service() + " (" + node.program().name() + ") gives way to a new node of "
        + context.binary().program().name() + ", its key is kept in " + folderOf(node, context.now())));
    return clauses;
  }
}
