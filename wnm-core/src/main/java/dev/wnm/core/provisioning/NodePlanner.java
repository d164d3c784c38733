package dev.wnm.core.provisioning;

import dev.wnm.core.allocation.GroupPlan;
import dev.wnm.core.allocation.NodeIds;
import dev.wnm.core.allocation.PortPlan;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.host.ListeningPorts;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.program.NodeBinary;
import dev.wnm.core.wallet.WalletAddress;
import dev.wnm.core.wallet.WalletList;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.Traits;
import dev.wnm.spi.model.ContainerGroup;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.NodePorts;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** Chooses number, ports, wallet and folder of new nodes. */
final class NodePlanner {
  private final Settings settings;
  private final Traits.Numbering numbering;
  private final NodeBinary binary;
  private final String user;
  private final List<WalletAddress> wallets;
  private final Occupants occupied;
  private final StorageChoice storages;

  /** Tells what is in the place of nodes that were planned, by id. */
  @FunctionalInterface
  interface Occupants {
    Map<Integer, String> of(List<Node> planned) throws ManagerUnavailableException;
  }

  /**
   * @param user the account that new nodes run as
   * @param wallets those of the nodes that there are, one for each
   * @param occupied what is in the place of nodes that were planned, by id
   * @param storages where each of them goes
   */
  NodePlanner(Settings settings, Traits.Numbering numbering, NodeBinary binary, String user,
      Collection<WalletAddress> wallets, Occupants occupied, StorageChoice storages) {
    this.storages = storages;
    this.occupied = occupied;
    this.settings = settings;
    this.numbering = numbering;
    this.binary = binary;
    this.user = user;
    this.wallets = List.copyOf(wallets);
  }

  /**
   * Plans {@code count} nodes, fewer when the ports run out. Numbers whose ports or places something else holds are passed
   * over; {@code notes} is told of them, and of ports that ran out.
   *
   * @param taken the numbers that are in use
   * @param takenPorts ports that belong to other nodes, whether they listen on them now or not
   * @throws ManagerUnavailableException when nobody knows what is in the place of a node
   */
  List<Node> plan(int count, Set<Integer> taken, Set<Integer> takenPorts, Instant now, List<String> notes)
      throws ManagerUnavailableException {
    PrimitiveIterator.OfInt ids = freeIds(taken);
    List<Node> planned = new ArrayList<>();
    Map<Integer, String> passedOver = new TreeMap<>();
    boolean portsLeft = true;
    while (portsLeft && planned.size() < count) {
      int wanted = count - planned.size();
      List<Node> candidates = candidates(wanted, ids, takenPorts, now, notes);
      portsLeft = candidates.size() == wanted;
      Map<Integer, String> inTheirPlace = candidates.isEmpty() ? Map.of() : occupied.of(candidates);
      passedOver.putAll(inTheirPlace);
      candidates.stream().filter(node -> !inTheirPlace.containsKey(node.id())).forEach(planned::add);
    }
    notePassedOver(passedOver, notes);
    return withWallets(List.of(planned)).get(0);
  }

  /** Names one and counts the others: a storage full of nodes that no row knows has one cause. */
  static void notePassedOver(Map<Integer, String> passedOver, List<String> notes) {
    passedOver.entrySet().stream().min(Map.Entry.comparingByKey()).ifPresent(first -> notes.add("number " + first.getKey()
        + (passedOver.size() == 1 ? " is" : " and " + (passedOver.size() - 1) + " more are") + " skipped: "
        + first.getValue() + "; wnm --import takes over the nodes that wnm does not know"));
  }

  private List<Node> candidates(int count, PrimitiveIterator.OfInt ids, Set<Integer> takenPorts, Instant now, List<String> notes) {
    PortPlan ports = ports();
    List<Node> planned = new ArrayList<>();
    while (planned.size() < count) {
      int id = ids.nextInt();
      Optional<String> beyond = ports.problem(id);
      if (beyond.isPresent()) {
        notes.add("no further node is added: " + beyond.get());
        return planned;
      }
      NodePorts nodePorts = ports.portsOf(id);
      if (nodePorts.all().stream().anyMatch(takenPorts::contains)) {
        continue;
      }
      Optional<String> held = ListeningPorts.held(nodePorts);
      if (held.isPresent()) {
        notes.add("number " + id + " is skipped: " + held.get());
      } else {
        Optional<Path> storage = storages.next();
        if (storage.isEmpty()) {
          notes.add("no further node is added: no node storage that is there has room for one more");
          return planned;
        }
        planned.add(node(id, nodePorts, storage.get(), now));
      }
    }
    return planned;
  }

  /** Plans the nodes of these places, wave by wave. @param group gives a node what its group has for it, a port for browsers too */
  List<List<Node>> plan(GroupPlan plan, BiFunction<Node, ContainerGroup, Node> group, Instant now) {
    PortPlan ports = ports().withoutBrowsers();
    return withWallets(plan.waves().stream().map(wave -> wave.stream()
        .map(slot -> group.apply(node(slot.id(), ports.portsOf(slot.id()), settings.get(Options.NODE_STORAGE).first(), now), slot.group())).toList()).toList());
  }

  /** Each planned node gets the wallet that is next after those that there are and those before it. */
  private List<List<Node>> withWallets(List<List<Node>> waves) {
    WalletList list = WalletList.parse(settings.get(Options.REWARDS_ADDRESS), settings.get(Options.DONATE_ADDRESS));
    WalletList.Turns turns = list.turnsAfter(wallets);
    return waves.stream().map(wave -> wave.stream().map(node -> node.payingTo(turns.next().text())).toList()).toList();
  }

  private PortPlan ports() {
    return settings.portPlan(binary.program());
  }

  private Node node(int id, NodePorts ports, Path storage, Instant now) {
    Path root = storage.resolve(String.format(Locale.ROOT, "antnode%04d", id));
    String manager = settings.get(Options.PROCESS_MANAGER);
    NodePlacement placement =
        NodePlacement.of(settings.serviceOf(id), root).withBinary(root.resolve(binary.program().name()));
    return Node.builder(id, manager, placement, ports).program(binary.program()).user(user)
        .network(binary.program().networks().get(0)).version(binary.version()).status(NodeStatus.STOPPED, now).createdAt(now).host(settings.get(Options.HOST))
        .environment(settings.get(Options.ENVIRONMENT)).build();
  }

  private PrimitiveIterator.OfInt freeIds(Set<Integer> taken) {
    if (numbering != Traits.Numbering.MONOTONIC) {
      return NodeIds.fillingHoles(taken);
    }
    int highest = taken.stream().mapToInt(Integer::intValue).max().orElse(0);
    return NodeIds.above(Math.max(highest, settings.find(Options.HIGHEST_NODE_ID_USED).orElse(0)));
  }
}
