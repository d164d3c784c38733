package dev.wnm.managers.antctl;

import dev.wnm.managers.support.Attempt;
import dev.wnm.managers.support.NodeFiles;
import dev.wnm.managers.support.NodeLog;
import dev.wnm.managers.support.NodeLogs;
import dev.wnm.managers.support.Poll;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.manager.BulkTeardown;
import dev.wnm.spi.manager.Capability;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.GivesNotice;
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
import dev.wnm.spi.manager.OpensPorts;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.PlacesNodes;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.ReadsListings;
import dev.wnm.spi.manager.ReadsLogs;
import dev.wnm.spi.manager.ReservesPorts;
import dev.wnm.spi.manager.RunsInContainers;
import dev.wnm.spi.manager.StorageState;
import dev.wnm.spi.manager.Traits;
import dev.wnm.spi.manager.Upgrades;
import dev.wnm.spi.model.ColonyId;
import dev.wnm.spi.model.Container;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Leaves the life of nodes to antctl. Safe to use for different nodes from many threads; calls of one antctl queue up. */
final class AntctlManager implements ProcessManager, BulkTeardown, GivesNotice, KeepsKeys, KeepsStorages, OpensPorts, PlacesNodes, ReadsListings, ReadsLogs,
    ReservesPorts, RunsInContainers, Upgrades {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
  private static final Duration ENDING = Duration.ofSeconds(5);

  private final ManagerContext context;
  private final Instances instances;
  private final Arguments arguments;
  private final Survey survey;
  private final Traits traits;
  private final NodeFiles files;

  /** @param files those of nodes on this machine, with the rights of their antctl */
  AntctlManager(ManagerContext context, Instances instances, Arguments arguments, NodeFiles files) {
    this.context = context;
    this.files = files;
    this.instances = instances;
    this.arguments = arguments;
    survey = new Survey(instances, context.colony(), arguments::storagesIn);
    traits = Traits.USUAL.with(Traits.Numbering.MONOTONIC).with(Traits.Concurrency.PER_GROUP).with(arguments.fetches()
        ? new Traits.Binaries.Fetched(arguments.pinned())
        : new Traits.Binaries.OfMachine()).running(Antctl.PROGRAM);
  }

  @Override
  public Traits traits() {
    return traits;
  }

  @Override
  public <C extends Capability> Optional<C> capability(Class<C> type) {
    boolean inContainers = instances.inContainers();
    // A container's files are behind docker, and the folder for keys is on this machine.
    return type == RunsInContainers.class && !inContainers || type == KeepsKeys.class && inContainers
        || type == PlacesNodes.class && (inContainers || !arguments.choosesStorage())
        ? Optional.empty() : ProcessManager.super.capability(type);
  }

  @Override
  public OperationResult create(NodeSpec node) {
    return attempt(() -> {
      Antctl antctl = instances.of(node);
      arguments.check(node, antctl.instance());
      List<Entry> before = antctl.snapshot().entries();
      Optional<Entry> there = entryOf(node, before);
      if (there.isPresent()) {
        return completed(node, antctl, there.get());
      }
      refuseKey(node, before.size() + 1, antctl.instance());
      Leftovers leftovers = new Leftovers(node, before.size() + 1, antctl.instance());
      CommandResult added = antctl.add(arguments.add(node), arguments.fetches());
      // Exit code 1 may mean that antctl made it and stumbled over something else.
      Optional<Entry> made = entryOf(node, antctl.status());
      if (made.isEmpty()) {
        throw OperationFailedException.forNow((added.succeeded() ? "antctl says that it added a node, but lists none: " : "")
            + Messages.of(added) + leftovers.clear());
      }
      forgetOldUnit(antctl.instance(), made.get());
      markStorage(antctl.instance(), made.get());
      return OperationResult.done(facts(made.get()));
    });
  }

  @Override
  public OperationResult start(NodeSpec node) {
    return attempt(() -> {
      Antctl antctl = instances.of(node);
      Instance.Snapshot now = antctl.snapshot();
      Entry entry = require(now.entry(node.service()));
      Optional<Long> runs = now.processes().of(entry.binary());
      if (runs.isPresent() || MetricsPort.answers(node)) {
        return OperationResult.unchanged(facts(entry, pid(antctl, runs)));
      }
      CommandResult started = antctl.start(node.service());
      boolean failed = !started.succeeded() && !started.timedOut() && survey.runsSoon(antctl, entry).isEmpty()
          && !MetricsPort.answers(node);
      return running(node, antctl, entry, failed ? antctl.startSayingWhy(node.service()) : started);
    });
  }

  @Override
  public OperationResult stop(NodeSpec node) {
    return attempt(() -> {
      boolean ran = end(node);
      return OperationResult.done(NodeFacts.asSuggested(node), ran);
    });
  }

  @Override
  public OperationResult upgrade(NodeSpec node) {
    return attempt(() -> {
      Antctl antctl = instances.of(node);
      arguments.checkSource(node, antctl.instance());
      Entry before = require(antctl.snapshot().entry(node.service()));
      CommandResult upgraded = antctl.upgrade(node.service(), arguments.upgrade(node), arguments.fetches());
      Entry entry = require(antctl.snapshot().entry(node.service()));
      if (arguments.pinned().isPresent() && !entry.version().equals(arguments.pinned())) {
        throw OperationFailedException.forNow("it has version " + entry.version().map(Object::toString).orElse("unknown") + ", not "
            + arguments.pinned().get() + ": " + Messages.of(upgraded));
      }
      // Exit code 1 is also that of an upgrade after which the node was slow to answer.
      boolean took = upgraded.succeeded() || (arguments.fetches()
          ? !entry.version().equals(before.version())
          : antctl.instance().isSame(node.source(), entry.binary()));
      if (!took) {
        throw Messages.failure(upgraded);
      }
      return running(node, antctl, entry, upgraded);
    });
  }

  @Override
  public OperationResult remove(NodeSpec node) {
    return attempt(() -> {
      Antctl antctl = instances.of(node);
      Optional<Entry> entry = live(antctl, node.service());
      if (entry.isEmpty()) {
        requireGone(node, antctl);
        return OperationResult.unchanged(NodeFacts.asSuggested(node));
      }
      if (!isAt(node, entry.get())) {
        throw OperationFailedException.forGood("antctl has its data in " + entry.get().dataDir() + ", not in " + node.rootDir()
            + " as wnm recorded; it is left alone").beforeAnything();
      }
      requireRemovable(node, antctl, entry.get());
      end(node);
      CommandResult removed = antctl.remove(node.service());
      if (live(antctl, node.service()).isPresent()) {
        // That of a node that died while antctl took it for running fails once, and finds it stopped from then on.
        removed = antctl.remove(node.service());
        if (live(antctl, node.service()).isPresent()) {
          throw Messages.failure(removed);
        }
      }
      context.closePorts(node);
      return OperationResult.done(NodeFacts.asSuggested(node));
    });
  }

  /** By one reset for each antctl whose nodes all go, since a reset takes whatever there is; else node by node. */
  @Override
  public OperationResult teardown(List<NodeSpec> nodes) {
    List<String> problems = new ArrayList<>();
    instances.group(nodes).forEach((antctl, members) -> {
      Set<String> services = new HashSet<>(members.stream().map(NodeSpec::service).toList());
      try {
        List<Entry> live = antctl.snapshot().entries().stream().filter(entry -> !entry.isRemoved()).toList();
        if (live.stream().allMatch(entry -> services.contains(entry.service()))) {
          for (NodeSpec node : members) {
            Optional<Entry> entry = live.stream().filter(one -> one.service().equals(node.service())).findFirst();
            if (entry.isPresent()) {
              requireRemovable(node, antctl, entry.get());
            }
          }
          if (!live.isEmpty()) {
            antctl.interrupt(live.stream().map(Entry::binary).toList());
            CommandResult reset = antctl.reset(live.size());
            if (!antctl.snapshot().entries().isEmpty()) {
              throw Messages.failure(reset);
            }
          }
          for (NodeSpec node : members) {
            requireGone(node, antctl);
            context.closePorts(node);
          }
        } else {
          members.forEach(node -> remove(node).failure().ifPresent(failed -> problems.add(failed.reason())));
        }
      } catch (OperationFailedException e) {
        problems.add(e.getMessage());
      }
    });
    return problems.isEmpty()
        ? OperationResult.done(NodeFacts.asSuggested(nodes.get(0)))
        : OperationResult.failed(String.join("; ", problems), true);
  }

  @Override
  public OperationResult keepKey(NodeSpec node, Path folder) {
    return Attempt.on(node, () -> {
      if (node.group().isPresent()) {
        throw OperationFailedException.forGood("its key is in container " + node.group().get() + ", from where wnm keeps none");
      }
      return OperationResult.done(NodeFacts.asSuggested(node), files.keepKey(node, folder));
    });
  }

  @Override
  public Map<Integer, ProcessState> status(List<NodeSpec> nodes) {
    return survey.states(nodes);
  }

  @Override
  public List<FoundNode> survey() throws ManagerUnavailableException {
    return available(survey::all);
  }

  @Override
  public List<FoundNode> read(String listing) throws ManagerUnavailableException {
    return available(() -> Survey.of(StatusDocument.listing(listing)));
  }

  @Override
  public Set<Integer> reservedPorts() throws ManagerUnavailableException {
    return available(() -> {
      Set<Integer> ports = new HashSet<>();
      for (Antctl antctl : instances.main()) {
        antctl.snapshot().entries().forEach(entry -> ports.addAll(entry.ports()));
      }
      return ports;
    });
  }

  @Override
  public List<Container> containers() throws ManagerUnavailableException {
    return available(instances::containers);
  }

  @Override
  public String logs(NodeSpec node) {
    StringBuilder all = new StringBuilder();
    for (String name : List.of("critical_failure.log", "antnode.log")) {
      Path log = node.logDir().resolve(name);
      all.append(NodeLogs.section(log.toString(), instances.of(node).instance().end(log)));
    }
    return all.toString();
  }

  @Override
  public LogPart log(NodeSpec node, LogRequest request) {
    return NodeLog.part(node, instances.of(node).instance().logFiles(), List.of(), NodeLog.Printed.NOTHING, request);
  }

  @Override
  public List<String> notices(List<NodeSpec> known) {
    List<String> notices = new ArrayList<>(instances.untestedVersions());
    notices.addAll(survey.unmanaged(known));
    notices.addAll(survey.lost(known));
    return notices;
  }

  /** antctl uses a folder that is there, and so would one that lost its list use that of an old node. */
  private void refuseKey(NodeSpec node, int number, Instance instance) throws OperationFailedException {
    Optional<Path> folder = arguments.dataPrefix(node).map(prefix -> prefix.resolve("antnode" + number));
    if (folder.isPresent() && instance.holdsKey(folder.get())) {
      throw OperationFailedException.forGood("antctl would make it in " + folder.get() + ", which holds the key of a node that antctl does"
          + " not list; its registry may have lost it: bring that back, or move the folder away");
    }
  }

  @Override
  public Map<NodeStorage, StorageState> storages(ColonyId colony, Collection<NodeStorage> storages) {
    Map<NodeStorage, StorageState> states = new HashMap<>();
    storages.forEach(storage -> states.put(storage, instances.named(storage.group()).instance().storage(colony, inInstance(storage))));
    return states;
  }

  @Override
  public Optional<String> claim(ColonyId colony, NodeStorage storage) {
    return problem(storage, "marked as the colony's", () -> instances.named(storage.group()).instance().claim(colony, inInstance(storage)));
  }

  @Override
  public Optional<String> release(ColonyId colony, NodeStorage storage) {
    return problem(storage, "given up", () -> instances.named(storage.group()).instance().release(colony, inInstance(storage)));
  }

  /** The storage of nodes that are still to be made is a folder of its own in each container. */
  private Path inInstance(NodeStorage storage) {
    return storage.path().equals(context.nodeStorage()) ? arguments.storageIn(storage.group()) : storage.path();
  }

  /** Names and folders are antctl's choice. */
  @Override
  public Map<Integer, String> occupied(List<NodeSpec> planned) {
    return Map.of();
  }

  @FunctionalInterface
  private interface Marking {
    void run() throws OperationFailedException;
  }

  private static Optional<String> problem(NodeStorage storage, String what, Marking marking) {
    try {
      marking.run();
      return Optional.empty();
    } catch (OperationFailedException e) {
      return Optional.of("the node storage " + storage.path() + " cannot be " + what + ": " + e.getMessage());
    }
  }

  /** Where antctl chooses the folder, core cannot mark its storage beforehand. */
  private void markStorage(Instance instance, Entry entry) {
    Path storage = NodeSpec.storageOf(entry.dataDir());
    if (instance.storage(context.colony(), storage) instanceof StorageState.Unmarked) {
      problem(new NodeStorage(storage, instance.name()), "marked as the colony's", () -> instance.claim(context.colony(), storage))
          .ifPresent(context.progress()::report);
    }
  }

  /** What core asked for is there already; a part of it may be missing. */
  private OperationResult completed(NodeSpec node, Antctl antctl, Entry entry) throws OperationFailedException {
    if (antctl.instance().isProgram(entry.binary())) {
      return OperationResult.unchanged(facts(entry));
    }
    List<String> words = new ArrayList<>(arguments.upgrade(node));
    words.add("--do-not-start");
    CommandResult copied = antctl.upgrade(entry.service(), words, arguments.fetches());
    if (!antctl.instance().isProgram(entry.binary())) {
      throw Messages.failure(copied);
    }
    return OperationResult.done(facts(entry));
  }

  /**
   * Makes systemd read the unit of a new node. It keeps that of a node that crashed, also when its file is gone, and antctl
   * does not tell it: after a reset it would start the new node of that name by the words of the old one.
   */
  private void forgetOldUnit(Instance instance, Entry entry) {
    try {
      if (instance.holdsOldUnit(entry.service())) {
        instance.reloadUnits().orThrow();
      }
    } catch (CommandFailedException e) {
      context.progress().report(entry.service() + " may start as the node that had this name before: " + e.getMessage());
    }
  }

  /**
   * Throws unless a node that antctl does not list is gone: an empty or shorter list is no removal, but a reason to look at
   * processes and folders.
   */
  private void requireGone(NodeSpec node, Antctl antctl) throws OperationFailedException {
    ProcessState state = survey.unlisted(antctl, node);
    if (state instanceof ProcessState.Running running) {
      throw OperationFailedException.forNow("antctl does not list " + node.service() + antctl.instance().inWords()
          + ", but its process runs from " + node.binary() + "; nothing was removed");
    }
    if (state instanceof ProcessState.Unknown unknown) {
      throw OperationFailedException.forNow(unknown.reason() + "; nothing was removed");
    }
  }

  /** antctl forgets a node also while its disk is away or its folder a link to another one, and would leave its key there. */
  private void requireRemovable(NodeSpec node, Antctl antctl, Entry entry) throws OperationFailedException {
    if (antctl.instance().isLink(entry.dataDir())) {
      throw OperationFailedException.forGood(new NodeFolder(entry.dataDir(), NodeFolder.Content.DATA, entry.service(), context.home(),
          context.colony()).linkRefusal().orElseThrow()).beforeAnything();
    }
    if (survey.down(antctl.instance(), new HashMap<>(), node, entry) instanceof ProcessState.Unknown unknown) {
      throw OperationFailedException.forNow(unknown.reason() + "; nothing was removed").beforeAnything();
    }
  }

  /** Ends the node if it runs. @return whether it did */
  private boolean end(NodeSpec node) throws OperationFailedException {
    Antctl antctl = instances.of(node);
    Optional<Entry> entry = live(antctl, node.service());
    if (entry.isEmpty()) {
      Optional<Long> runs = antctl.snapshot().processes().of(node.binary());
      if (runs.isPresent()) {
        throw OperationFailedException.forNow("antctl does not list it" + antctl.instance().inWords() + ", but process " + runs.get()
            + " runs from " + node.binary() + "; antctl's registry may have lost it, and cannot stop it");
      }
      return false;
    }
    if (survey.runs(antctl, entry.get()).isEmpty()) {
      return false;
    }
    antctl.interrupt(List.of(entry.get().binary()));
    CommandResult stopped = antctl.stop(node.service());
    if (!Poll.until(ENDING, BETWEEN_LOOKS, () -> antctl.snapshot().processes().of(entry.get().binary()).isEmpty())) {
      throw OperationFailedException.forNow("it still runs: " + Messages.of(stopped));
    }
    context.closePorts(node);
    return true;
  }

  /**
   * What became of a start. antctl's exit code does not tell: it is 1 also for a node that runs but was slow to answer, so
   * the process does, and core's probe after it.
   */
  private OperationResult running(NodeSpec node, Antctl antctl, Entry entry, CommandResult call) throws OperationFailedException {
    Optional<Long> runs = survey.runsSoon(antctl, entry);
    if (runs.isEmpty() && !MetricsPort.answers(node)) {
      String last = antctl.instance().lastWords(entry.logDir()).map(words -> "; it said: " + words).orElse("");
      throw OperationFailedException.forNow((call.succeeded() ? "antctl started it, but it does not run any more" : Messages.of(call))
          + last);
    }
    context.openPorts(node);
    return OperationResult.done(facts(entry, pid(antctl, runs)));
  }

  /** Whether an entry is the node of that name and not another; the Python wnm recorded the folder above the node's. */
  private static boolean isAt(NodeSpec node, Entry entry) {
    return entry.dataDir().equals(node.rootDir()) || entry.dataDir().equals(node.rootDir().resolve(entry.service()));
  }

  private static Entry require(Optional<Entry> entry) throws OperationFailedException {
    if (entry.isEmpty() || entry.get().isRemoved()) {
      throw OperationFailedException.forGood("antctl has no such node" + (entry.isPresent() ? " any more" : ""));
    }
    return entry.get();
  }

  /** The entry that a node to be made would have: its name is antctl's choice, its ports are wnm's. */
  private static Optional<Entry> entryOf(NodeSpec node, List<Entry> entries) {
    return entries.stream().filter(entry -> !entry.isRemoved()
        && entry.metricsPort().equals(node.ports().metrics())
        && entry.nodePort().equals(OptionalInt.of(node.ports().node()))).findFirst();
  }

  private static Optional<Entry> live(Antctl antctl, String service) throws OperationFailedException {
    return antctl.snapshot().entry(service).filter(entry -> !entry.isRemoved());
  }

  private static NodeFacts facts(Entry entry) {
    return facts(entry, OptionalLong.empty());
  }

  private static NodeFacts facts(Entry entry, OptionalLong pid) {
    return entry.facts(pid);
  }

  private static OptionalLong pid(Antctl antctl, Optional<Long> pid) {
    return pid.isPresent() && antctl.instance().sharesPids() ? OptionalLong.of(pid.get()) : OptionalLong.empty();
  }

  /** The folders that antctl would make for its next node and, when it fails on the way, leave behind. */
  private final class Leftovers {
    private final List<NodeFolder> fresh = new ArrayList<>();

    /** @param number antctl's next: it counts its entries, of nodes that are gone as well */
    Leftovers(NodeSpec node, int number, Instance instance) {
      String service = "antnode" + number;
      if (instance.sharesPids()) {
        arguments.logPrefix(node).ifPresent(prefix -> note(prefix.resolve(service), NodeFolder.Content.LOGS));
        arguments.dataPrefix(node).ifPresent(prefix -> note(prefix.resolve(service), NodeFolder.Content.DATA));
      }
    }

    private void note(Path folder, NodeFolder.Content content) {
      if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
        fresh.add(new NodeFolder(folder, content, folder.getFileName().toString(), context.home(), context.colony()));
      }
    }

    /** Deletes what was not there before. @return a sentence's end about what could not be deleted */
    String clear() {
      StringBuilder problems = new StringBuilder();
      for (NodeFolder folder : fresh) {
        try {
          folder.delete();
        } catch (IOException e) {
          problems.append("; what it left behind stays: ").append(e.getMessage());
        }
      }
      return problems.toString();
    }
  }

  private static OperationResult attempt(Work<OperationResult> attempt) {
    try {
      return attempt.run();
    } catch (OperationFailedException e) {
      return e.asResult();
    }
  }

  private static <T> T available(Work<T> attempt) throws ManagerUnavailableException {
    try {
      return attempt.run();
    } catch (OperationFailedException e) {
      throw new ManagerUnavailableException(e.getMessage());
    }
  }

  @FunctionalInterface
  private interface Work<T> {
    T run() throws OperationFailedException;
  }
}
