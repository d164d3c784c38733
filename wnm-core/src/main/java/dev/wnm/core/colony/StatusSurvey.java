package dev.wnm.core.colony;

import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.cycle.Delays;
import dev.wnm.core.decision.ActionType;
import dev.wnm.core.decision.Condition;
import dev.wnm.core.decision.DecisionEngine;
import dev.wnm.core.decision.WhyNot;
import dev.wnm.core.history.DecisionQuery;
import dev.wnm.core.history.History;
import dev.wnm.core.history.OperationQuery;
import dev.wnm.core.history.TimeRange;
import dev.wnm.core.model.HostCounters;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.observation.Troubles;
import dev.wnm.core.program.NodeBinary;
import dev.wnm.core.report.FleetStatus;
import dev.wnm.core.report.Problem;
import dev.wnm.core.store.ColonyStore;
import dev.wnm.spi.program.NodeProgram;
import dev.wnm.spi.program.SelfUpgrade;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** Puts together what is told of a colony when nobody acts: how it stands, what comes next and why not more. */
final class StatusSurvey {
  private static final int OPERATIONS = 5;
  private static final Duration REMEMBERED = Duration.ofDays(30);

  private final Settings settings;
  private final ColonyStore store;
  private final Instant now;

  StatusSurvey(Settings settings, ColonyStore store, Instant now) {
    this.settings = settings;
    this.store = store;
    this.now = now;
  }

  FleetStatus status(Prospect prospect) {
    List<Node> nodes = prospect.forecast().nodes();
    return new FleetStatus(now, prospect.state().hasSeenACycle() ? store.counters().map(HostCounters::takenAt) : Optional.empty(), nodes,
        settings.get(Options.NODE_CAP), health(prospect), prospect.forecast().outlook(), Growth.of(settings, nodes, now), programs(prospect, nodes),
        room(prospect), past(prospect),
        prospect.inGroups() ? Optional.of(FleetStatus.Groups.of(settings.groupBlocks(), settings.get(Options.PORT_START), store.containers(), nodes)) : Optional.empty(),
        settings.ofDecisions());
  }

  WhyNot whyNot(ActionType action, Prospect prospect) {
    WhyNot engine = DecisionEngine.whyNot(action, prospect.forecast().input());
    Map<String, String> delays = Delays.of(prospect.forecast().nodes(), settings, now);
    List<Condition> conditions = new ArrayList<>(engine.conditions().stream().map(condition ->
        condition.state() != Condition.State.MET && delays.containsKey(condition.key()) ? condition.withGap(delays.get(condition.key())) : condition).toList());
    if (action == ActionType.ADD) {
      conditions.add(beyond("program", "node program", prospect.hasProgram(), Options.ANTNODE_PATH.name(),
          "there is none that new nodes could get; wnm --doctor looks for it"));
    }
    conditions.add(beyond("process_manager", "process manager", prospect.unusable().isEmpty(), Options.PROCESS_MANAGER.name(),
        prospect.unusable().orElse("")));
    return new WhyNot(action, conditions, engine.planned());
  }

  /** What the decision does not go by, but what follows from it would fail without. */
  private static Condition beyond(String key, String what, boolean isMet, String option, String gap) {
    return new Condition(key, what, isMet ? Condition.State.MET : Condition.State.UNMET, isMet ? "usable" : "none", "usable",
        Optional.of(option), isMet ? "" : gap);
  }

  private FleetStatus.Health health(Prospect prospect) {
    List<Node> nodes = prospect.forecast().nodes();
    int troubled = (int) nodes.stream().filter(node -> !node.isUnknown() && Troubles.isOf(node, settings, now)).count();
    Stream<Problem> loops = nodes.stream().filter(Node::isCrashLoop).limit(1).map(node ->
        new Problem(Problem.NODES, node.service() + " ends again and again (" + node.health().lastError() + ")", explain(node)));
    Stream<Problem> troubles = Troubles.phrases(List.of(), nodes, Set.of(), settings, now).stream().map(phrase -> new Problem(Problem.NODES, phrase,
        nodes.stream().filter(node -> phrase.startsWith(node.service())).findFirst().map(StatusSurvey::explain).orElse("")));
    return new FleetStatus.Health(troubled, Stream.concat(loops, troubles).toList(), prospect.forecast().brakes().stream()
        .map(StatusSurvey::problem).toList(),
        prospect.unusable());
  }

  private static Problem problem(String brake) {
    return brake.startsWith("no upgrade") ? new Problem(Problem.NO_UPGRADE, brake, "wnm --why_not upgrade")
        : new Problem("no-growth", brake, "wnm --why_not add");
  }

  private static String explain(Node node) {
    return "wnm --explain " + node.service().replaceFirst("\\.service$", "");
  }

  private FleetStatus.Programs programs(Prospect prospect, Collection<Node> nodes) {
    NodeBinary binary = prospect.binary();
    boolean isThere = prospect.hasProgram();
    Set<NodeProgram> inUse = new LinkedHashSet<>();
    if (isThere) {
      inUse.add(binary.program());
    }
    nodes.stream().filter(node -> node.status() != NodeStatus.UNREADABLE).map(Node::program).forEach(inUse::add);
    Map<String, SelfUpgrade> selfUpgrade = new LinkedHashMap<>();
    inUse.forEach(program -> selfUpgrade.put(program.name(), program.selfUpgrade(settings.backEndValues())));
    List<String> notes = isThere ? ProgramNotes.of(settings, binary)
        : inUse.stream().flatMap(program -> ProgramNotes.limits(settings, program).stream()).toList();
    return new FleetStatus.Programs(isThere, Optional.of(binary.path()).filter(path -> isThere && !binary.isFetched()), binary.release(), selfUpgrade,
        settings.get(Options.ENABLE_UPGRADE), notes);
  }

  private FleetStatus.Room room(Prospect prospect) {
    boolean isOneDisk = prospect.forecast().input().disks().isEmpty();
    return new FleetStatus.Room(isOneDisk ? prospect.forecast().input().host().totalDiskBytes() : OptionalLong.empty(),
        RoomForNodes.of(store.history(), prospect.forecast(), now));
  }

  private FleetStatus.Past past(Prospect prospect) {
    History history = store.history();
    TimeRange range = TimeRange.last(REMEMBERED, now);
    return new FleetStatus.Past(prospect.state().surveyedAt(), prospect.state().measuredAt(), history.operations(OperationQuery.of(range, OPERATIONS)),
        history.decisions(DecisionQuery.of(range, 1)).stream().findFirst());
  }
}
