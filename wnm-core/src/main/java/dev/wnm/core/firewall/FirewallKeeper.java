package dev.wnm.core.firewall;

import dev.wnm.core.config.FirewallMode;
import dev.wnm.core.config.Settings;
import dev.wnm.core.execution.JournaledNode;
import dev.wnm.core.managers.Managers;
import dev.wnm.core.model.Fleet;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.OperationKind;
import dev.wnm.core.state.CycleState;
import dev.wnm.core.store.ColonyStore;
import dev.wnm.core.store.OpenOperation;
import dev.wnm.spi.manager.OpensPorts;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares the firewall with the rows, which a crash, a reboot or an operator can set at odds. While nodes start and stop,
 * their process managers open and close their ports themselves.
 */
public final class FirewallKeeper {
  private static final System.Logger LOG = System.getLogger(FirewallKeeper.class.getName());
  /** Asking takes longer than all else in a quiet cycle. */
  private static final Duration CHECK_EVERY = Duration.ofHours(1);
  private static final Set<NodeStatus> NEED_THEIR_PORT =
      EnumSet.of(NodeStatus.RUNNING, NodeStatus.RESTARTING, NodeStatus.UPGRADING);

  private final String mode;
  private final ColonyStore store;
  private final Managers managers;
  private final CycleState cycleState;

  public FirewallKeeper(Settings settings, ColonyStore store, Managers managers, CycleState cycleState) {
    mode = FirewallMode.of(settings).name();
    this.store = store;
    this.managers = managers;
    this.cycleState = cycleState;
  }

  /** Compares them when that was not done for an hour. */
  public void checkIfDue(Fleet fleet, Instant now) {
    if (!cycleState.firewallCheckedWithin(CHECK_EVERY, mode, now)) {
      check(fleet, now);
    }
  }

  /**
   * Compares them now. What the firewall has to say of itself is kept for the next notices. While the port of a node cannot be
   * read, no rule is known to be nobody's.
   */
  public void check(Fleet fleet, Instant now) {
    Optional<Set<Integer>> undecided = undecided(fleet);
    undecided.ifPresentOrElse(ports -> managers.firewall().sweep(needed(fleet), ports)
        .forEach(change -> LOG.log(System.Logger.Level.INFO, change)), () -> LOG.log(System.Logger.Level.WARNING,
        "the firewall is left as it is while rows of nodes or operations cannot be read"));
    cycleState.firewallChecked(mode, isOfUse(fleet) ? managers.firewall().notices() : List.of(), now);
  }

  /** Whether any node has to do with the firewall, or new ones will: else what it has to say concerns nobody. */
  private boolean isOfUse(Fleet fleet) {
    return usesFirewall(managers.mainType())
        || fleet.nodes().stream().anyMatch(node -> usesFirewall(node.managerType()));
  }

  private boolean usesFirewall(String type) {
    return managers.of(type).capability(OpensPorts.class).isPresent();
  }

  private Map<Integer, String> needed(Fleet fleet) {
    Map<Integer, String> needed = new TreeMap<>();
    fleet.nodes().stream()
        .filter(node -> NEED_THEIR_PORT.contains(node.status()) && usesFirewall(node.managerType()))
        .forEach(node -> node.ports().udp().forEach(port -> needed.put(port, node.service())));
    return needed;
  }

  /**
   * Of nodes on the move, and of operations that are not settled: such a node may run though its row does not say so. Of nodes
   * whose process manager cannot work now it is not known whether they use the firewall at all.
   */
  private Optional<Set<Integer>> undecided(Fleet fleet) {
    Set<Integer> ports = new HashSet<>();
    if (fleet.nodes().stream().anyMatch(Fleet.in(NodeStatus.UNREADABLE))) {
      return Optional.empty();
    }
    fleet.nodes().stream().filter(Fleet.in(NodeStatus.MIGRATING).or(node -> !managers.isUsable(node.managerType())))
        .forEach(node -> ports.addAll(node.ports().udp()));
    Map<Integer, Node> rows = fleet.nodes().stream().collect(Collectors.toMap(Node::id, Function.identity()));
    for (OpenOperation open : store.openOperations()) {
      Optional<Node> node = open.kind() == OperationKind.ADD
          ? JournaledNode.read(open.plan()) : Optional.ofNullable(rows.get(open.nodeId()));
      if (node.isEmpty() && open.kind() == OperationKind.ADD) {
        return Optional.empty();
      }
      node.ifPresent(each -> ports.addAll(each.ports().udp()));
    }
    return Optional.of(ports);
  }
}
