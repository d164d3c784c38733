package dev.wnm.core.cycle;

import dev.wnm.core.config.BadInputException;
import dev.wnm.core.config.NodeEnvironment;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.manager.FoundNode;
import dev.wnm.core.manager.NodeFacts;
import dev.wnm.core.manager.ProcessState;
import dev.wnm.core.model.DownCause;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeHealth;
import dev.wnm.core.model.NodeMetrics;
import dev.wnm.core.model.NodePorts;
import dev.wnm.core.model.NodeStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes over nodes that a process manager already runs, as its survey tells of them. Touches none of them.
 *
 * @param nodes the rows to be stored
 * @param settings port starts that follow from the nodes, as texts by option name
 * @param notes a sentence for each node that cannot be taken over
 */
record Importer(List<Node> nodes, Map<String, String> settings, List<String> notes) {
  private static final int THOUSAND = 1_000;

  /** @throws BadInputException when the nodes' ports fit no port plan */
  static Importer of(List<FoundNode> found, Settings settings, Instant now) {
    List<String> notes = new ArrayList<>();
    List<FoundNode> usable = new ArrayList<>();
    for (FoundNode node : found) {
      if (node.metricsPort().isPresent() && node.nodePort().isPresent()) {
        usable.add(node);
      } else {
        notes.add(node.facts().service() + " is not taken over: it has no "
            + (node.nodePort().isPresent() ? "metrics port; give it one and import again" : "known port"));
      }
    }
    Set<Integer> used = new HashSet<>();
    usable.forEach(node -> node.id().ifPresent(used::add));
    Set<Integer> given = new HashSet<>();
    List<Node> nodes = new ArrayList<>();
    for (FoundNode node : usable) {
      int id = node.id().isPresent() && given.add(node.id().getAsInt()) ? node.id().getAsInt() : nextFree(used);
      given.add(id);
      nodes.add(row(id, node, settings, now));
    }
    return new Importer(nodes, portStarts(nodes, settings), notes);
  }

  private static int nextFree(Set<Integer> used) {
    int id = 1;
    while (!used.add(id)) {
      id++;
    }
    return id;
  }

  private static Node row(int id, FoundNode found, Settings settings, Instant now) {
    NodeFacts facts = found.facts();
    String manager = settings.get(Options.PROCESS_MANAGER);
    boolean runs = found.state() instanceof ProcessState.Running;
    NodeStatus status = runs ? NodeStatus.RUNNING
        : found.state() instanceof ProcessState.Missing ? NodeStatus.DEAD : NodeStatus.STOPPED;
    NodeHealth health = runs ? NodeHealth.FRESH.recovered(facts.pid()) : NodeHealth.FRESH.down(DownCause.STOPPED);
    NodePorts ports = new NodePorts(found.nodePort().orElseThrow(), found.metricsPort().orElseThrow(),
        found.rpcPort().orElse(0));
    return new Node(id, Optional.empty(), manager, String.format(Locale.ROOT, "%04d", id), facts.service(), found.user(),
        facts.binary(), found.version().or(facts::version), facts.rootDir(), Optional.of(facts.logDir()), ports,
        found.network().orElse("evm-arbitrum-one"), found.wallet().orElse(""), found.peerId(), status, now, NodeMetrics.NONE,
        found.createdAt(), facts.host().orElse(settings.get(Options.HOST)), manager, "1",
        NodeEnvironment.print(found.environment()), health);
  }

  /** New nodes must fit in with the old ones: the port starts follow from node 1, else from the node with the lowest id. */
  private static Map<String, String> portStarts(List<Node> nodes, Settings settings) {
    Map<String, String> starts = new HashMap<>();
    Optional<Node> first = nodes.stream().min(Comparator.comparing(Node::id));
    if (first.isPresent()) {
      Node node = first.get();
      starts.put(Options.PORT_START.name(), start(node, node.ports().node(), "port"));
      starts.put(Options.METRICS_PORT_START.name(), start(node, node.ports().metrics(), "metrics port"));
      if (node.ports().rpc() > 0 && (node.ports().rpc() - node.id()) % THOUSAND == 0) {
        starts.put(Options.RPC_PORT_START.name(), Integer.toString((node.ports().rpc() - node.id()) / THOUSAND));
      }
    }
    return starts;
  }

  private static String start(Node node, int port, String what) {
    if ((port - node.id()) % THOUSAND != 0 || port - node.id() < THOUSAND) {
      throw new BadInputException("--import: the " + what + " " + port + " of " + node.service() + " is not a whole thousand plus "
          + node.id() + ", so that no port plan fits");
    }
    return Integer.toString((port - node.id()) / THOUSAND);
  }
}
