package dev.wnm.core.cycle;

import dev.wnm.core.config.NodeEnvironment;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.manager.FoundNode;
import dev.wnm.core.manager.NodeFacts;
import dev.wnm.core.manager.NodeFolder;
import dev.wnm.core.manager.NodeSpec;
import dev.wnm.core.manager.ProcessState;
import dev.wnm.core.model.Container;
import dev.wnm.core.model.DownCause;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeHealth;
import dev.wnm.core.model.NodeMetrics;
import dev.wnm.core.model.NodePorts;
import dev.wnm.core.model.NodeStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** Makes rows of nodes that a process manager already runs, as its survey tells of them. Touches none of them. */
final class Importer {
  private final Settings settings;
  private final boolean isNew;
  private final Instant now;
  private final ContainerRows containers;
  private final Set<Integer> ids = new HashSet<>();
  private final Set<String> services = new HashSet<>();
  /** The Python wnm has other service names for some nodes; two nodes never share a data folder. */
  private final Set<String> knownFolders = new HashSet<>();

  private Importer(
      Settings settings, boolean isNew, Collection<Node> known, Collection<Container> knownContainers, Instant now) {
    this.settings = settings;
    this.isNew = isNew;
    this.now = now;
    containers = new ContainerRows(knownContainers);
    known.forEach(node -> {
      ids.add(node.id());
      services.add(place(node.containerId(), node.service()));
      knownFolders.add(place(node.containerId(), node.rootDir().toString()));
    });
  }

  /** For a colony that is being made: its port plan follows from the nodes. */
  static Importer forNewColony(Settings settings, Instant now) {
    return new Importer(settings, true, List.of(), List.of(), now);
  }

  /**
   * For a colony that stands.
   *
   * @param known the nodes that are there already and stay as they are
   * @param containers the containers that are there already
   */
  static Importer into(Settings settings, Collection<Node> known, Collection<Container> containers, Instant now) {
    return new Importer(settings, false, known, containers, now);
  }

  /**
   * What came of it.
   *
   * @param containers rows that the nodes' rows refer to
   * @param nodes the rows to be stored
   * @param settings port starts that follow from the nodes, as texts by option name
   * @param notes a sentence for each thing that an operator should know
   */
  record Imported(List<Container> containers, List<Node> nodes, Map<String, String> settings, List<String> notes) {
    static final Imported NOTHING = new Imported(List.of(), List.of(), Map.of(), List.of());
  }

  /** Makes rows for what was found and is not known. */
  Imported take(List<FoundNode> found) {
    List<String> notes = new ArrayList<>();
    List<FoundNode> usable = new ArrayList<>();
    for (FoundNode node : found) {
      if (node.state() instanceof ProcessState.Missing
          || knownFolders.contains(place(row(node), node.facts().rootDir().toString()))
          || !services.add(place(row(node), node.facts().service()))) {
        continue;
      }
      Optional<String> obstacle = obstacle(node);
      obstacle.ifPresentOrElse(notes::add, () -> usable.add(node));
    }
    PortStarts starts = starts(usable, notes);
    List<Node> nodes = new ArrayList<>();
    // Those that follow the plan first, so that no other takes a number that is theirs.
    Stream.of(true, false).forEach(planned -> usable.stream()
        .filter(node -> starts.idOf(node).isPresent() == planned)
        .forEach(node -> nodes.add(row(freeId(starts.idOf(node), numberOf(node, starts)), node, notes))));
    nodes.sort(Comparator.comparing(Node::id));
    return new Imported(containers.all(), nodes, starts.asSettings(), notes);
  }

  private PortStarts starts(List<FoundNode> nodes, List<String> notes) {
    Optional<PortStarts> followed = isNew ? PortStarts.of(nodes).filter(starts -> starts.problem(settings).isEmpty())
        : Optional.empty();
    if (isNew && followed.isEmpty() && !nodes.isEmpty()) {
      notes.add("the nodes' ports follow no plan of wnm's; they keep them, and new nodes get theirs from "
          + Options.PORT_START + " and " + Options.METRICS_PORT_START);
    }
    return followed.orElseGet(() -> PortStarts.of(settings));
  }

  /** The row of the container that a node was found in, a new one if need be. */
  private Optional<Integer> row(FoundNode found) {
    return found.facts().container().flatMap(container -> containers.record(container).id());
  }

  private Optional<String> obstacle(FoundNode node) {
    String name = node.facts().service();
    if (node.metricsPort().isEmpty()) {
      return Optional.of(name + " is not taken over: it has no metrics port, by which wnm would watch it; leave it as it is, or"
          + " remove it and let wnm add one in its place");
    }
    Optional<String> unfit = NodeFolder.unfitStorage(NodeSpec.storageOf(node.facts().rootDir()), settings.platform().home());
    if (unfit.isPresent()) {
      return Optional.of(name + " is not taken over: its folder " + node.facts().rootDir() + " lies in " + unfit.get()
          + ", so that it could never be removed; move it into a folder that holds nothing but nodes");
    }
    return node.nodePort().isPresent() ? Optional.empty() : Optional.of(name
        + " is not taken over: its port is not known; start it once, so that it becomes known, and import again");
  }

  /** The number in its name, where a new node might have it as well: else there would be no ports for those after it. */
  private OptionalInt numberOf(FoundNode node, PortStarts starts) {
    return node.id().isPresent() && starts.with(settings).problem(node.id().getAsInt()).isEmpty()
        ? node.id()
        : OptionalInt.empty();
  }

  private int freeId(OptionalInt byPort, OptionalInt byName) {
    for (OptionalInt wanted : List.of(byPort, byName)) {
      if (wanted.isPresent() && wanted.getAsInt() > 0 && ids.add(wanted.getAsInt())) {
        return wanted.getAsInt();
      }
    }
    int next = ids.stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
    ids.add(next);
    return next;
  }

  private Node row(int id, FoundNode found, List<String> notes) {
    NodeFacts facts = found.facts();
    String manager = settings.get(Options.PROCESS_MANAGER);
    boolean runs = found.state() instanceof ProcessState.Running;
    NodeHealth health = runs ? NodeHealth.FRESH.recovered(facts.pid()) : NodeHealth.FRESH.down(DownCause.STOPPED);
    if (found.state() instanceof ProcessState.Unknown unknown) {
      notes.add(facts.service() + " is taken over as stopped until it answers: " + unknown.reason());
      health = NodeHealth.FRESH.silent(OptionalLong.empty(), unknown.reason());
    }
    NodePorts ports = new NodePorts(found.nodePort().orElseThrow(), found.metricsPort().orElseThrow(),
        found.rpcPort().orElse(0));
    return new Node(id, row(found), manager, String.format(Locale.ROOT, "%04d", id), facts.service(), found.user(),
        facts.binary(), found.version().or(facts::version), facts.rootDir(), Optional.of(facts.logDir()), ports,
        found.network().orElse("evm-arbitrum-one"), found.wallet().orElse(""), found.peerId(),
        runs ? NodeStatus.RUNNING : NodeStatus.STOPPED, now, NodeMetrics.NONE, found.createdAt(),
        facts.host().orElse(settings.get(Options.HOST)), manager, "1", NodeEnvironment.print(found.environment()), health);
  }

  /** A service or a folder is unique within its container only. */
  private static String place(Optional<Integer> container, String name) {
    return container.map(String::valueOf).orElse("") + "/" + name;
  }
}
