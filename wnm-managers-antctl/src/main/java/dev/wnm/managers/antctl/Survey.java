package dev.wnm.managers.antctl;

import dev.wnm.managers.support.Finding;
import dev.wnm.managers.support.Poll;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.StorageState;
import dev.wnm.spi.manager.StorageView;
import dev.wnm.spi.model.ColonyId;
import dev.wnm.spi.model.Container;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What antctl's nodes are and do. */
final class Survey {
  /** A node that upgraded itself ends, and its service manager starts it again within this time. */
  private static final Duration RESTART = Duration.ofSeconds(1);

  private final Instances instances;
  private final ColonyId colony;
  private final Function<Optional<String>, List<Path>> storages;

  /** @param storages where new nodes come to, in a container or on this machine */
  Survey(Instances instances, ColonyId colony, Function<Optional<String>, List<Path>> storages) {
    this.storages = storages;
    this.instances = instances;
    this.colony = colony;
  }

  /** The states of nodes by id, without a call of antctl. */
  Map<Integer, ProcessState> states(List<NodeSpec> nodes) {
    Map<Integer, ProcessState> states = new HashMap<>();
    instances.group(nodes).forEach((antctl, members) -> {
      try {
        Instance.Snapshot snapshot = settled(antctl.instance(), members);
        Map<Path, StorageState> storages = new HashMap<>();
        members.forEach(node -> states.put(node.id(), state(antctl.instance(), snapshot, storages, node)));
      } catch (OperationFailedException e) {
        members.forEach(node -> states.put(node.id(), new ProcessState.Unknown(e.getMessage())));
      }
    });
    return states;
  }

  /** Every node that antctl knows and has not removed, where new nodes would be made. */
  List<FoundNode> all() throws OperationFailedException {
    List<FoundNode> found = new ArrayList<>();
    for (Antctl antctl : instances.main()) {
      Instance instance = antctl.instance();
      List<Entry> listed = antctl.status();
      requireWhole(instance, listed);
      List<Entry> entries = listed.stream().filter(entry -> !entry.isRemoved()).toList();
      Optional<Container> container = entries.isEmpty() ? Optional.empty() : instance.container();
      Processes processes = entries.isEmpty() ? new Processes(Map.of()) : instance.snapshot().processes();
      Map<Path, Instant> keys = instance.changed(entries.stream().map(Survey::key).toList());
      for (Entry entry : entries) {
        Optional<Long> pid = processes.of(entry.binary());
        ProcessState state = pid.isPresent() ? running(instance, pid) : down(entry);
        found.add(found(entry, state, container, Optional.ofNullable(keys.get(key(entry)))));
      }
    }
    return found;
  }

  /**
   * Throws where the storage of new nodes holds one with a key that antctl does not list: its registry has lost it, and what it
   * lists is not all. Where antctl chooses folders itself, core's storage is as good a guess as any.
   */
  private void requireWhole(Instance instance, List<Entry> listed) throws OperationFailedException {
    for (Path storage : storages.apply(instance.name())) {
      requireWhole(instance, storage, listed);
    }
  }

  private void requireWhole(Instance instance, Path storage, List<Entry> listed) throws OperationFailedException {
    if (!(instance.storage(colony, storage) instanceof StorageState.Ours ours)) {
      return;
    }
    Set<Path> known = listed.stream().map(Entry::dataDir).collect(Collectors.toSet());
    for (String name : ours.names().stream().filter(Finding::isNodeName).sorted().toList()) {
      Path folder = storage.resolve(name);
      if (!known.contains(folder) && instance.holdsKey(folder)) {
        throw OperationFailedException.forNow("antctl" + instance.inWords() + " does not list the node whose key is in " + folder
            + "; its registry may have lost it: bring that back, or move the folder away");
      }
    }
  }

  /** The nodes of a saved listing, of whose processes nothing is known but what it says. */
  static List<FoundNode> of(List<Entry> entries) {
    return entries.stream().filter(entry -> !entry.isRemoved()).map(entry -> found(entry,
        entry.isRunning() ? new ProcessState.Running(OptionalLong.empty()) : down(entry), Optional.empty(), Optional.empty()))
        .toList();
  }

  /** A sentence for each node that is with antctl and not among the known ones. */
  List<String> unmanaged(List<NodeSpec> known) {
    Map<Optional<String>, Set<String>> services = known.stream().collect(
        Collectors.groupingBy(NodeSpec::group, Collectors.mapping(NodeSpec::service, Collectors.toSet())));
    List<String> sentences = new ArrayList<>();
    for (Antctl antctl : instances.main()) {
      Instance instance = antctl.instance();
      Set<String> ours = services.getOrDefault(instance.name(), new HashSet<>());
      try {
        String names = instance.snapshot().entries().stream().filter(entry -> !entry.isRemoved() && !ours.contains(entry.service()))
            .map(Entry::service).collect(Collectors.joining(", "));
        if (!names.isEmpty()) {
          sentences.add("antctl" + instance.inWords() + " has unmanaged nodes, which wnm leaves alone: " + names
              + "; wnm --import takes them over");
        }
      } catch (OperationFailedException e) {
        // Whoever wants something of it will say so.
      }
    }
    return sentences;
  }

  /** A sentence for each antctl that does not list nodes any more of which there is something left. */
  List<String> lost(List<NodeSpec> known) {
    List<String> sentences = new ArrayList<>();
    instances.group(known).forEach((antctl, members) -> {
      Instance instance = antctl.instance();
      try {
        Instance.Snapshot snapshot = instance.snapshot();
        Map<Path, StorageState> storages = new HashMap<>();
        String names = members.stream().filter(node -> snapshot.entry(node.service()).isEmpty()
            && !(state(instance, snapshot, storages, node) instanceof ProcessState.Missing))
            .map(NodeSpec::service).collect(Collectors.joining(", "));
        if (!names.isEmpty()) {
          sentences.add("antctl" + instance.inWords() + " does not list " + names + ", which may well be there: its registry has lost"
              + " entries, and until they are back it cannot start, stop or remove these nodes");
        }
      } catch (OperationFailedException e) {
        // Whoever wants something of it will say so.
      }
    });
    return sentences;
  }

  /** The pid of a node's process; one that antctl has started is given the time of a restart. */
  Optional<Long> runs(Antctl antctl, Entry entry) throws OperationFailedException {
    return soon(antctl, entry, now -> now.entry(entry.service()).filter(Entry::mayRun).isPresent());
  }

  /** The same of a node that has just been started, whatever antctl thinks of that. */
  Optional<Long> runsSoon(Antctl antctl, Entry entry) throws OperationFailedException {
    return soon(antctl, entry, now -> true);
  }

  private static Optional<Long> soon(Antctl antctl, Entry entry, Predicate<Instance.Snapshot> mayCome) throws OperationFailedException {
    return Poll.last(RESTART, RESTART, antctl::snapshot,
        now -> now.processes().of(entry.binary()).isPresent() || !mayCome.test(now)).processes().of(entry.binary());
  }

  /** A snapshot of a moment when none of these nodes is just being started again. */
  private static Instance.Snapshot settled(Instance instance, List<NodeSpec> nodes) throws OperationFailedException {
    return Poll.last(RESTART, RESTART, instance::snapshot, now -> nodes.stream().flatMap(node -> now.entry(node.service()).stream())
        .noneMatch(entry -> entry.mayRun() && now.processes().of(entry.binary()).isEmpty()));
  }

  /** What there is of a node that antctl does not list, or lists as removed; a list that lost its entries removes nothing. */
  ProcessState unlisted(Antctl antctl, NodeSpec node) throws OperationFailedException {
    return state(antctl.instance(), antctl.snapshot(), new HashMap<>(), node);
  }

  /** @param storages those that were looked at already */
  private ProcessState state(Instance instance, Instance.Snapshot snapshot, Map<Path, StorageState> storages, NodeSpec node) {
    Optional<Entry> entry = snapshot.entry(node.service());
    Optional<Long> pid = snapshot.processes().of(entry.map(Entry::binary).orElse(node.binary()));
    if (pid.isPresent()) {
      return running(instance, pid);
    }
    if (entry.isEmpty() || entry.get().isRemoved()) {
      return unlisted(instance, storages, node, entry.isPresent());
    }
    return down(instance, storages, node, entry.get());
  }

  /** What a node is that antctl lists and that has no process: unknown while its storage is not known to be there. */
  ProcessState down(Instance instance, Map<Path, StorageState> storages, NodeSpec node, Entry entry) {
    ProcessState state = new ProcessState.Missing();
    // The Python wnm recorded the folder above the node's, so that the row's storage may be one further up.
    for (Path storage : new LinkedHashSet<>(List.of(node.storage(), NodeSpec.storageOf(entry.dataDir())))) {
      state = StorageView.of(storage, storages.computeIfAbsent(storage, folder -> instance.storage(colony, folder)), entry.dataDir(),
          () -> "");
      if (!(state instanceof ProcessState.Unknown)) {
        break;
      }
    }
    if (state instanceof ProcessState.Unknown) {
      return state;
    }
    return entry.isRunning() ? new ProcessState.Stopped(instance.lastWords(entry.logDir()).orElse("")) : down(entry);
  }

  /** @param removed whether antctl says that it removed it, rather than nothing */
  private ProcessState unlisted(Instance instance, Map<Path, StorageState> storages, NodeSpec node, boolean removed) {
    Path storage = node.storage();
    ProcessState state = StorageView.of(storage, storages.computeIfAbsent(storage, folder -> instance.storage(colony, folder)),
        node.rootDir(), () -> "");
    return state instanceof ProcessState.Stopped
        ? new ProcessState.Unknown(removed
            ? "antctl" + instance.inWords() + " has removed it and kept its data in " + node.rootDir()
                + "; move that away, and wnm forgets the node"
            : "antctl does not list it" + instance.inWords() + ", but its data is in " + node.rootDir()
                + "; antctl's registry may have lost it")
        : state;
  }

  private static ProcessState running(Instance instance, Optional<Long> pid) {
    return new ProcessState.Running(instance.sharesPids() ? OptionalLong.of(pid.orElseThrow()) : OptionalLong.empty());
  }

  private static ProcessState down(Entry entry) {
    return entry.isUnderstood()
        ? new ProcessState.Stopped("")
        : new ProcessState.Unknown("antctl calls its status '" + entry.status() + "', which wnm does not know");
  }

  private static FoundNode found(Entry entry, ProcessState state, Optional<Container> container,
      Optional<Instant> createdAt) {
    OptionalLong pid = state instanceof ProcessState.Running running ? running.pid() : OptionalLong.empty();
    String user = entry.user().isEmpty() ? System.getProperty("user.name") : entry.user();
    return FoundNode.builder(entry.facts(pid).withContainer(container), state).program(Optional.of(Antctl.PROGRAM)).id(entry.number()).nodePort(entry.nodePort())
        .metricsPort(entry.metricsPort()).rpcPort(entry.rpcPort())
        .wallet(Optional.of(entry.wallet()).filter(wallet -> !wallet.isEmpty())).network(entry.network()).user(user)
        .peerId(Optional.of(entry.peerId()).filter(peer -> !peer.isEmpty())).createdAt(createdAt).build();
  }

  /** Made with the node and never written again. */
  private static Path key(Entry entry) {
    return entry.dataDir().resolve(Antctl.PROGRAM.keyFile());
  }
}
