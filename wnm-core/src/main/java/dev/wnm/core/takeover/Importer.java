package dev.wnm.core.takeover;

import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.model.DownCause;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeEnvironment;
import dev.wnm.core.model.NodeHealth;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.provisioning.ContainerRows;
import dev.wnm.core.provisioning.PortStarts;
import dev.wnm.core.wallet.WalletAddress;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.internal.Known;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.NodeFacts;
import dev.wnm.spi.manager.NodeFolder;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.model.Container;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.spi.program.NodeProgram;
import dev.wnm.spi.program.NodePrograms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes rows of nodes that a process manager already runs, as its survey tells of them. Touches none of them. */
public final class Importer {
  /** Entries that a refusal names; more would hide what it says. */
  private static final int MOST_NAMED = 10;

  private final Settings settings;
  private final boolean isNew;
  private final Instant now;
  private final ContainerRows containers;
  /** Beside 0, which is no node's. */
  private final TreeSet<Integer> ids = new TreeSet<>(Set.of(0));
  private final Set<String> services = new HashSet<>();
  /** The Python wnm has other service names for some nodes; two nodes never share a data folder. */
  private final Set<String> knownFolders = new HashSet<>();
  /** What belongs to one node alone within its container, or on the machine: names, folders, ports; and to which. */
  private final Map<String, String> owners = new HashMap<>();

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
      node.ports().udp().forEach(port -> owners.put(place(node.containerId(), "udp " + port), node.service()));
      node.ports().metrics().ifPresent(port -> owners.put(place(node.containerId(), "tcp " + port), node.service()));
    });
  }

  /** For a colony that is being made: its port plan follows from the nodes. */
  public static Importer forNewColony(Settings settings, Instant now) {
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
  public record Imported(List<Container> containers, List<Node> nodes, Map<String, String> settings, List<String> notes) {
    public static final Imported NOTHING = new Imported(List.of(), List.of(), Map.of(), List.of());
  }

  /**
   * Makes rows for what was found and is not known. What was found runs here already, whatever wnm does: each node that
   * cannot be taken over is named with the reason, and the others are taken.
   */
  public Imported take(List<FoundNode> found) {
    List<String> notes = new ArrayList<>();
    Sifted sifted = sift(found, this::obstacle);
    sifted.left().forEach(left -> notes.add(left.service() + " is not taken over: " + left.reason()));
    return take(sifted.usable(), notes);
  }

  /**
   * Makes rows for all nodes of a listing. It is a text that may be old, cut or another program's, and nothing else tells of
   * its nodes: if one entry is wrong, the others are not believed either.
   *
   * @param listing its name, for messages
   * @throws BadInputException naming the entries that cannot be taken over, and why
   */
  public Imported takeWhole(List<FoundNode> listed, String listing) {
    Sifted sifted = sift(listed, node -> obstacle(node).or(() -> untold(node)));
    if (!sifted.left().isEmpty()) {
      String named = sifted.left().stream().limit(MOST_NAMED)
          .map(left -> left.service() + ": " + left.reason()).collect(Collectors.joining("; "));
      int more = sifted.left().size() - MOST_NAMED;
      throw new BadInputException(listing + " is taken over whole or not at all, and these nodes cannot be: " + named
          + (more > 0 ? "; and " + more + " more" : ""));
    }
    return take(sifted.usable(), new ArrayList<>());
  }

  private Imported take(List<FoundNode> usable, List<String> notes) {
    PortStarts starts = starts(usable, notes);
    List<Node> nodes = new ArrayList<>();
    // Those that follow the plan first, so that no other takes a number that is theirs.
    Stream.of(true, false).forEach(planned -> usable.stream()
        .filter(node -> starts.idOf(node).isPresent() == planned)
        .forEach(node -> nodes.add(row(freeId(starts.idOf(node), numberOf(node, starts)), node, notes))));
    nodes.sort(Comparator.comparing(Node::id));
    notes.addAll(OtherWallets.of(nodes, settings).notes());
    return new Imported(containers.all(), nodes, starts.asSettings(), notes);
  }

  /** Nodes that are not known yet: those that can be taken over, in their order, and those that cannot. */
  private record Sifted(List<FoundNode> usable, List<Left> left) {}

  private record Left(String service, String reason) {}

  /** Of two that claim the same, the one that runs is usable, else the first. */
  private Sifted sift(List<FoundNode> found, Function<FoundNode, Optional<String>> obstacle) {
    List<FoundNode> unknown = found.stream()
        .filter(node -> !(node.state() instanceof ProcessState.Missing))
        .filter(node -> !services.contains(place(row(node), node.facts().service()))
            && !knownFolders.contains(place(row(node), node.facts().rootDir().toString())))
        .toList();
    IdentityHashMap<FoundNode, String> reasons = new IdentityHashMap<>();
    Stream.of(true, false).forEach(runs -> unknown.stream()
        .filter(node -> node.state() instanceof ProcessState.Running == runs)
        .forEach(node -> obstacle.apply(node).or(() -> claimed(node)).ifPresent(reason -> reasons.put(node, reason))));
    return new Sifted(unknown.stream().filter(node -> !reasons.containsKey(node)).toList(),
        unknown.stream().filter(reasons::containsKey)
            .map(node -> new Left(node.facts().service(), Known.of(reasons, node))).toList());
  }

  /** Claims what a node has for itself alone; says what another one has claimed before. */
  private Optional<String> claimed(FoundNode node) {
    Optional<Integer> row = row(node);
    String name = node.facts().service();
    Map<String, String> wanted = new LinkedHashMap<>();
    wanted.put(place(row, name), "its name");
    wanted.put(place(row, node.facts().rootDir().toString()), "its folder " + node.facts().rootDir());
    node.nodePort().ifPresent(port -> wanted.put(place(row, "udp " + port), "its port " + port));
    node.metricsPort().ifPresent(port -> wanted.put(place(row, "tcp " + port), "its metrics port " + port));
    node.rpcPort().ifPresent(port -> wanted.put(place(row, "rpc " + port), "its RPC port " + port));
    Map<String, List<String>> others = new LinkedHashMap<>();
    wanted.forEach((key, what) -> Optional.ofNullable(owners.get(key))
        .ifPresent(owner -> others.computeIfAbsent(owner, o -> new ArrayList<>()).add(what)));
    if (others.isEmpty()) {
      wanted.keySet().forEach(key -> owners.put(key, name));
      return Optional.empty();
    }
    return Optional.of(others.entrySet().stream()
        .map(entry -> String.join(", ", entry.getValue()) + (entry.getValue().size() == 1 ? " is " : " are ")
            + (entry.getKey().equals(name) ? "that of another node" : "also that of " + entry.getKey()))
        .collect(Collectors.joining("; ")));
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

  /** Why later operations could not be done to a node; wherever it comes from. */
  private Optional<String> obstacle(FoundNode node) {
    if (node.obstacle().isPresent()) {
      return node.obstacle();
    }
    if (programOf(node).hasMetricsPage() && node.metricsPort().isEmpty()) {
      return Optional.of("it has no metrics port, by which wnm would watch it; leave it as it is, or remove it and let wnm add"
          + " one in its place");
    }
    if (node.nodePort().isEmpty()) {
      return Optional.of("its port is not known; start it once, so that it becomes known, and import again");
    }
    Optional<String> unfit = NodeFolder.unfit(node.facts().rootDir(), settings.platform().home());
    if (unfit.isPresent()) {
      return Optional.of("its folder " + node.facts().rootDir() + " " + unfit.get());
    }
    Optional<String> unfitStorage =
        NodeFolder.unfitStorage(NodeSpec.storageOf(node.facts().rootDir()), settings.platform().home());
    if (unfitStorage.isPresent()) {
      return Optional.of("its folder " + node.facts().rootDir() + " lies in " + unfitStorage.get()
          + ", so that it could never be removed; move it into a folder that holds nothing but nodes");
    }
    List<String> networks = programOf(node).networks();
    return node.network().filter(word -> !networks.contains(word))
        .map(word -> "its network '" + word + "' is not one that wnm knows (" + String.join(", ", networks) + ")");
  }

  /** What a running node would show by itself and a listing has to say. */
  private Optional<String> untold(FoundNode node) {
    if (node.network().isEmpty()) {
      return Optional.of("its network is not said");
    }
    if (node.wallet().isEmpty()) {
      return Optional.of("its wallet is not said");
    }
    Optional<WalletAddress> wallet = WalletAddress.parse(node.wallet().get());
    if (wallet.isEmpty()) {
      return Optional.of("'" + node.wallet().get() + "' is no wallet");
    }
    boolean confirmed = settings.get(Options.CONFIRM) && !wallet.get().isZero();
    return wallet.get().flaw().filter(flaw -> !confirmed).map(flaw -> "its wallet " + wallet.get() + " " + flaw
        + (wallet.get().isZero() ? "" : "; if the address is right, add " + Options.CONFIRM));
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
    int next = ids.last() + 1;
    ids.add(next);
    return next;
  }

  private Node row(int id, FoundNode found, List<String> notes) {
    NodeFacts facts = found.facts();
    found.remarks().forEach(remark -> notes.add(facts.service() + " " + remark));
    String manager = settings.get(Options.PROCESS_MANAGER);
    boolean runs = found.state() instanceof ProcessState.Running;
    NodeHealth health = runs ? NodeHealth.FRESH.recovered(facts.pid()) : NodeHealth.FRESH.down(DownCause.STOPPED);
    if (found.state() instanceof ProcessState.Unknown unknown) {
      notes.add(facts.service() + " is taken over as stopped until it answers: " + unknown.reason());
      health = NodeHealth.FRESH.silent(OptionalLong.empty(), unknown.reason());
    }
    NodePorts ports = new NodePorts(found.nodePort().orElseThrow(), found.metricsPort(), found.rpcPort(), found.browserPort());
    NodeProgram program = programOf(found);
    return Node.builder(id, manager, facts.placement().withKnownLogDir(), ports).containerId(row(found)).user(found.user())
        .program(program).version(found.version())
        // Without the word the program takes this network itself.
        .network(found.network().orElse(program.networks().get(0))).wallet(found.wallet().orElse("")).peerId(found.peerId().orElse(""))
        .status(runs ? NodeStatus.RUNNING : NodeStatus.STOPPED, now).createdAt(found.createdAt().orElse(Instant.EPOCH))
        .host(facts.host().orElse(settings.get(Options.HOST))).environment(NodeEnvironment.print(found.environment()))
        .health(health).build();
  }

  private static NodeProgram programOf(FoundNode found) {
    return found.program().orElseGet(NodePrograms::usual);
  }

  /** A service or a folder is unique within its container only. */
  private static String place(Optional<Integer> container, String name) {
    return container.map(String::valueOf).orElse("") + "/" + name;
  }
}
