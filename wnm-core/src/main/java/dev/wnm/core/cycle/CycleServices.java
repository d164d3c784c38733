package dev.wnm.core.cycle;

import dev.wnm.core.config.Settings;
import dev.wnm.core.execution.DryRunOperations;
import dev.wnm.core.execution.JournaledOperations;
import dev.wnm.core.execution.NodeOutcome;
import dev.wnm.core.execution.Recovery;
import dev.wnm.core.execution.UpgradeWaves;
import dev.wnm.core.firewall.FirewallKeeper;
import dev.wnm.core.host.Measurement;
import dev.wnm.core.host.Meter;
import dev.wnm.core.host.Pause;
import dev.wnm.core.managers.Managers;
import dev.wnm.core.managers.NodeSpecs;
import dev.wnm.core.model.Fleet;
import dev.wnm.core.model.Node;
import dev.wnm.core.observation.NodeObserver;
import dev.wnm.core.observation.Targets;
import dev.wnm.core.probe.Prober;
import dev.wnm.core.program.NodeBinary;
import dev.wnm.core.provisioning.Groups;
import dev.wnm.core.provisioning.NodeProvisioner;
import dev.wnm.core.provisioning.StorageKeeper;
import dev.wnm.core.state.CycleState;
import dev.wnm.core.store.ColonyStore;
import dev.wnm.core.store.OpenOperation;
import dev.wnm.core.takeover.LaterImport;
import dev.wnm.core.work.Oversight;
import dev.wnm.spi.manager.AdoptsNodes;
import dev.wnm.spi.manager.HostsGroups;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.model.ColonyId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * The parts of a run, put together: for a cycle, for what a person asks for, and for a later import. What is public is for
 * whoever opens the colony.
 */
public final class CycleServices {
  private static final System.Logger LOG = System.getLogger(CycleServices.class.getName());

  private final CycleContext context;
  private final StorageKeeper storages;
  private final NodeObserver observer;
  private final UpgradeWaves waves;
  private final FirewallKeeper firewall;
  private final FleetRecorder recorder;
  private final Surveyor surveyor;
  private final MachineWatch machine;
  private final FleetOperations operations;
  private final GroupUpkeep groups;
  private final UpgradeTrials trials;
  private final StorageWatch storageWatch;

  /**
   * Looks at nothing yet.
   *
   * @param state what the last run left
   * @param watched is told of the work, and says whether more of it may be begun
   * @param dryRun whether it only looks, changes its own view alone, and writes nothing
   */
  public CycleServices(Settings settings, ColonyId colony, ColonyStore store, Meter meter, Clock clock, Pause pause, NodeBinary binary,
      Managers managers, Prober prober, CycleState state, Oversight watched, boolean dryRun) {
    Oversight oversight = dryRun ? watched.silent() : watched;
    NodeSpecs specs = new NodeSpecs(settings.upnp(), settings.startArguments(), settings.backEndValues(), binary, settings.folders().bootstrapCache());
    specs.know(store.containers());
    context = new CycleContext(settings, store, managers, specs, binary, state, clock, pause, dryRun);
    storages = new StorageKeeper(settings, colony, store, managers.main(), managers::of, specs, clock, dryRun);
    observer = new NodeObserver(prober, managers, specs, state, storages::outage, clock);
    waves = new UpgradeWaves(settings, store, managers, specs, observer, binary, clock);
    firewall = new FirewallKeeper(settings, store, managers, state);
    recorder = new FleetRecorder(context);
    surveyor = new Surveyor(context, observer, recorder, waves, firewall);
    machine = new MachineWatch(context, meter, storages);
    Optional<Groups> ofManager =
        managers.main().capability(HostsGroups.class).map(host -> new Groups(settings, store, host, specs, state, clock,
            binary.program(), oversight));
    operations = new FleetOperations(context,
        dryRun ? new DryRunOperations() : new JournaledOperations(store, managers, specs, binary.release(), waves, clock),
        new NodeProvisioner(settings, store, managers.main(), specs, binary, clock, dryRun), storages, firewall,
        ofManager, machine, oversight);
    groups = new GroupUpkeep(context, ofManager, storages, waves, surveyor, operations, oversight);
    trials = new UpgradeTrials(context, waves, recorder, operations);
    storageWatch = new StorageWatch(context, storages, surveyor, observer);
  }

  CycleContext context() {
    return context;
  }

  /**
   * What comes next for nodes, by number, a clause each. Looks at none of them, and does nothing.
   *
   * @param measure measures the machine as it is now, on which this fleet runs
   */
  public IntFunction<List<String>> prospects(Function<Fleet, Measurement> measure) {
    Forecast forecast = new Cycle(this).forecast(measure);
    return new Prospects(forecast, context.settings(), context.startOrder(), context.binary().release(), waves.hindrance(), context.now())::of;
  }

  UpgradeWaves waves() {
    return waves;
  }

  FleetRecorder recorder() {
    return recorder;
  }

  Surveyor surveyor() {
    return surveyor;
  }

  MachineWatch machine() {
    return machine;
  }

  FleetOperations operations() {
    return operations;
  }

  GroupUpkeep groups() {
    return groups;
  }

  UpgradeTrials trials() {
    return trials;
  }

  StorageWatch storages() {
    return storageWatch;
  }

  Renewal renewal() {
    return new Renewal(this);
  }

  Targets targets() {
    return new Targets(observer, context.clock());
  }

  Transitions transitions() {
    return new Transitions(context.settings(), observer, context.binary().release());
  }

  /** Nodes whose data go now; those whose removal the journal holds open were tried by the recovery already. */
  List<Node> dueForRemoval() {
    Set<Integer> open = context.store().openOperations().stream().map(OpenOperation::nodeId).collect(Collectors.toSet());
    return transitions().due(context.fleet(), context.now()).stream().filter(node -> !open.contains(node.id())).toList();
  }

  /**
   * Comes before all else in a run: finds out which storages are there, makes the containers of all groups run and settles
   * what an earlier run left open.
   *
   * @return an outcome for each group that does not run, and for each operation that could not be settled
   */
  public List<NodeOutcome> begin() {
    storageWatch.look();
    List<NodeOutcome> failures = new ArrayList<>(groups.keepGroups());
    failures.addAll(recover());
    failures.addAll(groups.judgeRollOut());
    return failures;
  }

  /** The same before nodes are removed or forgotten, for which no container need run. */
  public List<NodeOutcome> beginRemoval() {
    storageWatch.look();
    return recover();
  }

  /** Settles what an earlier run left open. */
  private List<NodeOutcome> recover() {
    if (context.isDryRun()) {
      context.store().openOperations().forEach(open ->
          LOG.log(System.Logger.Level.WARNING, "DRYRUN: {0} of {1} was cut off and would be settled", open.kind(), open.service()));
      return List.of();
    }
    List<OpenOperation> cutOff = context.store().openOperations();
    if (cutOff.isEmpty()) {
      return List.of();
    }
    List<Recovery.Settlement> settlements =
        new Recovery(context.store(), context.managers(), context.specs(), storages::outage, context.clock(), context.pause()).run(cutOff);
    settlements.forEach(settlement -> LOG.log(settlement.failed() ? System.Logger.Level.ERROR : System.Logger.Level.WARNING,
        settlement.sentence()));
    context.reload();
    if (context.store().openOperations().size() < cutOff.size()) {
      firewall.check(context.fleet(), context.now());
    }
    return settlements.stream().filter(Recovery.Settlement::failed).map(Recovery.Settlement::outcome).toList();
  }

  /** Says who has asked for what is done, for whoever reads the journal later; where this is not called, wnm itself has. */
  public void askedBy(String account) {
    context.askedBy(account);
  }

  /** Judges binaries that are on trial, for a run that is no cycle. */
  public void judgeUpgrades() {
    trials.judgeUpgrades();
  }

  /** Takes the fleet as it is given, whatever the rows say. */
  public void assume(List<Node> nodes) {
    context.assume(nodes);
  }

  /** Leaves for the next run what it needs, for a run that is no cycle. */
  public void saveState() {
    context.saveState();
  }

  /** Takes over nodes that the process manager runs and that have no row yet. @return their rows */
  public List<Node> importUnknown() throws ManagerUnavailableException {
    List<String> notes = new ArrayList<>();
    LaterImport later = new LaterImport(context.settings(), context.store(), context.managers().main(), context.isDryRun());
    List<Node> imported = later.run(context.fleet(), context.now(), notes);
    notes.addAll(storages.takeOver(imported));
    if (!context.isDryRun()) {
      context.reload();
      context.specs().know(context.store().containers());
      context.managers().main().capability(AdoptsNodes.class).filter(adopter -> !imported.isEmpty())
          .ifPresent(adopter -> notes.addAll(adopter.adopted(imported.stream().map(context.specs()::of).toList())));
    }
    notes.forEach(note -> LOG.log(System.Logger.Level.WARNING, note));
    return imported;
  }
}
