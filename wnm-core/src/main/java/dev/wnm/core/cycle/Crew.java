package dev.wnm.core.cycle;

import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.execution.DryRunOperations;
import dev.wnm.core.execution.JournaledOperations;
import dev.wnm.core.execution.NodeOperations;
import dev.wnm.core.execution.NodeOutcome;
import dev.wnm.core.execution.NodePlan;
import dev.wnm.core.execution.OperationLanes;
import dev.wnm.core.execution.Recovery;
import dev.wnm.core.execution.UpgradeWaves;
import dev.wnm.core.firewall.FirewallKeeper;
import dev.wnm.core.host.Measurement;
import dev.wnm.core.host.Meter;
import dev.wnm.core.host.Pause;
import dev.wnm.core.host.Sense;
import dev.wnm.core.managers.Managers;
import dev.wnm.core.managers.NodeSpecs;
import dev.wnm.core.model.DecisionLimits;
import dev.wnm.core.model.Fleet;
import dev.wnm.core.model.Incident;
import dev.wnm.core.model.MarkedStorage;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.OperationKind;
import dev.wnm.core.model.StartOrder;
import dev.wnm.core.model.Wording;
import dev.wnm.core.observation.NodeObserver;
import dev.wnm.core.observation.NodeStates;
import dev.wnm.core.observation.Observation;
import dev.wnm.core.observation.Targets;
import dev.wnm.core.observation.Troubles;
import dev.wnm.core.probe.NodeProber;
import dev.wnm.core.program.Antnode;
import dev.wnm.core.provisioning.Groups;
import dev.wnm.core.provisioning.NodeProvisioner;
import dev.wnm.core.provisioning.StorageKeeper;
import dev.wnm.core.state.ClockKeeper;
import dev.wnm.core.state.CycleState;
import dev.wnm.core.store.ColonyStore;
import dev.wnm.core.store.NodeChange;
import dev.wnm.core.store.OpenOperation;
import dev.wnm.core.takeover.LaterImport;
import dev.wnm.spi.command.Shell;
import dev.wnm.spi.internal.Fingerprint;
import dev.wnm.spi.manager.Batches;
import dev.wnm.spi.manager.BulkTeardown;
import dev.wnm.spi.manager.GivesNotice;
import dev.wnm.spi.manager.HostsGroups;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.Traits;
import dev.wnm.spi.model.ColonyId;
import dev.wnm.spi.model.Version;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a cycle and a forced action share: the fleet as it stands, and the hands that look at it and work on it. In a dry
 * run it looks, changes only its own view, and writes nothing.
 */
public final class Crew {
  private static final System.Logger LOG = System.getLogger(Crew.class.getName());
  /** History thins by the hour, and looking for what has had its time is a tenth of a short cycle's work. */
  private static final Duration THIN_EVERY = Duration.ofHours(1);
  /** What is done to several nodes by one call, where the process manager can. */
  private static final Set<OperationKind> IN_BATCHES = EnumSet.of(OperationKind.ADD, OperationKind.START, OperationKind.STOP,
      OperationKind.RETIRE, OperationKind.DISABLE, OperationKind.REMOVE);
  /** What is not done while nothing is known of a node's folder. */
  private static final String LEFT_ALONE = "; it is left as it is, and what belongs to it is left alone, until somebody mends it";
  private static final Set<OperationKind> NEEDS_STORAGE =
      EnumSet.of(OperationKind.ADD, OperationKind.START, OperationKind.UPGRADE, OperationKind.REMOVE);

  private final Settings settings;
  private final ColonyStore store;
  private final Meter meter;
  private final Clock clock;
  private final Pause pause;
  private final Antnode antnode;
  private final Managers managers;
  private final NodeSpecs specs;
  private final NodeObserver observer;
  private final UpgradeWaves waves;
  private final NodeOperations operations;
  private final CycleState cycleState;
  private final boolean dryRun;
  private final Optional<Groups> groups;
  private final FirewallKeeper firewall;
  private final StorageKeeper storages;
  /** What befell nodes in this run, as far as it was seen. */
  private final List<Incident> incidents = new ArrayList<>();
  private final List<String> troubles = new ArrayList<>();
  private Fleet fleet;

  public Crew(Settings settings, ColonyId colony, ColonyStore store, Meter meter, Clock clock, Pause pause, Antnode antnode, Managers managers,
      NodeProber prober, CycleState cycleState, boolean dryRun) {
    this.settings = settings;
    this.store = store;
    this.meter = meter;
    this.clock = clock;
    this.pause = pause;
    this.antnode = antnode;
    this.managers = managers;
    this.cycleState = cycleState;
    this.dryRun = dryRun;
    specs = new NodeSpecs(settings.upnp(), settings.startArguments(), antnode.path(), settings.folders().bootstrapCache());
    storages = new StorageKeeper(settings, colony, store, managers.main(), managers::of, specs, clock, dryRun);
    observer = new NodeObserver(prober, managers, specs, cycleState, storages::outage);
    waves = new UpgradeWaves(settings, store, managers, specs, observer, antnode, clock);
    operations = dryRun
        ? new DryRunOperations()
        : new JournaledOperations(store, managers, specs, antnode.version(), waves, clock);
    specs.know(store.containers());
    groups = managers.main().capability(HostsGroups.class)
        .map(host -> new Groups(settings, store, host, specs, cycleState, clock));
    firewall = new FirewallKeeper(settings, store, managers, cycleState);
    fleet = new Fleet(store.nodes());
  }

  Settings settings() {
    return settings;
  }

  Fleet fleet() {
    return fleet;
  }

  Managers managers() {
    return managers;
  }

  NodeSpecs specs() {
    return specs;
  }

  CycleState state() {
    return cycleState;
  }

  Optional<Version> antnodeVersion() {
    return antnode.version();
  }

  boolean isDryRun() {
    return dryRun;
  }

  /** The words for what is done. */
  Wording wording() {
    return new Wording(dryRun);
  }

  Instant now() {
    return clock.instant();
  }

  Pause pause() {
    return pause;
  }

  UpgradeWaves waves() {
    return waves;
  }

  /** What tells the settings and the antnode of today from those of other days. */
  String circumstances() {
    Map<String, String> kept = new TreeMap<>(settings.kept());
    // That goes up with each try.
    kept.remove(Options.HIGHEST_NODE_ID_USED.name());
    return Fingerprint.of(kept + antnode.fingerprint(), 8);
  }

  /** Which stopped nodes may be started now. */
  StartOrder startOrder() {
    return new StartOrder(fleet.nodes(), cycleState.cameBackAt(), now());
  }

  Targets targets() {
    return new Targets(observer, clock);
  }

  Transitions transitions() {
    return new Transitions(settings, observer, antnode.version());
  }

  /** Nodes whose data go now; those whose removal the journal holds open were tried by the recovery already. */
  List<Node> dueForRemoval() {
    Set<Integer> open = store.openOperations().stream().map(OpenOperation::nodeId).collect(Collectors.toSet());
    return transitions().due(fleet, now()).stream().filter(node -> !open.contains(node.id())).toList();
  }

  /**
   * Comes before all else in a run: finds out which storages are there, makes the containers of all groups run and settles
   * what an earlier run left open.
   *
   * @return an outcome for each group that does not run, and for each operation that could not be settled
   */
  public List<NodeOutcome> begin() {
    lookAtStorages();
    List<NodeOutcome> failures = new ArrayList<>(keepGroups());
    failures.addAll(recover());
    failures.addAll(judgeRollOut());
    return failures;
  }

  /** What is wrong with groups though their nodes run, and what was left undone with them, a clause each. */
  List<String> troubles() {
    return List.copyOf(troubles);
  }

  private List<NodeOutcome> judgeRollOut() {
    if (dryRun || groups.isEmpty()) {
      return List.of();
    }
    ImageRollout.CutOff cutOff = rollOut(groups.get()).judge();
    troubles.addAll(cutOff.troubles());
    reload();
    return logged(cutOff.outcomes(), "");
  }

  /** That of an image over these groups. */
  ImageRollout rollOut(Groups ofThese) {
    return new ImageRollout(this, ofThese, store);
  }

  /** The same before nodes are removed or forgotten, for which no container need run. */
  public List<NodeOutcome> beginRemoval() {
    lookAtStorages();
    return recover();
  }

  private void lookAtStorages() {
    store.unreadableContainers().forEach(sentence -> LOG.log(System.Logger.Level.WARNING, sentence + LEFT_ALONE));
    fleet.nodes().stream().filter(Fleet.in(NodeStatus.UNREADABLE)).forEach(node ->
        LOG.log(System.Logger.Level.WARNING, node.health().lastError() + LEFT_ALONE));
    storages.look(fleet.nodes());
    storages.outages().forEach(sentence -> LOG.log(System.Logger.Level.WARNING, sentence));
    List<Node> away = fleet.nodes().stream().filter(node -> storages.outage(node).isPresent() && isLookedAt(node)).toList();
    if (!away.isEmpty()) {
      look(away);
    }
  }

  /**
   * Makes the containers of all groups run, whatever became of them since the last time, before anything is asked of their
   * nodes. In a dry run they stay as they are.
   */
  private List<NodeOutcome> keepGroups() {
    if (dryRun || groups.isEmpty()) {
      return List.of();
    }
    List<NodeOutcome> failures = ofGroups(OperationKind.START, groups.get().keep(storages::outage));
    Map<String, Integer> deaths = cycleState.groupDeaths();
    troubles.addAll(groups.get().troubles(deaths));
    cycleState.groupDeaths(deaths);
    reload();
    // The nodes of a container that was started or made anew have other processes, through no fault of their binaries.
    waves.silence(groups.get().changed());
    return logged(failures, "");
  }

  /** Reads the rows again, after something else has changed them. */
  void reload() {
    fleet = new Fleet(store.nodes());
  }

  /** Takes the fleet as it is given, whatever the rows say. */
  public void assume(List<Node> nodes) {
    fleet = new Fleet(nodes);
  }

  Optional<Groups> groups() {
    return groups;
  }

  private static List<NodeOutcome> ofGroups(OperationKind kind, Map<String, String> failures) {
    return failures.entrySet().stream()
        .map(entry -> new NodeOutcome(kind, 0, "group " + entry.getKey(), false, entry.getValue())).toList();
  }

  /** Settles what an earlier run left open. */
  private List<NodeOutcome> recover() {
    if (dryRun) {
      store.openOperations().forEach(open ->
          LOG.log(System.Logger.Level.WARNING, "DRYRUN: {0} of {1} was cut off and would be settled", open.kind(), open.service()));
      return List.of();
    }
    int cutOff = store.openOperations().size();
    List<Recovery.Settlement> settlements =
        new Recovery(store, managers, specs, storages::outage, clock, pause).run();
    settlements.forEach(settlement -> LOG.log(settlement.failed() ? System.Logger.Level.ERROR : System.Logger.Level.WARNING,
        settlement.sentence()));
    fleet = new Fleet(store.nodes());
    if (cutOff > 0 && store.openOperations().size() < cutOff) {
      firewall.check(fleet, now());
    }
    return settlements.stream().filter(Recovery.Settlement::failed).map(Recovery.Settlement::outcome).toList();
  }

  /**
   * Looks at what nodes on trial have shown of their binaries, and gives those that died their old ones back.
   *
   * @return an outcome for each binary that is held back from now on, and each node that was worked on
   */
  public List<NodeOutcome> judgeUpgrades() {
    if (dryRun) {
      return List.of();
    }
    UpgradeWaves.Verdict verdict = waves.judge(fleet);
    update(verdict.corrected());
    Map<Integer, String> said = new TreeMap<>(verdict.said());
    List<NodeOutcome> outcomes = new ArrayList<>();
    for (UpgradeWaves.Casualty casualty : verdict.casualties()) {
      NodeOutcome back = operations.because("it died with a binary on trial").putBack(casualty);
      String before = casualty.trial().before().map(version -> "antnode " + version).orElse("the antnode before");
      String sequel = back.succeeded() ? before + " was put back and started" : before + " is not back: " + back.detail();
      outcomes.add(said.containsKey(back.nodeId()) ? heldBack(back.nodeId(), back.service(), said.remove(back.nodeId()), sequel)
          : back);
    }
    said.forEach((id, words) -> outcomes.add(heldBack(id, "node " + id, words, "it had no older binary any more")));
    if (!outcomes.isEmpty()) {
      reload();
    }
    return logged(outcomes, "its old binary was put back");
  }

  private NodeOutcome heldBack(int id, String unknown, String words, String sequel) {
    String service = fleet.nodes().stream().filter(node -> node.id() == id).map(Node::service).findFirst().orElse(unknown);
    return new NodeOutcome(OperationKind.UPGRADE, id, service, false, words + "; " + sequel
        + "; put a newer antnode in place, or try again with --force_action upgrade --service_name "
        + Shell.word(service));
  }

  Measurement measure() {
    return meter.measure(storages.measurable(fleet.nodes()), processes(fleet.nodes()), store.counters());
  }

  /**
   * Takes all that is written of times to what it is by the clock of today.
   *
   * @param measurement what was measured now
   */
  void followClock(Measurement measurement) {
    ClockKeeper clock = ClockKeeper.between(store.counters(), measurement.counters(), now());
    clock.words().ifPresent(words -> LOG.log(System.Logger.Level.WARNING, words));
    List<Node> moved = fleet.nodes().stream().filter(node -> !clock.node(node).equals(node)).map(clock::node).toList();
    if (!moved.isEmpty() && clock.jump().isZero()) {
      LOG.log(System.Logger.Level.WARNING, "{0} nodes have times in the future, as after a clock that was set back: these count"
          + " as just now", moved.size());
    }
    cycleState.follow(clock);
    if (!dryRun) {
      store.waves().stream().filter(wave -> !clock.wave(wave).equals(wave)).forEach(wave -> store.save(clock.wave(wave)));
      store.trials().stream().filter(trial -> !clock.trial(trial).equals(trial)).forEach(trial -> store.save(clock.trial(trial)));
      if (!moved.isEmpty()) {
        store.save(moved);
      }
    }
    replace(moved);
  }

  /** Says what cannot be measured, as far as settings depend on it; what the last cycle said already is not repeated. */
  void warnOfDoubts(Measurement measurement) {
    DecisionLimits limits = settings.decisionLimits();
    cycleState.newDoubts(measurement.doubts().entrySet().stream().filter(doubt -> switch (doubt.getKey()) {
      case DISK_TRAFFIC -> isRateLimited(limits.diskReads()) || isRateLimited(limits.diskWrites());
      case NETWORK_TRAFFIC -> isRateLimited(limits.netReads()) || isRateLimited(limits.netWrites());
      case CPU -> isShareLimited(limits.cpu());
      case MEMORY -> isShareLimited(limits.memory());
      case DISK_SPACE -> isShareLimited(limits.disk());
      case LOAD, REBOOTS -> true;
    }).map(doubt -> doubt.getValue() + (doubt.getKey() == Sense.REBOOTS ? ""
        : "; until it is known, no node is started or added, and none stopped or removed for it")).toList())
        .forEach(doubt -> LOG.log(System.Logger.Level.WARNING, doubt));
  }

  private static boolean isRateLimited(DecisionLimits.Band band) {
    return band.lessThan() != 0 || band.remove() != 0;
  }

  private static boolean isShareLimited(DecisionLimits.Band band) {
    return band.lessThan() < 100 || band.remove() < 100;
  }

  /** What befell nodes in this run, so far. */
  List<Incident> incidents() {
    return List.copyOf(incidents);
  }

  /** Finds the nodes whose transitions do not end, and keeps that once for each. */
  void noteStuck() {
    Map<Integer, Instant> since = fleet.nodes().stream().collect(Collectors.toMap(Node::id, Node::statusAt));
    List<Incident> stuck = fleet.nodes().stream().flatMap(node -> Troubles.stuck(node, settings, now()).stream()).toList();
    if (!stuck.isEmpty()) {
      Map<Integer, Incident> last = store.lastIncidents();
      noteAll(stuck.stream().filter(incident -> Optional.ofNullable(last.get(incident.nodeId()))
          .filter(known -> known.kind() == Incident.Kind.STUCK && !known.seenAt().isBefore(since.get(known.nodeId())))
          .isEmpty()).toList());
    }
  }

  /** When nodes were last started, by their ids; of those that were since that time. */
  Map<Integer, Instant> startsSince(Instant time) {
    return store.startsSince(time);
  }

  private void note(Collection<Node> changed) {
    Map<Integer, Node> before = fleet.nodes().stream().collect(Collectors.toMap(Node::id, node -> node));
    noteAll(changed.stream().filter(node -> before.containsKey(node.id()))
        .flatMap(node -> Troubles.incident(before.get(node.id()), node, now()).stream()).toList());
  }

  private void noteAll(List<Incident> seen) {
    if (seen.isEmpty()) {
      return;
    }
    incidents.addAll(seen);
    if (!dryRun) {
      store.record(seen);
    }
    seen.stream().collect(Collectors.groupingBy(Incident::words, LinkedHashMap::new,
        Collectors.mapping(Incident::service, Collectors.joining(", ")))).forEach((words, services) ->
        LOG.log(System.Logger.Level.WARNING, "{0} {1}", services, words));
  }

  /** The processes of nodes as far as they are known; those of containers have other numbers there. */
  public static Set<Long> processes(Collection<Node> nodes) {
    return nodes.stream().filter(node -> node.containerId().isEmpty()).flatMap(node -> node.health().pid().stream().boxed())
        .collect(Collectors.toSet());
  }

  /** Looks at every node that is not left alone, and believes what it sees of those that are settled. */
  void survey() {
    survey(fleet.nodes().stream().filter(Crew::isLookedAt).toList());
    if (!dryRun) {
      firewall.checkIfDue(fleet, now());
    }
    showNotices();
  }

  /** The same for these nodes. @return how they are now */
  List<Node> survey(List<Node> nodes) {
    List<Node> seen = look(nodes.stream().filter(node -> node.status() != NodeStatus.UNREADABLE).toList());
    cycleState.surveyed(now());
    return seen;
  }

  /** The same where it is not to count as the survey that the next cycles may do without. */
  List<Node> look(List<Node> nodes) {
    Instant now = now();
    Map<Integer, Observation> observations = observer.look(nodes, settings.surveyDelay());
    List<Node> seen = nodes.stream()
        .map(node -> node.status().settled()
            ? NodeStates.settled(node, observations.get(node.id()), now)
            : NodeStates.heard(node, observations.get(node.id())))
        .toList();
    record(seen, now);
    return seen;
  }

  /** Passes on what the process managers want their operator to know; what was passed on before is not repeated. */
  private void showNotices() {
    Map<String, List<NodeSpec>> known = fleet.nodes().stream()
        .collect(Collectors.groupingBy(Node::managerType, TreeMap::new, Collectors.mapping(specs::of, Collectors.toList())));
    known.putIfAbsent(managers.mainType(), List.of());
    List<String> notices = new ArrayList<>(cycleState.firewallNotices());
    known.forEach((type, members) ->
        managers.of(type).capability(GivesNotice.class).ifPresent(manager -> notices.addAll(manager.notices(members))));
    cycleState.keepStrangersOf(fleet.nodes().stream().map(Node::id).collect(Collectors.toSet()));
    cycleState.unseen(notices).forEach(notice -> LOG.log(System.Logger.Level.WARNING, notice));
  }

  /** After a reboot: looks at every node that is not left alone; what is down was taken down, not broken. */
  void resurvey() {
    Instant now = now();
    List<Node> nodes = fleet.nodes().stream()
        .filter(node -> isLookedAt(node) && node.status() != NodeStatus.REMOVING).toList();
    Map<Integer, Observation> observations = observer.look(nodes, settings.surveyDelay());
    waves.silence(nodes);
    record(nodes.stream().map(node -> NodeStates.afterReboot(node, observations.get(node.id()), now)).toList(), now);
    cycleState.surveyed(now);
  }

  /** Takes over what was found out of some nodes. */
  void update(Collection<Node> changed) {
    if (!dryRun && !changed.isEmpty()) {
      store.save(changed);
    }
    note(changed);
    replace(changed);
  }

  /** Does the same thing to several nodes, side by side where their process manager allows it. */
  List<NodeOutcome> runAll(OperationKind kind, List<Node> asked, String reason) {
    NodeOperations hands = operations.because(reason);
    List<NodeOutcome> outcomes = new ArrayList<>(refused(kind, asked));
    List<Node> nodes = asked.stream().filter(node -> obstacle(kind, node).isEmpty()).toList();
    nodes.stream().collect(Collectors.groupingBy(Node::managerType, LinkedHashMap::new, Collectors.toList()))
        .forEach((type, members) -> {
          ProcessManager manager = managers.of(type);
          Traits.Concurrency concurrency = manager.traits().concurrency();
          // A delay between actions is a wish for one after another.
          boolean together = manager.capability(Batches.class).isPresent() && IN_BATCHES.contains(kind)
              && settings.actionDelay().isZero();
          outcomes.addAll(together ? hands.runTogether(kind, members)
              : new OperationLanes(settings.actionDelay(), pause).runAll(members.stream()
                  .map(node -> new OperationLanes.Job<>(lane(concurrency, node), () -> hands.run(kind, node))).toList()));
        });
    if (!dryRun && !nodes.isEmpty()) {
      fleet = new Fleet(store.nodes());
    }
    return logged(outcomes, reason);
  }

  /** Failures of those that the kind of operation cannot be done to. Nothing is begun. */
  private List<NodeOutcome> refused(OperationKind kind, List<Node> nodes) {
    return nodes.stream().flatMap(node -> obstacle(kind, node).stream()
        .map(why -> new NodeOutcome(kind, node.id(), node.service(), false, why))).toList();
  }

  /** Why this cannot be done to a node now: its row cannot be read, or its storage is away. */
  private Optional<String> obstacle(OperationKind kind, Node node) {
    return specs.problem(node).or(() -> NEEDS_STORAGE.contains(kind) ? storages.outage(node) : Optional.empty());
  }

  /** What may not run at the same time as other operations on nodes of the same lane. */
  private static Object lane(Traits.Concurrency concurrency, Node node) {
    return switch (concurrency) {
      case SERIAL -> "";
      case PER_GROUP -> node.containerId().map(String::valueOf).orElse("");
      case PARALLEL -> node.id();
    };
  }

  /**
   * What came of an order to add nodes.
   *
   * @param outcomes of those that were begun, maybe none
   * @param notes why they are fewer than were asked for, or other than expected; logged already
   */
  record Added(List<NodeOutcome> outcomes, List<String> notes) {}

  /** Makes new nodes and starts them. */
  Added add(int count, String reason) {
    List<String> notes = new ArrayList<>();
    List<List<Node>> waves = provisioner().plan(count, fleet, groups, notes).stream()
        .map(wave -> storages.prepare(wave, fleet.nodes(), notes)).filter(wave -> !wave.isEmpty()).toList();
    notes.forEach(note -> LOG.log(System.Logger.Level.WARNING, note));
    List<NodeOutcome> outcomes = new ArrayList<>();
    int planned = waves.stream().mapToInt(List::size).sum();
    for (List<Node> wave : waves) {
      outcomes.addAll(runAll(OperationKind.ADD, wave, reason));
      if (outcomes.stream().noneMatch(NodeOutcome::succeeded)) {
        break; // what was in the way of the first of each group would be in the way of all
      }
    }
    if (outcomes.size() < planned) {
      String untried = (planned - outcomes.size()) + " more nodes are not tried: the first of each group failed";
      notes.add(untried);
      LOG.log(System.Logger.Level.WARNING, untried);
    }
    return new Added(outcomes, notes);
  }

  /** Takes over nodes that the process manager runs and that have no row yet. @return their rows */
  public List<Node> importUnknown() throws ManagerUnavailableException {
    List<String> notes = new ArrayList<>();
    List<Node> imported = new LaterImport(settings, store, managers.main(), dryRun).run(fleet, now(), notes);
    notes.addAll(storages.takeOver(imported));
    notes.forEach(note -> LOG.log(System.Logger.Level.WARNING, note));
    if (!dryRun) {
      fleet = new Fleet(store.nodes());
    }
    return imported;
  }

  private NodeProvisioner provisioner() {
    return new NodeProvisioner(settings, store, managers.main(), specs, antnode.version(), clock, dryRun);
  }

  /** Leaves for the next cycle what it needs. */
  void record(Measurement measurement) {
    if (dryRun) {
      return;
    }
    cycleState.booted(measurement.metrics().bootId());
    boolean thin = !cycleState.thinnedWithin(THIN_EVERY, now());
    if (thin) {
      cycleState.thinned(now());
    }
    saveState();
    store.saveCounters(measurement.counters());
    int running = (int) fleet.nodes().stream().filter(Fleet.in(NodeStatus.RUNNING)).count();
    store.recordHost(measurement.metrics(), fleet.nodes().size(), running, now());
    if (thin) {
      store.thin(now());
    }
  }

  public void saveState() {
    if (!dryRun) {
      cycleState.save(store);
    }
  }

  /** Removes every node, by one call where the process manager offers that for all of its nodes. */
  List<NodeOutcome> teardown() {
    List<NodeOutcome> outcomes = new ArrayList<>();
    List<NodeOutcome> refused = refused(OperationKind.REMOVE, fleet.nodes());
    outcomes.addAll(logged(refused, "teardown"));
    fleet.nodes().stream().filter(node -> obstacle(OperationKind.REMOVE, node).isEmpty())
        .collect(Collectors.groupingBy(Node::managerType, LinkedHashMap::new, Collectors.toList()))
        .forEach((type, members) -> outcomes.addAll(managers.of(type).capability(BulkTeardown.class).isPresent()
            ? logged(operations.because("teardown").teardown(type, members), "teardown")
            : runAll(OperationKind.REMOVE, members, "teardown")));
    if (!dryRun) {
      fleet = new Fleet(store.nodes());
      if (fleet.nodes().isEmpty() && groups.isPresent()) {
        outcomes.addAll(logged(ofGroups(OperationKind.REMOVE, groups.get().close()), "teardown"));
      }
      if (fleet.nodes().isEmpty()) {
        store.saveSettings(Map.of(Options.HIGHEST_NODE_ID_USED.name(), "0"));
        storages.release().forEach(problem -> LOG.log(System.Logger.Level.WARNING, problem));
      }
      firewall.check(fleet, now());
    }
    return outcomes;
  }

  /**
   * Forgets a storage that is gone for good and the nodes in it. Cut off, it can be asked for again.
   *
   * @return the nodes
   * @throws OperationFailedException when the storage is there, holds nothing of the colony's, or one of its nodes still runs
   */
  List<Node> forget(Path storage) throws OperationFailedException {
    List<Node> nodes = storages.nodesOf(storage, fleet.nodes());
    List<MarkedStorage> marked = storages.remembered(storage);
    if (nodes.isEmpty() && marked.isEmpty()) {
      throw OperationFailedException.forGood("no node lives in " + storage + "; a storage is named as it stands in the warnings about it");
    }
    if (storages.isThere(storage, nodes)) {
      throw OperationFailedException.forGood("the storage " + storage + " is there: its nodes are removed with --force_action remove");
    }
    List<Node> ours = nodes.stream().filter(node -> !storages.isForeign(node)).toList();
    Map<Integer, Observation> observations = observer.look(ours, Duration.ZERO);
    String running = ours.stream().filter(node -> observations.get(node.id()).confirmsRunning()).map(Node::service)
        .collect(Collectors.joining(", "));
    if (!running.isEmpty()) {
      throw OperationFailedException.forNow("nodes of " + storage + " still run: " + running + "; stop them first");
    }
    if (dryRun) {
      return nodes;
    }
    for (Node node : ours) {
      Optional<OperationResult.Failed> failure = managers.of(node.managerType()).forget(specs.of(node)).failure();
      if (failure.isPresent()) {
        throw OperationFailedException.forNow(failure.get().reason() + "; its rows are kept, so that it can be asked for again");
      }
    }
    store.forget(marked, nodes.stream().map(Node::id).toList());
    store.openOperations().stream().filter(open -> open.kind() == OperationKind.ADD
        && NodePlan.read(open.plan()).filter(plan -> NodeSpec.storageOf(plan.rootDir()).equals(storage)).isPresent()).forEach(open ->
        store.finish(open.id(), false, "its storage was forgotten", new NodeChange.Keep()));
    nodes.forEach(node -> LOG.log(System.Logger.Level.INFO, "forgot {0}, whose storage {1} is gone", node.service(), storage));
    reload();
    return nodes;
  }

  /** Whether anything is asked of a node: not where it is to be left alone, or cannot be told what it is. */
  static boolean isLookedAt(Node node) {
    return node.status() != NodeStatus.DISABLED && node.status() != NodeStatus.UNREADABLE;
  }

  private void record(List<Node> seen, Instant now) {
    noteNewVersions(seen);
    if (!dryRun) {
      store.recordSurvey(seen, now);
    }
    note(seen);
    replace(seen);
  }

  /** Nodes upgrade themselves, too. */
  private void noteNewVersions(List<Node> seen) {
    Map<Integer, Optional<Version>> before = fleet.nodes().stream().collect(Collectors.toMap(Node::id, Node::version));
    for (Node node : seen) {
      Optional<Version> old = before.getOrDefault(node.id(), Optional.empty());
      if (old.isPresent() && node.version().isPresent() && !old.equals(node.version())) {
        LOG.log(System.Logger.Level.INFO, "{0} runs version {1} now, no longer {2}", node.service(), node.version().get(),
            old.get());
      }
    }
  }

  private void replace(Collection<Node> changed) {
    Map<Integer, Node> byId = changed.stream().collect(Collectors.toMap(Node::id, node -> node));
    fleet = new Fleet(fleet.nodes().stream().map(node -> byId.getOrDefault(node.id(), node)).toList());
  }

  private List<NodeOutcome> logged(List<NodeOutcome> outcomes, String reason) {
    outcomes.forEach(outcome -> log(outcome, reason));
    return outcomes;
  }

  private void log(NodeOutcome outcome, String reason) {
    if (!outcome.succeeded()) {
      LOG.log(System.Logger.Level.ERROR, "{0} of {1} failed: {2}", outcome.kind(), outcome.service(), outcome.detail());
    } else if (dryRun) {
      LOG.log(System.Logger.Level.WARNING, "DRYRUN: {0} {1} ({2}){3}", outcome.service(),
          wording().wasDone(outcome.kind().pastTense()), reason, outcome.detail().isEmpty() ? "" : ": " + outcome.detail());
    } else {
      LOG.log(outcome.detail().isEmpty() ? System.Logger.Level.INFO : System.Logger.Level.WARNING, "{0} {1} ({2}){3}",
          outcome.kind().pastTense(), outcome.service(), reason, outcome.detail().isEmpty() ? "" : ", but " + outcome.detail());
    }
  }
}
