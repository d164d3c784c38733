package dev.wnm.core.cycle;

import dev.wnm.core.config.Options;
import dev.wnm.core.execution.NodeOperations;
import dev.wnm.core.execution.NodeOutcome;
import dev.wnm.core.execution.OperationLanes;
import dev.wnm.core.execution.UpgradeWaves;
import dev.wnm.core.firewall.FirewallKeeper;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.OperationKind;
import dev.wnm.core.provisioning.Groups;
import dev.wnm.core.provisioning.NodeProvisioner;
import dev.wnm.core.provisioning.StorageChoice;
import dev.wnm.core.provisioning.StorageKeeper;
import dev.wnm.core.work.Oversight;
import dev.wnm.core.work.Work;
import dev.wnm.core.work.WorkUnderWay;
import dev.wnm.spi.manager.Batches;
import dev.wnm.spi.manager.BulkTeardown;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.Traits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Does things to nodes, as many as asked, and tells what came of it. */
final class FleetOperations {
  private static final System.Logger LOG = System.getLogger(FleetOperations.class.getName());
  /** What is done to several nodes by one call, where the process manager can. */
  private static final Set<OperationKind> IN_BATCHES = EnumSet.of(OperationKind.ADD, OperationKind.START, OperationKind.STOP,
      OperationKind.DECOMMISSION, OperationKind.DISABLE, OperationKind.REMOVE);
  private static final Set<OperationKind> NEEDS_STORAGE =
      EnumSet.of(OperationKind.ADD, OperationKind.START, OperationKind.UPGRADE, OperationKind.REMOVE, OperationKind.MOVE);
  /** Nodes of one call in each group, so that it is seen how it goes on, and that it can be ended in between. Starts take their time one by one anyway. */
  private static final int MOST_STARTED_TOGETHER = 100;
  /** A stop is mostly a wait for nodes that all end at the same time: each further call would be a wait more. */
  private static final int MOST_STOPPED_TOGETHER = 250;

  private final CycleContext context;
  private final NodeOperations operations;
  private final NodeProvisioner provisioner;
  private final StorageKeeper storages;
  private final FirewallKeeper firewall;
  private final Optional<Groups> groups;
  private final MachineWatch machine;
  private final MoveRules moves;
  private final Oversight oversight;

  /** @param oversight is told of all that is done here, and says whether another operation may be begun: not when wnm is to end */
  FleetOperations(CycleContext context, NodeOperations operations, NodeProvisioner provisioner, StorageKeeper storages,
      FirewallKeeper firewall, Optional<Groups> groups, MachineWatch machine, Oversight oversight) {
    this.machine = machine;
    moves = new MoveRules(context, storages, machine);
    this.context = context;
    this.operations = operations;
    this.provisioner = provisioner;
    this.storages = storages;
    this.firewall = firewall;
    this.groups = groups;
    this.oversight = oversight;
  }

  /** Does the same thing to several nodes, side by side where their process manager allows it. */
  List<NodeOutcome> runAll(OperationKind kind, List<Node> asked, String reason) {
    try (WorkUnderWay work = begin(kind, asked)) {
      return runAll(kind, asked, reason, work);
    }
  }

  private WorkUnderWay begin(OperationKind kind, List<Node> nodes) {
    return oversight.begin(kind, Work.Things.NODES, services(nodes));
  }

  private static List<String> services(List<Node> nodes) {
    return nodes.stream().map(Node::service).toList();
  }

  private List<NodeOutcome> runAll(OperationKind kind, List<Node> asked, String reason, WorkUnderWay work) {
    NodeOperations hands = operations.because(context.motive(reason));
    List<NodeOutcome> outcomes = new ArrayList<>(refused(kind, asked));
    work.over(outcomes.stream().map(NodeOutcome::service).toList(), 0);
    List<Node> nodes = asked.stream().filter(node -> obstacle(kind, node).isEmpty()).toList();
    nodes.stream().collect(Collectors.groupingBy(Node::managerType, LinkedHashMap::new, Collectors.toList()))
        .forEach((type, members) -> {
          ProcessManager manager = context.managers().of(type);
          // A delay between actions is a wish for one after another.
          if (manager.capability(Batches.class).isPresent() && IN_BATCHES.contains(kind) && context.settings().actionDelay().isZero()) {
            inParts(kind, members).stream().filter(part -> oversight.goesOn())
                .forEach(part -> outcomes.addAll(done(work, part, () -> hands.runTogether(kind, part))));
          } else {
            Traits.Concurrency concurrency = manager.traits().concurrency();
            new OperationLanes(context.settings().actionDelay(), context.pause(), oversight::goesOn).runAll(members.stream()
                .map(node -> new OperationLanes.Job<>(lane(concurrency, node), () -> done(work, node, () -> hands.run(kind, node)))).toList())
                .forEach(outcomes::add);
          }
        });
    if (!context.isDryRun() && !nodes.isEmpty()) {
      context.reload();
    }
    return logged(outcomes, reason);
  }

  /** Each part has nodes of all groups, which work side by side in one call. */
  private static List<List<Node>> inParts(OperationKind kind, List<Node> nodes) {
    int most = kind == OperationKind.ADD || kind == OperationKind.START ? MOST_STARTED_TOGETHER : MOST_STOPPED_TOGETHER;
    Map<Optional<Integer>, Integer> placed = new HashMap<>();
    return List.copyOf(nodes.stream()
        .collect(Collectors.groupingBy(node -> (placed.merge(node.containerId(), 1, Integer::sum) - 1) / most, TreeMap::new, Collectors.toList()))
        .values());
  }

  private static NodeOutcome done(WorkUnderWay work, Node node, Supplier<NodeOutcome> operation) {
    return done(work, List.of(node), () -> List.of(operation.get())).get(0);
  }

  /** Tells of an operation when it begins and when it is over; of one that does not come back it is not said that it is over. */
  private static List<NodeOutcome> done(WorkUnderWay work, List<Node> nodes, Supplier<List<NodeOutcome>> operation) {
    work.begun(services(nodes));
    List<NodeOutcome> outcomes = operation.get();
    work.over(services(nodes), outcomes.stream().filter(NodeOutcome::succeeded).count());
    return outcomes;
  }

  /** Brings nodes to another storage, one after another. */
  List<NodeOutcome> move(List<Node> nodes, Path storage, String reason) {
    NodeOperations hands = operations.because(context.motive(reason));
    List<NodeOutcome> outcomes = new ArrayList<>();
    try (WorkUnderWay work = begin(OperationKind.MOVE, nodes)) {
      nodes.stream().filter(node -> oversight.goesOn()).forEach(node -> outcomes.add(done(work, node, () ->
          obstacle(OperationKind.MOVE, node).or(() -> moves.obstacle(node, storage))
              .map(why -> new NodeOutcome(OperationKind.MOVE, node.id(), node.service(), false, why))
              .orElseGet(() -> hands.move(node, storage)))));
    }
    if (!context.isDryRun() && !nodes.isEmpty()) {
      context.reload();
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
    return context.specs().problem(node).or(() -> NEEDS_STORAGE.contains(kind) ? storages.outage(node) : Optional.empty());
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

  /** What a new node shares with others. */
  private record Home(Optional<Integer> container, Path storage) {
    static Home of(Node node) {
      return new Home(node.containerId(), NodeSpec.storageOf(node.rootDir()));
    }
  }

  /** Makes new nodes and starts them, however full the disks are. */
  Added add(int count, String reason) {
    return add(count, reason, 100);
  }

  /** Makes new nodes and starts them. @param lessThanPercent a disk of several gets nodes only while less of it is used */
  Added add(int count, String reason, double lessThanPercent) {
    List<String> notes = new ArrayList<>();
    StorageChoice storage = storages.choice(context.fleet(), () -> machine.latest().storages(), lessThanPercent, notes);
    List<List<Node>> waves = provisioner.plan(count, context.fleet(), groups, storage, notes).stream()
        .map(wave -> storages.prepare(wave, context.fleet().nodes(), notes)).filter(wave -> !wave.isEmpty()).toList();
    notes.forEach(note -> LOG.log(System.Logger.Level.WARNING, note));
    List<NodeOutcome> outcomes = new ArrayList<>();
    Set<Home> barred = new HashSet<>();
    try (WorkUnderWay work = begin(OperationKind.ADD, waves.stream().flatMap(List::stream).toList())) {
      for (List<Node> wave : waves) {
        // What was in the way of the first of a group or storage would be in the way of all others.
        List<Node> tried = wave.stream().filter(node -> !barred.contains(Home.of(node))).toList();
        List<NodeOutcome> done = runAll(OperationKind.ADD, tried, reason, work);
        Set<Integer> failed = done.stream().filter(outcome -> !outcome.succeeded()).map(NodeOutcome::nodeId).collect(Collectors.toSet());
        tried.stream().filter(node -> failed.contains(node.id())).forEach(node -> barred.add(Home.of(node)));
        outcomes.addAll(done);
      }
    }
    int untried = waves.stream().mapToInt(List::size).sum() - outcomes.size();
    if (outcomes.isEmpty() && !oversight.goesOn()) {
      notes.add("nothing was begun: " + Oversight.ENDING);
    } else if (untried > 0 && oversight.goesOn()) {
      String note = untried + (untried == 1 ? " more node is" : " more nodes are") + " not tried: the first "
          + (groups.isPresent() ? "of its group" : context.settings().get(Options.NODE_STORAGE).areSeveral() ? "in its storage" : "one")
          + " failed";
      notes.add(note);
      LOG.log(System.Logger.Level.WARNING, note);
    }
    return new Added(outcomes, notes);
  }

  /** Removes every node, by one call where the process manager offers that for all of its nodes. */
  List<NodeOutcome> teardown() {
    List<NodeOutcome> outcomes = new ArrayList<>();
    List<NodeOutcome> refused = refused(OperationKind.REMOVE, context.fleet().nodes());
    outcomes.addAll(logged(refused, "teardown"));
    context.fleet().nodes().stream().filter(node -> obstacle(OperationKind.REMOVE, node).isEmpty())
        .collect(Collectors.groupingBy(Node::managerType, LinkedHashMap::new, Collectors.toList()))
        .forEach((type, members) -> outcomes.addAll(context.managers().of(type).capability(BulkTeardown.class).isPresent()
            ? logged(teardown(type, members), "teardown") : runAll(OperationKind.REMOVE, members, "teardown")));
    if (!context.isDryRun()) {
      context.reload();
      boolean mayClose = groups.isEmpty() || oversight.goesOn();
      if (context.fleet().nodes().isEmpty() && groups.isPresent() && mayClose) {
        outcomes.addAll(logged(GroupUpkeep.outcomes(OperationKind.REMOVE, groups.get().close()), "teardown"));
      }
      if (context.fleet().nodes().isEmpty() && mayClose) {
        context.store().saveSettings(Map.of(Options.HIGHEST_NODE_ID_USED.name(), "0"));
        storages.release().forEach(problem -> LOG.log(System.Logger.Level.WARNING, problem));
      }
      firewall.check(context.fleet(), context.now());
    }
    return outcomes;
  }

  private List<NodeOutcome> teardown(String type, List<Node> members) {
    try (WorkUnderWay work = begin(OperationKind.REMOVE, members)) {
      return oversight.goesOn()
          ? done(work, members, () -> operations.because(context.motive("teardown")).teardown(type, members)) : List.of();
    }
  }

  /** Gives a node that died with a binary on trial its old one again. */
  NodeOutcome putBack(UpgradeWaves.Casualty casualty) {
    return operations.because(context.motive("it died with a binary on trial")).putBack(casualty);
  }

  /** Tells the operator of these. @return the same */
  List<NodeOutcome> logged(List<NodeOutcome> outcomes, String reason) {
    outcomes.forEach(outcome -> log(outcome, reason));
    return outcomes;
  }

  private void log(NodeOutcome outcome, String reason) {
    if (!outcome.succeeded()) {
      LOG.log(System.Logger.Level.ERROR, "{0} of {1} failed: {2}", outcome.kind(), outcome.service(), outcome.detail());
    } else if (context.isDryRun()) {
      LOG.log(System.Logger.Level.WARNING, "DRYRUN: {0} {1} ({2}){3}", outcome.service(),
          context.wording().wasDone(outcome.kind().pastTense()), reason, outcome.detail().isEmpty() ? "" : ": " + outcome.detail());
    } else {
      LOG.log(outcome.detail().isEmpty() ? System.Logger.Level.INFO : System.Logger.Level.WARNING, "{0} {1} ({2}){3}",
          outcome.kind().pastTense(), outcome.service(), reason, outcome.detail().isEmpty() ? "" : ", but " + outcome.detail());
    }
  }
}
