package dev.wnm.core.managers;

import dev.wnm.core.managers.Border.BrokenCallException;
import dev.wnm.spi.manager.AdoptsNodes;
import dev.wnm.spi.manager.Batches;
import dev.wnm.spi.manager.BulkTeardown;
import dev.wnm.spi.manager.Capability;
import dev.wnm.spi.manager.CompanionAction;
import dev.wnm.spi.manager.CompanionName;
import dev.wnm.spi.manager.CompanionResult;
import dev.wnm.spi.manager.Describes;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.GivesNotice;
import dev.wnm.spi.manager.GroupCompanions;
import dev.wnm.spi.manager.GroupResult;
import dev.wnm.spi.manager.GroupSpec;
import dev.wnm.spi.manager.HostsGroups;
import dev.wnm.spi.manager.InstallsBinaries;
import dev.wnm.spi.manager.KeepsKeys;
import dev.wnm.spi.manager.KeepsStorages;
import dev.wnm.spi.manager.LogPart;
import dev.wnm.spi.manager.LogRequest;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.MovesNodes;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.NodeStorage;
import dev.wnm.spi.manager.NoticesEnds;
import dev.wnm.spi.manager.OpensPorts;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.PlacesNodes;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.ReadsListings;
import dev.wnm.spi.manager.ReadsLogs;
import dev.wnm.spi.manager.ReadsVersions;
import dev.wnm.spi.manager.ReservesPorts;
import dev.wnm.spi.manager.RunsCompanions;
import dev.wnm.spi.manager.RunsInContainers;
import dev.wnm.spi.manager.StorageState;
import dev.wnm.spi.manager.Traits;
import dev.wnm.spi.manager.Upgrades;
import dev.wnm.spi.model.ColonyId;
import dev.wnm.spi.model.Container;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.Version;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A process manager as core sees it: one that keeps its contract. What the one behind it throws, leaves out, answers with null
 * or does not answer in time becomes unknown, failed or unavailable, in a sentence that names it. A call for several nodes
 * that breaks is repeated for each of them, so that one bad node is known by itself; one that does not return is not repeated.
 *
 * <p>A change that does not return in time goes on in its thread, which ends with the program at the latest. Its node is not
 * touched as long as it does: it is unknown, and what is asked to be done to it fails unsettled, also in later cycles of the
 * same program.
 */
final class GuardedManager implements ProcessManager, AdoptsNodes, Batches, BulkTeardown, Describes, GivesNotice, HostsGroups,
    InstallsBinaries, KeepsKeys, KeepsStorages, MovesNodes, NoticesEnds, OpensPorts, PlacesNodes, ReadsListings, ReadsLogs, ReadsVersions,
    ReservesPorts, RunsCompanions, Upgrades {
  private static final List<Class<? extends Capability>> CAPABILITIES = List.of(AdoptsNodes.class, Batches.class, BulkTeardown.class,
      Describes.class, GivesNotice.class, HostsGroups.class, InstallsBinaries.class, KeepsKeys.class, MovesNodes.class, NoticesEnds.class,
      OpensPorts.class, PlacesNodes.class,
      ReadsListings.class, ReadsLogs.class, ReadsVersions.class, ReservesPorts.class, RunsCompanions.class, RunsInContainers.class,
      Upgrades.class);

  /** Changes that never returned, by node. Of the whole program: cycles come and go, such a call stays. */
  private static final Map<String, Thread> LEFT_BEHIND = new ConcurrentHashMap<>();

  private final ProcessManager manager;
  private final String name;
  private final CallLimits limits;
  private final Traits traits;
  /** Where it hosts groups, the image that new ones get. */
  private final String image;
  /** What it offers, by the interface of each. */
  private final Map<Class<?>, Capability> offers;
  /** Storages that do not answer: nothing that has to do with them is asked again in this run. */
  private final Map<NodeStorage, String> hanging = new ConcurrentHashMap<>();
  /** Set when a question was not answered in time: the next ones are not asked in this run. */
  private volatile Optional<String> silence = Optional.empty();

  private GuardedManager(ProcessManager manager, String name, CallLimits limits, Traits traits, Map<Class<?>, Capability> offers, String image) {
    this.manager = manager;
    this.name = name;
    this.limits = limits;
    this.traits = traits;
    this.offers = offers;
    this.image = image;
  }

  /**
   * @param name whose code it is, for sentences
   * @throws ManagerUnavailableException when it cannot even say what core must know to drive it
   */
  static ProcessManager of(ProcessManager manager, String name, CallLimits limits) throws ManagerUnavailableException {
    try {
      Traits traits = Border.run(name, "traits", limits.loading(), limits.grace(), () -> Whole.checked(manager.traits()));
      Map<Class<?>, Capability> offers =
          Border.run(name, "capability", limits.loading(), limits.grace(), () -> offersOf(manager));
      String image = offers.get(HostsGroups.class) instanceof HostsGroups groups
          ? Border.run(name, "image", limits.loading(), limits.grace(), () -> Whole.checked(groups.image())) : "";
      return new GuardedManager(manager, name, limits, traits, offers, image);
    } catch (BrokenCallException broken) {
      throw new ManagerUnavailableException(broken.getMessage());
    }
  }

  private static Map<Class<?>, Capability> offersOf(ProcessManager manager) {
    Map<Class<?>, Capability> offers = new HashMap<>();
    CAPABILITIES.forEach(type -> manager.capability(type).ifPresent(offer -> offers.put(type, offer)));
    offers.put(KeepsStorages.class, Whole.checked(KeepsStorages.of(manager)));
    return Map.copyOf(offers);
  }

  // What core must know

  @Override
  public Traits traits() {
    return traits;
  }

  @Override
  public <C extends Capability> Optional<C> capability(Class<C> type) {
    return offers.containsKey(type) ? Optional.of(type.cast(this)) : Optional.empty();
  }

  /** @throws IllegalStateException when it is not offered: a fault of core's, which did not ask */
  private <C extends Capability> C offered(Class<C> type) {
    Capability offer = offers.get(type);
    if (offer == null) {
      throw new IllegalStateException(name + " does not offer " + type.getSimpleName());
    }
    return type.cast(offer);
  }

  // Changes of one node

  @Override
  public OperationResult create(NodeSpec node) {
    // What was thrown in the middle of it says nothing of what is there.
    return change("create", limits.longChange(), node, manager::create, OperationResult::unsettled);
  }

  @Override
  public OperationResult start(NodeSpec node) {
    return change("start", limits.change(), node, manager::start);
  }

  @Override
  public OperationResult stop(NodeSpec node) {
    return change("stop", limits.change(), node, manager::stop);
  }

  @Override
  public OperationResult restart(NodeSpec node) {
    return change("restart", limits.change().multipliedBy(2), node, manager::restart);
  }

  @Override
  public OperationResult upgrade(NodeSpec node) {
    return change("upgrade", limits.longChange(), node, offered(Upgrades.class)::upgrade);
  }

  @Override
  public OperationResult stage(NodeSpec node) {
    return change("stage", limits.longChange(), node, offered(InstallsBinaries.class)::stage);
  }

  @Override
  public OperationResult swap(NodeSpec node) {
    return change("swap", limits.change(), node, offered(InstallsBinaries.class)::swap);
  }

  @Override
  public OperationResult restore(NodeSpec node) {
    return change("restore", limits.change(), node, offered(InstallsBinaries.class)::restore);
  }

  @Override
  public OperationResult forgetKept(NodeSpec node) {
    return change("forgetKept", limits.change(), node, offered(InstallsBinaries.class)::forgetKept);
  }

  @Override
  public OperationResult keepKey(NodeSpec node, Path folder) {
    return change("keepKey", limits.change(), node, asked -> offered(KeepsKeys.class).keepKey(asked, folder));
  }

  @Override
  public Optional<String> moveObstacle(NodeSpec node, NodePlacement target) {
    return obstacle(node).or(() -> problem("moveObstacle", () -> offered(MovesNodes.class).moveObstacle(node, target)));
  }

  @Override
  public OperationResult move(NodeSpec node, NodePlacement target) {
    // What was thrown in the middle of it says nothing of what is where.
    return change("move", limits.move(), node, asked -> offered(MovesNodes.class).move(asked, target), OperationResult::unsettled);
  }

  @Override
  public OperationResult settleMove(NodeSpec node, NodePlacement target) {
    return change("settleMove", limits.longChange(), node, asked -> offered(MovesNodes.class).settleMove(asked, target),
        OperationResult::unsettled);
  }

  @Override
  public OperationResult remove(NodeSpec node) {
    return change("remove", limits.longChange(), node, manager::remove);
  }

  @Override
  public OperationResult discard(NodeSpec node) {
    return change("discard", limits.longChange(), node, manager::discard);
  }

  @Override
  public OperationResult forget(NodeSpec node) {
    return change("forget", limits.change(), node, manager::forget);
  }

  private OperationResult change(String what, Duration limit, NodeSpec node, Function<NodeSpec, OperationResult> operation) {
    return change(what, limit, node, operation, why -> OperationResult.failed(why, true));
  }

  /** @param thrown the result of a call that threw, by what it threw */
  private OperationResult change(String what, Duration limit, NodeSpec node, Function<NodeSpec, OperationResult> operation,
      Function<String, OperationResult> thrown) {
    return obstacle(node).map(OperationResult::unsettled).orElseGet(() -> {
      try {
        return Border.run(name, what, limit, limits.grace(), () -> Whole.checked(operation.apply(node)));
      } catch (ManagerUnavailableException unavailable) {
        return OperationResult.failed(unavailable.getMessage(), true);
      } catch (BrokenCallException broken) {
        return broken.isOverdue() ? leftBehind(broken, List.of(node)) : thrown.apply(broken.getMessage());
      }
    });
  }

  // Changes of several nodes

  @Override
  public Map<Integer, OperationResult> createAll(List<NodeSpec> nodes) {
    return changeAll("createAll", limits.longChange(), nodes, offered(Batches.class)::createAll, this::create);
  }

  @Override
  public Map<Integer, OperationResult> startAll(List<NodeSpec> nodes) {
    return changeAll("startAll", limits.change(), nodes, offered(Batches.class)::startAll, this::start);
  }

  @Override
  public Map<Integer, OperationResult> stopAll(List<NodeSpec> nodes) {
    return changeAll("stopAll", limits.change(), nodes, offered(Batches.class)::stopAll, this::stop);
  }

  @Override
  public Map<Integer, OperationResult> removeAll(List<NodeSpec> nodes) {
    return changeAll("removeAll", limits.longChange(), nodes, offered(Batches.class)::removeAll, this::remove);
  }

  @Override
  public Map<Integer, OperationResult> discardAll(List<NodeSpec> nodes) {
    return changeAll("discardAll", limits.longChange(), nodes, offered(Batches.class)::discardAll, this::discard);
  }

  private Map<Integer, OperationResult> changeAll(String what, Duration limit, List<NodeSpec> asked,
      Function<List<NodeSpec>, Map<Integer, OperationResult>> together, Function<NodeSpec, OperationResult> alone) {
    Map<Integer, OperationResult> results = new LinkedHashMap<>();
    asked.forEach(node -> obstacle(node).ifPresent(why -> results.put(node.id(), OperationResult.unsettled(why))));
    List<NodeSpec> nodes = asked.stream().filter(node -> !results.containsKey(node.id())).toList();
    if (nodes.isEmpty()) {
      return results;
    }
    try {
      Map<Integer, OperationResult> told = Border.run(name, what, limits.forNodes(limit, nodes.size()), limits.grace(),
          () -> new HashMap<>(Whole.checked(together.apply(nodes))));
      nodes.forEach(node -> results.put(node.id(), told.getOrDefault(node.id(),
          OperationResult.unsettled(name + " said nothing of " + node.service() + " in '" + what + "'"))));
    } catch (ManagerUnavailableException unavailable) {
      nodes.forEach(node -> results.put(node.id(), OperationResult.failed(unavailable.getMessage(), true)));
    } catch (BrokenCallException broken) {
      if (broken.isOverdue()) {
        OperationResult failure = leftBehind(broken, nodes);
        nodes.forEach(node -> results.put(node.id(), failure));
      } else {
        nodes.forEach(node -> results.put(node.id(), alone.apply(node)));
      }
    }
    return results;
  }

  @Override
  public OperationResult teardown(List<NodeSpec> nodes) {
    Optional<String> obstacle = nodes.stream().flatMap(node -> obstacle(node).stream()).findFirst();
    if (obstacle.isPresent()) {
      return OperationResult.refused(obstacle.get() + "; nothing was removed", true);
    }
    try {
      return Border.run(name, "teardown", limits.forNodes(limits.longChange(), nodes.size()), limits.grace(),
          () -> Whole.checked(offered(BulkTeardown.class).teardown(nodes)));
    } catch (ManagerUnavailableException unavailable) {
      return OperationResult.failed(unavailable.getMessage(), true);
    } catch (BrokenCallException broken) {
      return broken.isOverdue() ? leftBehind(broken, nodes) : OperationResult.failed(broken.getMessage(), true);
    }
  }

  private static OperationResult leftBehind(BrokenCallException broken, List<NodeSpec> nodes) {
    broken.leftBehind().filter(Thread::isAlive)
        .ifPresent(thread -> nodes.forEach(node -> LEFT_BEHIND.put(key(node), thread)));
    return OperationResult.unsettled(broken.getMessage());
  }

  /** Why nothing may be asked or done about a node now. */
  private Optional<String> obstacle(NodeSpec node) {
    Thread thread = LEFT_BEHIND.get(key(node));
    if (thread != null && thread.isAlive()) {
      return Optional.of("an earlier call for " + node.service() + " (" + thread.getName().replaceFirst("^wnm-", "")
          + ") has still not returned from " + name);
    }
    LEFT_BEHIND.remove(key(node));
    NodeStorage storage = new NodeStorage(node.storage(), node.group());
    return Optional.ofNullable(hanging.get(storage)).map(why -> "its storage " + storage.path() + " hangs: " + why);
  }

  private static String key(NodeSpec node) {
    return node.group().orElse("") + "|" + node.rootDir();
  }

  // Questions about nodes

  @Override
  public Map<Integer, ProcessState> status(List<NodeSpec> nodes) {
    return ask("status", nodes, manager::status, why -> new ProcessState.Unknown(why));
  }

  /** A hint for a person: where it breaks, there is none. */
  @Override
  public String logs(NodeSpec node) {
    try {
      return look("logs", limits.look(), () -> offered(ReadsLogs.class).logs(node));
    } catch (ManagerUnavailableException | BrokenCallException broken) {
      return Border.sentence(broken); // which is kept in their place, and tells why there are none
    }
  }

  @Override
  public LogPart log(NodeSpec node, LogRequest request) throws ManagerUnavailableException {
    return orUnavailable("log", () -> offered(ReadsLogs.class).log(node, request));
  }

  @Override
  public Optional<Version> version(NodeSpec node) {
    try {
      return look("version", limits.look(), () -> offered(ReadsVersions.class).version(node));
    } catch (ManagerUnavailableException | BrokenCallException broken) {
      return Optional.empty(); // unknown, as where it cannot be read
    }
  }

  @Override
  public Map<Integer, String> describe(List<NodeSpec> nodes) {
    // Not every node has to be in the answer.
    return ask("describe", nodes, some -> {
      Map<Integer, String> words = new HashMap<>(offered(Describes.class).describe(some));
      some.forEach(node -> words.putIfAbsent(node.id(), ""));
      return words;
    }, why -> "unknown: " + why).entrySet().stream().filter(entry -> !entry.getValue().isEmpty())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** @param unknown the answer for a node of which nothing can be told */
  private <T> Map<Integer, T> ask(String what, List<NodeSpec> asked, Function<List<NodeSpec>, Map<Integer, T>> question,
      Function<String, T> unknown) {
    Map<Integer, T> answers = new HashMap<>();
    asked.forEach(node -> obstacle(node).ifPresent(why -> answers.put(node.id(), unknown.apply(why))));
    List<NodeSpec> nodes = asked.stream().filter(node -> !answers.containsKey(node.id())).toList();
    if (nodes.isEmpty()) {
      return answers;
    }
    try {
      Map<Integer, T> told = look(what, limits.look(), () -> new HashMap<>(question.apply(nodes)));
      nodes.forEach(node -> answers.put(node.id(), told.getOrDefault(node.id(),
          unknown.apply(name + " said nothing of " + node.service() + " in '" + what + "'"))));
    } catch (ManagerUnavailableException unavailable) {
      nodes.forEach(node -> answers.put(node.id(), unknown.apply(unavailable.getMessage())));
    } catch (BrokenCallException broken) {
      boolean last = broken.isOverdue() || nodes.size() == 1;
      nodes.forEach(node -> answers.put(node.id(), last ? unknown.apply(broken.getMessage())
          : ask(what, List.of(node), question, unknown).get(node.id())));
    }
    return answers;
  }

  @Override
  public Map<Integer, String> occupied(List<NodeSpec> planned) throws ManagerUnavailableException {
    return orUnavailable("occupied", () -> manager.occupied(planned));
  }

  @Override
  public Map<NodeStorage, StorageState> storages(ColonyId colony, Collection<NodeStorage> storages) {
    Map<NodeStorage, StorageState> states = new HashMap<>();
    try {
      Map<NodeStorage, StorageState> told = look("storages", limits.look(), () -> new HashMap<>(offered(KeepsStorages.class).storages(colony, storages)));
      storages.forEach(storage -> states.put(storage, told.getOrDefault(storage,
          new StorageState.Unreachable(name + " said nothing of it"))));
    } catch (ManagerUnavailableException unavailable) {
      storages.forEach(storage -> states.put(storage, new StorageState.Unreachable(unavailable.getMessage())));
    } catch (BrokenCallException broken) {
      boolean last = broken.isOverdue() || storages.size() == 1;
      storages.forEach(storage -> states.put(storage, last ? new StorageState.Unreachable(broken.getMessage())
          : storages(colony, List.of(storage)).get(storage)));
    }
    states.forEach((storage, state) -> {
      if (state instanceof StorageState.Unreachable away && away.hangs()) {
        hanging.put(storage, away.reason());
      }
    });
    return states;
  }

  @Override
  public List<String> notices(List<NodeSpec> known) {
    try {
      return look("notices", limits.look(), () -> List.copyOf(offered(GivesNotice.class).notices(
          known.stream().filter(node -> obstacle(node).isEmpty()).toList())));
    } catch (ManagerUnavailableException | BrokenCallException broken) {
      return List.of(Border.sentence(broken));
    }
  }

  @Override
  public LookOut lookOut() throws ManagerUnavailableException {
    return new GuardedLookOut(orUnavailable("lookOut", () -> offered(NoticesEnds.class).lookOut()), name, limits);
  }

  // Questions about the machine

  @Override
  public List<FoundNode> survey() throws ManagerUnavailableException {
    return orUnavailable("survey", () -> List.copyOf(manager.survey()));
  }

  @Override
  public List<FoundNode> read(String listing) throws ManagerUnavailableException {
    return orUnavailable("read", () -> List.copyOf(offered(ReadsListings.class).read(listing)));
  }

  @Override
  public Set<Integer> reservedPorts() throws ManagerUnavailableException {
    return orUnavailable("reservedPorts", () -> Set.copyOf(offered(ReservesPorts.class).reservedPorts()));
  }

  @Override
  public List<Container> containers() throws ManagerUnavailableException {
    return orUnavailable("containers", () -> List.copyOf(offered(RunsInContainers.class).containers()));
  }

  private <T> T orUnavailable(String what, Callable<T> question) throws ManagerUnavailableException {
    try {
      return look(what, limits.look(), question);
    } catch (BrokenCallException broken) {
      throw new ManagerUnavailableException(broken.getMessage());
    }
  }

  private <T> T look(String what, Duration limit, Callable<T> question)
      throws ManagerUnavailableException, BrokenCallException {
    if (silence.isPresent()) {
      throw new BrokenCallException(silence.get(), true, Optional.empty());
    }
    try {
      return Border.run(name, what, limit, limits.grace(), () -> Whole.checked(question.call()));
    } catch (BrokenCallException broken) {
      if (broken.isOverdue()) {
        silence = Optional.of(broken.getMessage() + ", and is not asked again in this run");
      }
      throw broken;
    }
  }

  // Storages and groups

  @Override
  public Optional<String> claim(ColonyId colony, NodeStorage storage) {
    return problem("claim", () -> offered(KeepsStorages.class).claim(colony, storage));
  }

  @Override
  public Optional<String> release(ColonyId colony, NodeStorage storage) {
    return problem("release", () -> offered(KeepsStorages.class).release(colony, storage));
  }

  private Optional<String> problem(String what, Callable<Optional<String>> work) {
    try {
      return Border.run(name, what, limits.change(), limits.grace(), () -> Whole.checked(work.call()));
    } catch (ManagerUnavailableException | BrokenCallException broken) {
      return Optional.of(Border.sentence(broken));
    }
  }

  @Override
  public List<String> adopted(List<NodeSpec> nodes) {
    try {
      return Border.run(name, "adopted", limits.forNodes(limits.change(), nodes.size()), limits.grace(),
          () -> List.copyOf(Whole.checked(offered(AdoptsNodes.class).adopted(nodes))));
    } catch (ManagerUnavailableException | BrokenCallException broken) {
      return List.of(Border.sentence(broken));
    }
  }

  @Override
  public String image() {
    return image;
  }

  @Override
  public Map<String, GroupResult> openGroups(List<GroupSpec> groups) {
    return changeGroups("openGroups", groups, offered(HostsGroups.class)::openGroups);
  }

  @Override
  public Map<String, GroupResult> closeGroups(List<GroupSpec> groups) {
    return changeGroups("closeGroups", groups, offered(HostsGroups.class)::closeGroups);
  }

  @Override
  public GroupResult rebuildGroup(GroupSpec group) {
    try {
      return Border.run(name, "rebuildGroup", limits.longChange(), limits.grace(), () -> Whole.checked(offered(HostsGroups.class).rebuildGroup(group)));
    } catch (ManagerUnavailableException | BrokenCallException broken) {
      return GroupResult.failed(Border.sentence(broken));
    }
  }

  private Map<String, GroupResult> changeGroups(String what, List<GroupSpec> groups,
      Function<List<GroupSpec>, Map<String, GroupResult>> work) {
    Map<String, GroupResult> results = new LinkedHashMap<>();
    try {
      results.putAll(Border.run(name, what, limits.forNodes(limits.longChange(), groups.size()), limits.grace(),
          () -> Whole.checked(work.apply(groups))));
    } catch (ManagerUnavailableException unavailable) {
      groups.forEach(group -> results.put(group.name(), GroupResult.failed(unavailable.getMessage())));
    } catch (BrokenCallException broken) {
      boolean last = broken.isOverdue() || groups.size() == 1;
      groups.forEach(group -> results.put(group.name(), last ? GroupResult.failed(broken.getMessage())
          : changeGroups(what, List.of(group), work).get(group.name())));
    }
    return results;
  }

  // Services beside the nodes of groups

  @Override
  public Map<String, GroupCompanions> companions(List<String> groups) {
    Map<String, GroupCompanions> answers = new LinkedHashMap<>();
    try {
      Map<String, GroupCompanions> told = look("companions", limits.look(),
          () -> new HashMap<>(offered(RunsCompanions.class).companions(groups)));
      groups.forEach(group -> answers.put(group, told.getOrDefault(group, GroupCompanions.unknown(name + " said nothing of it"))));
    } catch (ManagerUnavailableException unavailable) {
      groups.forEach(group -> answers.put(group, GroupCompanions.unknown(unavailable.getMessage())));
    } catch (BrokenCallException broken) {
      boolean last = broken.isOverdue() || groups.size() == 1;
      groups.forEach(group -> answers.put(group, last ? GroupCompanions.unknown(broken.getMessage())
          : companions(List.of(group)).get(group)));
    }
    return answers;
  }

  @Override
  public CompanionResult operate(CompanionName companion, CompanionAction action, String by) {
    try {
      return Border.run(name, "operate", limits.change(), limits.grace(),
          () -> Whole.checked(offered(RunsCompanions.class).operate(companion, action, by)));
    } catch (ManagerUnavailableException | BrokenCallException broken) {
      return CompanionResult.failed(Border.sentence(broken));
    }
  }

  @Override
  public LogPart log(CompanionName companion, LogRequest request) throws ManagerUnavailableException {
    return orUnavailable("log", () -> offered(RunsCompanions.class).log(companion, request));
  }

  @Override
  public String explain(CompanionName companion) throws ManagerUnavailableException {
    return orUnavailable("explain", () -> offered(RunsCompanions.class).explain(companion));
  }

  @Override
  public String trace(CompanionName companion, Duration time) throws ManagerUnavailableException {
    return orUnavailable("trace", () -> offered(RunsCompanions.class).trace(companion, time));
  }
}
