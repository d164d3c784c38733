package dev.wnm.core.cycle;

import dev.wnm.core.config.Options;
import dev.wnm.core.decision.ActionType;
import dev.wnm.core.decision.Brakes;
import dev.wnm.core.decision.Decision;
import dev.wnm.core.decision.DecisionEngine;
import dev.wnm.core.decision.DecisionInput;
import dev.wnm.core.decision.Feature;
import dev.wnm.core.decision.Outlook;
import dev.wnm.core.decision.PlannedAction;
import dev.wnm.core.execution.NodeOutcome;
import dev.wnm.core.execution.UpgradeWaves;
import dev.wnm.core.host.Measurement;
import dev.wnm.core.model.Fleet;
import dev.wnm.core.model.FleetCounts;
import dev.wnm.core.model.HostMetrics;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.OperationKind;
import dev.wnm.core.model.StartOrder;
import dev.wnm.core.observation.Targets;
import dev.wnm.core.observation.Troubles;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** One cycle after the settings are settled: recover, measure, decide, act, record. */
public final class Cycle {
  private static final System.Logger LOG = System.getLogger(Cycle.class.getName());
  /** A fleet that always has something to do is still looked at this often. */
  private static final Duration SURVEY_AT_LEAST_EVERY = Duration.ofMinutes(5);

  /** What must allow growth. */
  private static final List<Feature> GATES = List.of(Feature.ALLOW_CPU, Feature.ALLOW_MEM, Feature.ALLOW_HD,
      Feature.ALLOW_NETIO, Feature.ALLOW_HDIO, Feature.LOAD_ALLOW);

  private final CycleServices services;
  private final CycleContext context;
  private final GrowthBrake brake;
  private final List<NodeOutcome> outcomes = new ArrayList<>();
  private NodeDisks disks = NodeDisks.NONE;

  public Cycle(CycleServices services) {
    this.services = services;
    context = services.context();
    brake = new GrowthBrake(context, services.recorder());
  }

  public CycleReport run() {
    return run(Set.of());
  }

  /** @param ended nodes whose processes are said to have ended, which are looked at whatever else is done; a hint, no more */
  public CycleReport run(Set<Integer> ended) {
    Instant start = context.now();
    outcomes.addAll(services.begin());
    Measurement measurement = services.machine().measure();
    services.machine().followClock(measurement);
    services.machine().warnOfDoubts(measurement);
    HostMetrics host = measurement.metrics();
    disks = services.machine().disks(measurement);
    tryAgainWhereSomethingChanged();
    boolean rebooted = context.state().rebooted(host.bootId(), host.bootedAt());
    // After a reboot the resurvey comes first, which the decision asks for: whoever looked before it would see nodes that the
    // machine took down as nodes that failed.
    boolean surveyed = !rebooted && look(ended);
    services.recorder().noteStuck();
    brake.judge(services.recorder().incidents());
    int known = services.recorder().incidents().size();
    DecisionInput input = input(host, rebooted);
    Outlook outlook = outlook(input);
    Decision decision = outlook.decision();
    Chronicle chronicle = new Chronicle(context, input, outlook);
    chronicle.begin();
    act(decision, host, surveyed);
    chronicle.carriedOut();
    boolean isIdle = input.fleet().operations() == 0
        && decision.actions().stream().allMatch(action -> action.type() == ActionType.SURVEY);
    if (isIdle) {
      outcomes.addAll(services.renewal().goOn());
    }
    brake.judge(services.recorder().incidents().subList(known, services.recorder().incidents().size()));
    Set<Integer> told = outcomes.stream().filter(outcome -> !outcome.succeeded()).map(NodeOutcome::nodeId)
        .collect(Collectors.toSet());
    List<String> troubles = new ArrayList<>(Troubles.phrases(services.recorder().incidents(), context.fleet().nodes(), told,
        context.settings(), context.now()));
    troubles.addAll(services.groups().troubles());
    brake.words().ifPresent(words -> troubles.add("no growth: " + words));
    if (input.fleet().outdated() > 0) {
      input.brakes().upgrades().ifPresent(words -> troubles.add("no upgrade: " + words));
    }
    Duration took = Duration.between(start, context.now());
    took = took.isNegative() ? Duration.ZERO : took;
    services.machine().leave(measurement);
    chronicle.end(took, measurement.counters());
    return new CycleReport(host, decision, obstacle(input, decision), troubles, outcomes, context.fleet().nodes(), took,
        context.isDryRun());
  }

  /**
   * What a cycle would do if it found the nodes as their rows say. Looks at none of them, and does nothing.
   *
   * @param measure measures the machine as it is now, on which this fleet runs
   */
  public Forecast forecast(Function<Fleet, Measurement> measure) {
    Measurement measurement = measure.apply(context.fleet());
    services.machine().followClock(measurement);
    HostMetrics host = measurement.metrics();
    disks = services.machine().disks(measurement);
    tryAgainWhereSomethingChanged();
    brake.judge(List.of());
    DecisionInput input = input(host, context.state().rebooted(host.bootId(), host.bootedAt()));
    List<String> brakes = new ArrayList<>();
    brake.words().ifPresent(words -> brakes.add("no growth: " + words));
    boolean isWanted = context.settings().get(Options.ENABLE_UPGRADE)
        && context.fleet().nodes().stream().anyMatch(node -> node.countsForVersions() && node.isOutdatedBy(context.binary().release()));
    services.waves().setback().filter(words -> isWanted).ifPresent(words -> brakes.add("no upgrade: " + words));
    Outlook outlook = DecisionEngine.outlook(input);
    return new Forecast(input, outlook, context.fleet().nodes(), brakes, outlook.decision().actions().stream()
        .map(action -> new Forecast.Turn(action, candidates(action, outlook.decision()))).toList());
  }

  /** A setting or antnode that has changed may have been why operations failed; for adds see {@link CycleState#addHindrance}. */
  private void tryAgainWhereSomethingChanged() {
    if (context.state().meets(context.circumstances())) {
      services.recorder().update(context.fleet().nodes().stream().filter(node -> node.health().waitsAfterFailure(context.now()))
          .map(node -> node.withHealth(node.health().triedAgainNow(context.now()))).toList());
    }
  }

  /** @return whether all nodes were looked at */
  private boolean look(Set<Integer> ended) {
    endTransitions();
    services.surveyor().lookInto(ended);
    // Before a node gets a binary, it must be known how those do that have it already.
    boolean surveyed = services.waves().isOn(context.fleet())
        || !context.state().surveyedWithin(SURVEY_AT_LEAST_EVERY, context.now());
    if (surveyed) {
      services.surveyor().survey();
    }
    outcomes.addAll(services.trials().judgeUpgrades());
    return surveyed;
  }

  private void endTransitions() {
    Set<Integer> hadDied =
        context.fleet().nodes().stream().filter(StartOrder::isUnderWay).map(Node::id).collect(Collectors.toSet());
    List<Node> arrived = services.transitions().arrived(context.fleet(), context.now());
    if (arrived.stream().anyMatch(node -> hadDied.contains(node.id()) && node.status() == NodeStatus.RUNNING
        && node.health().failures() == 0)) {
      context.state().cameBack(context.now());
    }
    services.recorder().update(arrived);
    outcomes.addAll(services.operations().runAll(OperationKind.REMOVE, services.dueForRemoval(), "delay_remove is over"));
  }

  private DecisionInput input(HostMetrics host, boolean rebooted) {
    Instant now = context.now();
    StartOrder starts = context.startOrder();
    int waiting = starts.waiting() + (int) context.fleet().nodes().stream().filter(Fleet.in(NodeStatus.STOPPED)
        .and(starts::mayStart).and(node -> !disks.haveRoomFor(node))).count();
    FleetCounts counts = FleetCounts.of(context.fleet().nodes(), context.binary().release(), now, waiting, missedProbes());
    return new DecisionInput(context.settings().decisionLimits().withMoreNodes(services.renewal().room()), host, counts,
        context.state().sinceLastPressureStop(now), rebooted, brakes(starts), disks.of(context.fleet().nodes()));
  }

  private Brakes brakes(StartOrder starts) {
    UpgradeWaves waves = services.waves();
    Optional<String> hold = context.settings().get(Options.HOLD) ? Optional.of("wnm is on hold (hold); --no_hold ends it") : Optional.empty();
    return new Brakes(hold.or(waves::hindrance), !waves.isProven(), hold.or(waves::heldBack).or(brake::hindrance)
        .or(this::fullGroups).or(() -> context.state().addHindrance(context.circumstances(), context.now())), brake.isOn(), starts.reason());
  }

  private Optional<String> fullGroups() {
    return services.groups().groups().flatMap(groups -> groups.hindrance(context.fleet().nodes().stream().map(Node::id).toList()));
  }

  private int missedProbes() {
    return context.settings().get(Options.RESTART_AFTER_MISSED_PROBES);
  }

  private static Outlook outlook(DecisionInput input) {
    Outlook outlook = DecisionEngine.outlook(input);
    outlook.decision().actions().forEach(action ->
        LOG.log(System.Logger.Level.INFO, "{0}: {1}", action.type(), action.reason()));
    return outlook;
  }

  /** What an operator wonders about when a fleet below its cap stays as it is; the brake speaks for itself. */
  private String obstacle(DecisionInput input, Decision decision) {
    boolean hasRoom = input.fleet().staying() < input.limits().mostNodes();
    List<String> obstacles = new ArrayList<>();
    if (hasRoom || input.fleet().startable() > 0) {
      Map<Feature, String> reasons = DecisionEngine.explain(input);
      GATES.stream().filter(gate -> !decision.features().has(gate)).map(reasons::get).forEach(obstacles::add);
    }
    if (hasRoom && brake.words().isEmpty()) {
      input.brakes().adds().ifPresent(obstacles::add);
    }
    input.brakes().starts().ifPresent(obstacles::add);
    return String.join("; ", obstacles);
  }

  private void act(Decision decision, HostMetrics host, boolean surveyed) {
    for (PlannedAction action : decision.actions()) {
      List<NodeOutcome> done = act(action, decision, host, surveyed);
      outcomes.addAll(done);
      if (isForFewer(action) && done.stream().anyMatch(NodeOutcome::succeeded)) {
        context.state().stopped(context.now());
        if (action.type() == ActionType.STOP || decision.features().has(Feature.REMOVE_HD)) {
          context.state().stoppedForPressure(context.now());
        }
      }
    }
  }

  /** Whether an action takes nodes away from the machine that were of use to it. */
  private static boolean isForFewer(PlannedAction action) {
    return action.type() == ActionType.STOP
        || action.type() == ActionType.REMOVE && action.target() != PlannedAction.Target.DEAD_NODE;
  }

  /** @param surveyed whether this cycle has looked at all nodes already */
  private List<NodeOutcome> act(PlannedAction action, Decision decision, HostMetrics host, boolean surveyed) {
    return switch (action.type()) {
      case RESURVEY -> {
        services.surveyor().resurvey();
        context.state().resurveyed(host.bootId(), context.now());
        yield List.of();
      }
      case SURVEY -> {
        if (!surveyed) {
          services.surveyor().survey();
        }
        yield List.of();
      }
      case ADD -> add(action.count(), action.reason());
      case START, STOP, RESTART, UPGRADE, REMOVE -> onNodes(kindOf(action), candidates(action, decision), action);
    };
  }

  private static OperationKind kindOf(PlannedAction action) {
    return switch (action.type()) {
      case REMOVE -> action.target() == PlannedAction.Target.RUNNING_NODE ? OperationKind.DECOMMISSION : OperationKind.REMOVE;
      default -> OperationKind.valueOf(action.type().name());
    };
  }

  /** The nodes that an action may be done to, those first that it is done to first; none for one on nodes that are not there yet, or on all. */
  private List<Node> candidates(PlannedAction action, Decision decision) {
    return switch (action.type()) {
      case START -> context.fleet().oldest(Fleet.in(NodeStatus.STOPPED).and(context.startOrder()::mayStart).and(disks::haveRoomFor));
      case STOP -> context.fleet().youngest(Fleet.in(NodeStatus.RUNNING));
      case RESTART -> context.fleet().oldest(node -> node.isHung(missedProbes(), context.now()));
      case UPGRADE -> context.fleet().oldest(tryable(NodeStatus.RUNNING).and(node -> node.isOutdatedBy(context.binary().release())));
      case REMOVE -> switch (action.target()) {
        case DEAD_NODE -> context.fleet().oldest(Fleet.in(NodeStatus.DEAD));
        case STOPPED_NODE -> removable(NodeStatus.STOPPED, decision);
        default -> removable(NodeStatus.RUNNING, decision);
      };
      case ADD, SURVEY, RESURVEY -> List.of();
    };
  }

  /** The youngest first; for full disks those on them: a node on another one would go for nothing. */
  private List<Node> removable(NodeStatus status, Decision decision) {
    Predicate<Node> which = Fleet.in(status);
    return context.fleet().youngest(decision.features().has(Feature.REMOVE_HD) ? which.and(disks::areFullFor) : which);
  }

  /** Adds that fail one after another get rarer, as they would every minute do what does not help. */
  private List<NodeOutcome> add(int count, String reason) {
    List<NodeOutcome> added = services.operations().add(count, reason, context.settings().decisionLimits().disk().lessThan()).outcomes();
    if (added.stream().anyMatch(NodeOutcome::succeeded)) {
      context.state().addsSucceeded();
    } else {
      added.stream().findFirst().ifPresent(failed ->
          context.state().addsFailed(context.circumstances(), failed.detail(), failed.retryable(), context.now()));
    }
    return added;
  }

  private Predicate<Node> tryable(NodeStatus status) {
    Instant now = context.now();
    return Fleet.in(status).and(node -> node.health().mayBeTried(now));
  }

  /** Looks at the candidates once more, so that nothing is done on the strength of an old row. */
  private List<NodeOutcome> onNodes(OperationKind kind, List<Node> candidates, PlannedAction action) {
    Targets targets = services.targets();
    int count = Math.min(action.count(), candidates.size());
    List<Node> chosen = switch (kind) {
      case REMOVE -> action.target() == PlannedAction.Target.DEAD_NODE ? targets.gone(candidates, count)
          : targets.tooManyStopped(candidates, count);
      case START -> targets.stopped(candidates, count);
      case RESTART -> targets.silent(candidates, count);
      case STOP, DECOMMISSION -> targets.tooManyRunning(candidates, count);
      default -> targets.running(candidates, count);
    };
    services.recorder().update(targets.corrected());
    List<NodeOutcome> done = services.operations().runAll(kind, chosen, action.reason());
    if (kind == OperationKind.START) {
      done.stream().filter(outcome -> !outcome.succeeded()).forEach(brake::startFailed);
    }
    return done;
  }
}
