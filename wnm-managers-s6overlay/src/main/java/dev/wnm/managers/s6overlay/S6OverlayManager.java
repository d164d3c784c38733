package dev.wnm.managers.s6overlay;

import dev.wnm.managers.support.Attempt;
import dev.wnm.managers.support.BatchManager;
import dev.wnm.managers.support.Binaries;
import dev.wnm.managers.support.NodeHome;
import dev.wnm.managers.support.NodeLog;
import dev.wnm.managers.support.Patience;
import dev.wnm.managers.support.Rights;
import dev.wnm.managers.support.Sentences;
import dev.wnm.managers.support.SideBySide;
import dev.wnm.managers.support.docker.DockerContainer;
import dev.wnm.managers.support.docker.NetworkMode;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.manager.Batches;
import dev.wnm.spi.manager.Capability;
import dev.wnm.spi.manager.CompanionAction;
import dev.wnm.spi.manager.CompanionName;
import dev.wnm.spi.manager.CompanionResult;
import dev.wnm.spi.manager.Describes;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.GroupCompanions;
import dev.wnm.spi.manager.GroupResult;
import dev.wnm.spi.manager.GroupSpec;
import dev.wnm.spi.manager.HostsGroups;
import dev.wnm.spi.manager.InstallsBinaries;
import dev.wnm.spi.manager.KeepsKeys;
import dev.wnm.spi.manager.KeepsStorages;
import dev.wnm.spi.manager.LogPart;
import dev.wnm.spi.manager.LogRequest;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.NodeFacts;
import dev.wnm.spi.manager.NodeFolder;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.NodeStorage;
import dev.wnm.spi.manager.NoticesEnds;
import dev.wnm.spi.manager.OpensPorts;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.ReadsLogs;
import dev.wnm.spi.manager.RunsCompanions;
import dev.wnm.spi.manager.StorageView;
import dev.wnm.spi.manager.Traits;
import dev.wnm.spi.model.ColonyId;
import dev.wnm.spi.model.Container;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Runs nodes in container groups. Safe to use for different nodes from many threads; calls into one container queue up. */
final class S6OverlayManager implements BatchManager, Describes, HostsGroups, InstallsBinaries, KeepsKeys, KeepsStorages,
    NoticesEnds, OpensPorts, ReadsLogs, RunsCompanions {
  /** Long enough to see a binary that cannot run here; a node that needs longer for its port is core's to probe. */
  private static final Duration READY = Duration.ofSeconds(3);
  private static final int MOST_OF_A_LOG = 48 * 1024;

  private final ManagerContext context;
  private final GroupSettings settings;
  private final GroupContainers containers;
  private final Groups groups;
  private final GroupsCompanions companions;
  private final Volumes volumes;
  private final GroupHome homes;
  private final Binaries binaries;
  private final NodeFinder finder;

  S6OverlayManager(ManagerContext context, GroupSettings settings, GroupContainers containers, Groups groups,
      GroupsCompanions companions, Volumes volumes) {
    this.context = context;
    this.settings = settings;
    this.containers = containers;
    this.groups = groups;
    this.companions = companions;
    this.volumes = volumes;
    homes = new GroupHome(context, settings, volumes);
    binaries = new Binaries(context.runner(), Rights.own(context.runner()));
    finder = new NodeFinder(settings, homes);
  }

  /** Of whole groups: a node that ends by itself is started again by s6 within a second, and cycles see what became of it. */
  @Override
  public LookOut lookOut() throws ManagerUnavailableException {
    return containers.lookOut();
  }

  @Override
  public Traits traits() {
    return Traits.USUAL;
  }

  /** What docker publishes, and what rules of wnm's own carry on, never comes to the firewall's rules for the host itself. */
  @Override
  public <C extends Capability> Optional<C> capability(Class<C> type) {
    return type == OpensPorts.class && !usesFirewall() ? Optional.empty() : BatchManager.super.capability(type);
  }

  private boolean usesFirewall() {
    return settings.network() == NetworkMode.HOST;
  }

  @Override
  public Map<Integer, OperationResult> createAll(List<NodeSpec> nodes) {
    return homes.makeAll(nodes, () -> inGroups(nodes, (group, members) -> Batches.oneByOne(members, this::made)));
  }

  private OperationResult made(NodeSpec node) {
    return Attempt.on(node, () -> {
      boolean made = homes.make(node, definition(node));
      return OperationResult.done(facts(node, Optional.empty()), made);
    });
  }

  @Override
  public Map<Integer, OperationResult> startAll(List<NodeSpec> nodes) {
    return inGroups(nodes, this::startIn);
  }

  private Map<Integer, OperationResult> startIn(String group, List<NodeSpec> nodes) throws OperationFailedException {
    Map<Integer, OperationResult> results = new HashMap<>();
    List<NodeDefinition> definitions = new ArrayList<>();
    for (NodeSpec node : nodes) {
      OperationResult prepared = Attempt.on(node, () -> {
        NodeDefinition definition = definition(node);
        homes.prepareStart(node, definition);
        definitions.add(definition);
        return OperationResult.unchanged(facts(node, Optional.empty()));
      });
      prepared.failure().ifPresent(failure -> results.put(node.id(), failure));
    }
    if (definitions.isEmpty()) {
      return results;
    }
    GroupResult.Up up = groups.require(group);
    Map<String, NodesTool.Answer> answers = groups.nodes(group).start(definitions, READY);
    for (NodeSpec node : nodes) {
      results.computeIfAbsent(node.id(), id -> result(answers.get(node.service()), () -> {
        openPort(node);
        return facts(node, Optional.of(up.host()));
      }));
    }
    return results;
  }

  @Override
  public Map<Integer, OperationResult> stopAll(List<NodeSpec> nodes) {
    return inGroups(nodes, this::stopIn);
  }

  private Map<Integer, OperationResult> stopIn(String group, List<NodeSpec> nodes) throws OperationFailedException {
    Map<Integer, OperationResult> results = new HashMap<>();
    if (!runs(group)) {
      for (NodeSpec node : nodes) {
        results.put(node.id(), Attempt.on(node, () -> {
          homes.registry().markDown(node);
          return OperationResult.unchanged(facts(node, Optional.empty()));
        }));
      }
      return results;
    }
    Map<String, NodesTool.Answer> answers = groups.nodes(group).stop(services(nodes));
    for (NodeSpec node : nodes) {
      results.put(node.id(), result(answers.get(node.service()), () -> {
        closePort(node);
        return facts(node, Optional.empty());
      }));
    }
    return results;
  }

  @Override
  public Map<Integer, OperationResult> removeAll(List<NodeSpec> nodes) {
    return inGroups(nodes, this::removeIn);
  }

  private Map<Integer, OperationResult> removeIn(String group, List<NodeSpec> nodes) throws OperationFailedException {
    Map<Integer, OperationResult> results = new HashMap<>();
    List<NodeSpec> deletable = homes.removable(nodes, results);
    Map<String, NodesTool.Answer> answers = Map.of();
    if (!deletable.isEmpty() && runs(group)) {
      keepRegistry(group);
      answers = groups.nodes(group).remove(services(deletable));
    }
    for (NodeSpec node : deletable) {
      NodesTool.Answer answer = answers.getOrDefault(node.service(), NodesTool.Answer.ALREADY_GONE);
      results.put(node.id(), answer.done() ? deleted(node, answer) : OperationResult.failed(answer.words(), true));
    }
    return results;
  }

  private void keepRegistry(String group) throws OperationFailedException {
    try {
      homes.registry().keep(settings.volume(group));
    } catch (IOException e) {
      throw OperationFailedException.forNow("the registry of group " + group + " cannot be made: " + Sentences.of(e));
    }
  }

  @Override
  public Map<Integer, OperationResult> discardAll(List<NodeSpec> nodes) {
    return inGroups(nodes, (group, members) -> homes.discardAll(members, this));
  }

  @Override
  public Optional<String> claim(ColonyId colony, NodeStorage storage) {
    return failure(() -> volumes.claim(storage.path()))
        .map(why -> "the storage " + storage.path() + " cannot be marked as the colony's: " + why);
  }

  @Override
  public Optional<String> release(ColonyId colony, NodeStorage storage) {
    return failure(() -> {
      homes.forgetCopies(colony, storage.path());
      volumes.release(storage.path());
    })
        .map(why -> "the marker in the storage " + storage.path() + " cannot be deleted: " + why);
  }

  @FunctionalInterface
  private interface FileWork {
    void run() throws IOException;
  }

  private static Optional<String> failure(FileWork work) {
    try {
      work.run();
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(Sentences.of(e));
    }
  }

  private OperationResult deleted(NodeSpec node, NodesTool.Answer answer) {
    return Attempt.on(node, () -> {
      boolean hadData = homes.delete(node);
      closePort(node);
      return OperationResult.done(facts(node, Optional.empty()), hadData || answer.changed());
    });
  }

  @Override
  public OperationResult stage(NodeSpec asked) {
    return onBinary(asked, node -> {
      withKnownFlags(node);
      homes.stage(node);
    });
  }

  @Override
  public OperationResult swap(NodeSpec asked) {
    return onBinary(asked, node -> homes.swap(node, NodeDefinition.of(withKnownFlags(node), volume(node), Patience.OF_PROGRAMS)));
  }

  @Override
  public OperationResult restore(NodeSpec asked) {
    return onBinary(asked, homes::restore);
  }

  @Override
  public OperationResult forgetKept(NodeSpec asked) {
    return onBinary(asked, homes::forgetKept);
  }

  /** The key is in the group's volume, on this machine, whatever its container does. */
  @Override
  public OperationResult keepKey(NodeSpec asked, Path folder) {
    return placed(asked, node -> OperationResult.done(facts(node, Optional.empty()), homes.keepKey(node, folder)));
  }

  @FunctionalInterface
  private interface BinaryWork {
    void on(NodeSpec node) throws OperationFailedException, CommandFailedException, IOException;
  }

  private OperationResult onBinary(NodeSpec asked, BinaryWork work) {
    return placed(asked, node -> {
      work.on(node);
      return OperationResult.done(facts(node, Optional.empty()));
    });
  }

  @FunctionalInterface
  private interface NodeWork {
    OperationResult on(NodeSpec node) throws OperationFailedException, CommandFailedException, IOException;
  }

  /** Work on a node with the names and places that it has here. */
  private OperationResult placed(NodeSpec asked, NodeWork work) {
    return Attempt.on(asked, () -> work.on(placed(asked, volume(asked))));
  }

  @Override
  public Map<Integer, ProcessState> status(List<NodeSpec> nodes) {
    Map<Integer, ProcessState> states = new HashMap<>();
    StorageView storages = new StorageView(context.colony());
    look(nodes).forEach((node, seen) -> states.put(node.id(), seen.state(node.rootDir(), storages)));
    return states;
  }

  @Override
  public Map<Integer, String> occupied(List<NodeSpec> planned) {
    Map<Integer, String> occupied = new HashMap<>();
    for (NodeSpec node : planned) {
      try {
        NodeFolder.occupant(placed(node, volume(node)).rootDir()).ifPresent(clause -> occupied.put(node.id(), clause));
      } catch (OperationFailedException e) {
        // Its create will say so.
      }
    }
    return occupied;
  }

  @Override
  public String logs(NodeSpec asked) {
    try {
      return homes.logs().all(placed(asked, volume(asked)), MOST_OF_A_LOG);
    } catch (OperationFailedException e) {
      return "";
    }
  }

  /** From its group's volume, also while its container does not run. */
  @Override
  public LogPart log(NodeSpec asked, LogRequest request) throws ManagerUnavailableException {
    try {
      return homes.logs().part(placed(asked, volume(asked)), List.of(), NodeLog.Printed.NOTHING, request);
    } catch (OperationFailedException e) {
      throw new ManagerUnavailableException(e.getMessage());
    }
  }

  @Override
  public Map<Integer, String> describe(List<NodeSpec> nodes) {
    Map<Integer, String> words = new HashMap<>();
    look(nodes).forEach((node, seen) -> seen.view().ifPresent(view -> words.put(node.id(), view.describe())));
    return words;
  }

  @Override
  public List<FoundNode> survey() throws ManagerUnavailableException {
    try {
      List<FoundNode> found = new ArrayList<>();
      List<String> names = volumes.groups();
      Map<String, DockerContainer> there = containers.byGroup(names);
      Map<String, Snapshot> snapshots = snapshots(names, there);
      for (String group : names) {
        Container container = Optional.ofNullable(there.get(group)).map(containers::recorded)
            .orElseGet(() -> containers.gone(group));
        found.addAll(finder.of(group, container, snapshots.get(group)));
      }
      found.addAll(containers.ofOthers());
      return found;
    } catch (OperationFailedException | CommandFailedException e) {
      throw new ManagerUnavailableException(e.getMessage());
    } catch (IOException e) {
      throw cannotLook(e);
    }
  }

  @Override
  public List<Container> containers() throws ManagerUnavailableException {
    try {
      return containers.byGroup(volumes.groups()).values().stream().map(containers::recorded).toList();
    } catch (OperationFailedException e) {
      throw new ManagerUnavailableException(e.getMessage());
    } catch (IOException e) {
      throw cannotLook(e);
    }
  }

  private ManagerUnavailableException cannotLook(IOException e) {
    return new ManagerUnavailableException("the node storage " + settings.storage() + " cannot be surveyed: " + Sentences.of(e));
  }

  /** What can be told of these nodes: one question to docker, and one to each container that runs. */
  private Map<NodeSpec, Snapshot.OfNode> look(List<NodeSpec> asked) {
    Map<NodeSpec, Snapshot.OfNode> seen = new LinkedHashMap<>();
    Map<String, List<NodeSpec>> members =
        byGroup(asked, (node, e) -> seen.put(node, new Snapshot.Unclear(e.getMessage()).of(node.service())));
    List<String> names = List.copyOf(members.keySet());
    Map<String, Snapshot> snapshots;
    try {
      snapshots = snapshots(names, containers.byGroup(names));
    } catch (OperationFailedException e) {
      snapshots = names.stream().collect(Collectors.toMap(name -> name, name -> new Snapshot.Unclear(e.getMessage())));
    }
    for (String group : names) {
      Snapshot snapshot = snapshots.get(group);
      members.get(group).forEach(node -> seen.put(node, snapshot.of(node.service())));
    }
    return seen;
  }

  private Map<String, Snapshot> snapshots(List<String> names, Map<String, DockerContainer> there) {
    return SideBySide.of(names, name -> name, name -> {
      Optional<DockerContainer> container = Optional.ofNullable(there.get(name));
      if (container.filter(one -> one.isInCrashLoop(context.clock().instant())).isPresent()) {
        return new Snapshot.Looping(container.get().state().restarts() + 1, ContainerHealth.deaths(container.get()));
      }
      if (container.filter(DockerContainer::isUp).isEmpty()) {
        return new Snapshot.Down();
      }
      try {
        return new Snapshot.Clear(groups.nodes(name).status());
      } catch (OperationFailedException e) {
        return new Snapshot.Unclear(e.getMessage());
      }
    });
  }

  @Override
  public String image() {
    return settings.image();
  }

  @Override
  public Map<String, GroupResult> openGroups(List<GroupSpec> specs) {
    return groups.open(specs);
  }

  @Override
  public GroupResult rebuildGroup(GroupSpec group) {
    return groups.rebuild(group);
  }

  @Override
  public Map<String, GroupResult> closeGroups(List<GroupSpec> specs) {
    return groups.close(specs, group -> {
      GroupVolume volume = settings.volume(group);
      return failure(() -> volumes.delete(volume))
          .map(why -> "the folder of group " + group + " is not empty, and stays: " + volume.folder() + " (" + why + ")");
    });
  }

  @Override
  public Map<String, GroupCompanions> companions(List<String> names) {
    return companions.all(names);
  }

  @Override
  public CompanionResult operate(CompanionName companion, CompanionAction action, String by) {
    return companions.operate(companion, action, by);
  }

  @Override
  public LogPart log(CompanionName companion, LogRequest request) throws ManagerUnavailableException {
    return companions.log(companion, request);
  }

  @Override
  public String explain(CompanionName companion) throws ManagerUnavailableException {
    return companions.explain(companion);
  }

  @Override
  public String trace(CompanionName companion, Duration time) throws ManagerUnavailableException {
    return companions.trace(companion, time);
  }

  /** What becomes of the nodes of each group; groups at the same time. */
  private Map<Integer, OperationResult> inGroups(List<NodeSpec> asked, GroupWork work) {
    Map<Integer, OperationResult> results = new HashMap<>();
    Map<String, List<NodeSpec>> members = byGroup(asked, (node, e) -> results.put(node.id(), e.asResult()));
    SideBySide.of(members.entrySet(), Map.Entry::getKey, entry -> {
      try {
        return work.run(entry.getKey(), entry.getValue());
      } catch (OperationFailedException e) {
        return entry.getValue().stream().collect(Collectors.toMap(NodeSpec::id, node -> e.asResult()));
      }
    }).values().forEach(results::putAll);
    return results;
  }

  /** The nodes of each group with their names and places here. @param without what to do about one that is in none */
  private Map<String, List<NodeSpec>> byGroup(List<NodeSpec> asked, BiConsumer<NodeSpec, OperationFailedException> without) {
    Map<String, List<NodeSpec>> members = new LinkedHashMap<>();
    for (NodeSpec node : asked) {
      try {
        NodeSpec placed = placed(node, volume(node));
        members.computeIfAbsent(node.group().orElseThrow(), group -> new ArrayList<>()).add(placed);
      } catch (OperationFailedException e) {
        without.accept(node, e);
      }
    }
    return members;
  }

  @FunctionalInterface
  private interface GroupWork {
    Map<Integer, OperationResult> run(String group, List<NodeSpec> nodes) throws OperationFailedException;
  }

  private void openPort(NodeSpec node) {
    if (usesFirewall()) {
      context.openPorts(node);
    }
  }

  private void closePort(NodeSpec node) {
    if (usesFirewall()) {
      context.closePorts(node);
    }
  }

  private static OperationResult result(NodesTool.Answer answer, Supplier<NodeFacts> facts) {
    if (answer == null) {
      return OperationResult.failed("wnm-nodes in its container said nothing of it", true);
    }
    return answer.done() ? OperationResult.done(facts.get(), answer.changed())
        : OperationResult.failed(answer.words(), true);
  }

  private boolean runs(String group) throws OperationFailedException {
    return containers.find(group).filter(DockerContainer::isUp).isPresent();
  }

  private GroupVolume volume(NodeSpec node) throws OperationFailedException {
    String group = node.group().orElse("");
    if (settings.group(group).isEmpty()) {
      throw OperationFailedException.forGood(node.service() + " is in no container group of this colony ('" + group + "')");
    }
    return settings.volume(group);
  }

  /** The node with the names and places that it has here; a folder that was recorded elsewhere stays as it was recorded. */
  private NodeSpec placed(NodeSpec node, GroupVolume volume) {
    String service = node.service().replaceFirst("\\.service$", "");
    boolean suggested = node.rootDir().equals(settings.storage().resolve(service));
    return node.toBuilder().placement(suggested ? volume.placement(service, node.program()) : node.placement().withService(service))
        .bootstrapCache(volume.cache()).build();
  }

  /** How the node is started; which flags its binary knows was found out when that was put in place. */
  private NodeDefinition definition(NodeSpec node) throws OperationFailedException, IOException {
    Optional<NodeDefinition> old = homes.registry().definition(node);
    NodeSpec complete = old.isPresent() ? old.get().withKnownFlags(node) : withKnownFlags(node);
    NodeDefinition definition = NodeDefinition.of(complete, volume(node), Patience.OF_PROGRAMS);
    if (definition.unfit().isPresent()) {
      throw OperationFailedException.forGood("it cannot be started with an argument or variable that is empty or has"
          + " control characters: '" + definition.unfit().get() + "'");
    }
    return definition;
  }

  /** Asked of the operator's binary, and never of a node's own copy: that belongs to the node's account. */
  private NodeSpec withKnownFlags(NodeSpec node) throws OperationFailedException {
    NodeHome.checkSource(node.source());
    try {
      NodeSpec asked = node.toBuilder().placement(node.placement().withBinary(node.source())).user("").build();
      return node.withStartArgs(binaries.withKnownFlags(asked).startArgs());
    } catch (CommandFailedException e) {
      throw OperationFailedException.forGood("the binary " + node.source() + " cannot be run here: " + e.getMessage());
    }
  }

  private static NodeFacts facts(NodeSpec node, Optional<String> host) {
    NodeFacts facts = NodeFacts.asSuggested(node);
    return host.map(facts::withHost).orElse(facts);
  }

  private static List<String> services(List<NodeSpec> nodes) {
    return nodes.stream().map(NodeSpec::service).toList();
  }
}
