package dev.wnm.core.cycle;

import dev.wnm.core.execution.NodeOutcome;
import dev.wnm.core.model.Node;
import dev.wnm.core.provisioning.Groups;
import dev.wnm.core.work.Oversight;
import dev.wnm.spi.manager.OperationFailedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Carries out what a person asks for, and answers in the Python wnm's shapes. */
public final class ManualActions {
  private static final System.Logger LOG = System.getLogger(ManualActions.class.getName());

  private final CycleServices services;
  private final CycleContext context;

  public ManualActions(CycleServices services) {
    this.services = services;
    context = services.context();
  }

  /**
   * @param names the nodes it is about; empty lets the action choose
   * @param count how many when none are named, 1 or more; empty means one, answered as one
   */
  public ManualResult run(ManualAction action, List<String> names, OptionalInt count) {
    if (action == ManualAction.ADD) {
      FleetOperations.Added added = services.operations().add(count.orElse(1), "forced");
      return added.outcomes().isEmpty()
          ? error(String.join("; ", added.notes()))
          : answer(action, false, count, added.outcomes(), List.of());
    }
    if (!names.isEmpty()) {
      return runNamed(action, names);
    }
    if (action.needsNames()) {
      return error("service_name required for " + action.verb() + " action");
    }
    Optional<String> heldBack = action == ManualAction.UPGRADE ? services.waves().heldBack() : Optional.empty();
    if (heldBack.isPresent()) {
      return error(heldBack.get() + "; put a newer binary in place, or name the node to try it on with --service_name");
    }
    if (action == ManualAction.START) {
      services.surveyor().survey();
    }
    List<Node> candidates = action.unnamed(context.fleet());
    if (candidates.isEmpty()) {
      return error(action.nothingToDo());
    }
    if (candidates.size() < count.orElse(1)) {
      LOG.log(System.Logger.Level.WARNING, "{0} nodes asked for, only {1} there", count.orElse(1), candidates.size());
    }
    List<Node> chosen = candidates.subList(0, Math.min(count.orElse(1), candidates.size()));
    return answer(action, false, count, services.operations().runAll(action.kind(), chosen, "forced"), List.of());
  }

  public ManualResult survey(List<String> names) {
    String status = context.isDryRun() ? "survey-dryrun" : "survey-complete";
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("status", status);
    if (names.isEmpty()) {
      services.surveyor().survey();
      fields.put("node_count", context.fleet().nodes().size());
      return new ManualResult(fields, List.of(), false, context.wording());
    }
    NodeNames resolved = NodeNames.resolve(names, context.fleet().nodes());
    services.surveyor().survey(resolved.found());
    fields.put("surveyed_count", resolved.found().size());
    fields.put("surveyed_nodes", resolved.found().stream().map(node -> shortName(node.service())).toList());
    addFailures(fields, notFound(resolved.unknown()));
    return new ManualResult(fields, List.of(), !resolved.unknown().isEmpty(), context.wording());
  }

  public ManualResult teardown() {
    if (context.fleet().nodes().isEmpty() && services.groups().groups().map(Groups::all).orElse(List.of()).isEmpty()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("status", "no-nodes");
      fields.put("message", "No nodes to teardown");
      return new ManualResult(fields, List.of(), false, context.wording());
    }
    List<NodeOutcome> outcomes = services.operations().teardown();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("status", context.isDryRun() ? "teardown-dryrun" : "cluster-teardown");
    fields.put("method", "individual-remove");
    fields.put("removed_count", outcomes.stream().filter(NodeOutcome::succeeded).count());
    addFailures(fields, failures(outcomes));
    return new ManualResult(dryRun(fields), outcomes, outcomes.stream().anyMatch(outcome -> !outcome.succeeded()), context.wording());
  }

  /** Forgets a storage that is gone for good with its nodes: their rows, and what belongs to them elsewhere. */
  public ManualResult forget(Path storage) {
    try {
      List<Node> forgotten = services.storages().forget(storage);
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("status", context.isDryRun() ? "forget-dryrun" : "forgot-storage");
      fields.put("storage", storage.toString());
      fields.put("forgotten_count", forgotten.size());
      fields.put("forgotten_nodes", forgotten.stream().map(node -> shortName(node.service())).toList());
      fields.put("message", context.wording().did("forgot", "forgotten") + " " + storage + " and " + forgotten.size()
          + (forgotten.size() == 1 ? " node" : " nodes")
          + (forgotten.isEmpty() ? "" : ": " + forgotten.stream().map(Node::service).collect(Collectors.joining(", "))));
      return new ManualResult(dryRun(fields), List.of(), false, context.wording());
    } catch (OperationFailedException e) {
      return error(e.getMessage());
    }
  }

  /** Brings these nodes to another of the storages. */
  public ManualResult move(List<String> names, Path storage) {
    NodeNames resolved = NodeNames.resolve(names, context.fleet().nodes());
    // The row of a node that died since the last cycle still says that it runs.
    services.surveyor().survey(resolved.found());
    resolved = NodeNames.resolve(names, context.fleet().nodes());
    List<NodeOutcome> outcomes = services.operations().move(resolved.found(), storage, "forced");
    List<Map<String, Object>> failures = new ArrayList<>(notFound(resolved.unknown()));
    failures.addAll(failures(outcomes));
    Map<String, Object> fields = new LinkedHashMap<>();
    List<String> moved = outcomes.stream().filter(NodeOutcome::succeeded).map(outcome -> shortName(outcome.service())).toList();
    fields.put("status", context.isDryRun() ? "move-dryrun" : "moved-nodes");
    fields.put("storage", storage.toString());
    fields.put("moved_count", moved.size());
    fields.put("moved_nodes", moved);
    addFailures(fields, failures);
    return new ManualResult(dryRun(fields), outcomes, !failures.isEmpty(), context.wording());
  }

  /** What follows from a process manager that cannot run any program, to end a sentence; empty where it can. */
  private String onlyPrograms() {
    Set<String> programs = context.managers().main().traits().programs();
    return programs.isEmpty() ? "" : ": process manager " + context.managers().mainType() + " runs " + String.join(", ", programs)
        + " only, and a colony keeps its process manager. Make a colony of its own for nodes of another program (--init with another"
        + " --dbpath and --process_manager), and remove nodes here as that one grows";
  }

  /**
   * Orders that the oldest nodes of another program than the present one give way to new ones; the first new one is made now, cycles do
   * the rest. The last order counts.
   *
   * @param count how many, 1 or more; empty means one
   */
  public ManualResult renew(OptionalInt count) {
    Renewal renewal = services.renewal();
    String program = context.binary().program().name();
    List<Node> candidates = renewal.renewable();
    if (candidates.isEmpty() || !context.managers().main().traits().isFor(context.binary().program())) {
      return error("No nodes of another program than " + program + " to renew" + onlyPrograms());
    }
    List<Node> chosen = candidates.subList(0, Math.min(count.orElse(1), candidates.size()));
    Optional<String> obstacle = chosen.stream().flatMap(node -> renewal.obstacle(node).map(why -> node.service() + ": " + why).stream())
        .findFirst();
    if (obstacle.isPresent()) {
      return error(obstacle.get());
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("status", context.isDryRun() ? "renew-dryrun" : "renewal-begun");
    fields.put("renewal_count", chosen.size());
    fields.put("renewal_nodes", chosen.stream().map(node -> shortName(node.service())).toList());
    List<String> plan = renewal.plan(chosen);
    fields.put("message", (context.isDryRun() ? "would begin: " : "begun, and cycles go on: ") + String.join("; ", plan));
    if (context.isDryRun()) {
      return new ManualResult(dryRun(fields), List.of(), false, context.wording());
    }
    renewal.order(chosen);
    // Stored before anything is done, so that a wnm that is killed now finds it.
    services.saveState();
    FleetOperations.Added added = services.operations().add(1, "renewal");
    List<Map<String, Object>> failures = new ArrayList<>(failures(added.outcomes()));
    if (added.outcomes().isEmpty()) {
      failures.add(failure("", String.join("; ", added.notes())));
    }
    addFailures(fields, failures);
    if (!failures.isEmpty()) {
      fields.put("message", fields.get("message") + "; the first new node could not be made, which cycles try again: "
          + failures.get(0).get("error"));
    }
    return new ManualResult(fields, List.of(), !failures.isEmpty(), context.wording());
  }

  /** Brings a new image to all container groups. */
  public ManualResult upgradeImage() {
    return services.groups().groups().map(groups -> services.groups().rollOut(groups).run())
        .orElseGet(() -> error("upgrade_image is for container groups, and process manager "
            + context.managers().mainType() + " has none"));
  }

  private ManualResult runNamed(ManualAction action, List<String> names) {
    NodeNames resolved = NodeNames.resolve(names, context.fleet().nodes());
    if (action == ManualAction.START) {
      // The row of a node that died since the last cycle still says that it runs.
      services.surveyor().survey(resolved.found());
      resolved = NodeNames.resolve(names, context.fleet().nodes());
    }
    List<Map<String, Object>> refused = new ArrayList<>(notFound(resolved.unknown()));
    List<Node> able = new ArrayList<>();
    for (Node node : resolved.found()) {
      action.obstacle(node).ifPresentOrElse(reason -> refused.add(failure(node.service(), reason)), () -> able.add(node));
    }
    resolved.byNumber().forEach(number -> LOG.log(System.Logger.Level.WARNING, "{0} is taken as a node id", number));
    return answer(action, true, OptionalInt.empty(), services.operations().runAll(action.kind(), able, "forced"), refused);
  }

  private ManualResult answer(ManualAction action, boolean named, OptionalInt count, List<NodeOutcome> outcomes,
      List<Map<String, Object>> refused) {
    if (outcomes.isEmpty() && refused.isEmpty()) {
      return error("nothing was begun: " + Oversight.ENDING);
    }
    List<Map<String, Object>> failures = new ArrayList<>(refused);
    failures.addAll(failures(outcomes));
    Map<String, Object> fields = new LinkedHashMap<>();
    List<String> done = outcomes.stream().filter(NodeOutcome::succeeded).map(o -> shortName(o.service())).toList();
    if (!named && count.orElse(1) == 1) {
      single(action, outcomes, fields);
    } else {
      fields.put("status", !context.isDryRun() ? action.done() + "-nodes"
          : action == ManualAction.ADD ? "add-nodes-dryrun" : action.verb() + "-dryrun");
      fields.put(action.done() + "_count", done.size());
      fields.put(action.done() + "_nodes", done.isEmpty() && !named ? null : done);
      addFailures(fields, failures);
    }
    List<NodeOutcome> shown = new ArrayList<>(outcomes);
    refused.forEach(entry -> shown.add(new NodeOutcome(action.kind(), 0, String.valueOf(entry.get("service")), false,
        String.valueOf(entry.get("error")))));
    return new ManualResult(dryRun(fields), shown, !failures.isEmpty(), context.wording());
  }

  private static void single(ManualAction action, List<NodeOutcome> outcomes, Map<String, Object> fields) {
    NodeOutcome outcome = outcomes.get(0);
    if (!outcome.succeeded()) {
      fields.put("status", action == ManualAction.ADD ? "failed-create-node" : "failed-" + action.verb() + "-node");
      fields.put("error", outcome.detail());
    } else {
      fields.put("status", action.done() + "-node");
    }
    fields.put("node", shortName(outcome.service()));
  }

  private Map<String, Object> dryRun(Map<String, Object> fields) {
    if (context.isDryRun()) {
      fields.put("dry_run", true);
    }
    return fields;
  }

  private static void addFailures(Map<String, Object> fields, List<Map<String, Object>> failures) {
    fields.put("failed_count", failures.size());
    fields.put("failed_nodes", failures.isEmpty() ? null : failures);
  }

  private static List<Map<String, Object>> failures(List<NodeOutcome> outcomes) {
    return outcomes.stream().filter(outcome -> !outcome.succeeded())
        .map(outcome -> failure(outcome.service(), outcome.detail())).toList();
  }

  private static List<Map<String, Object>> notFound(List<String> names) {
    return names.stream().map(name -> failure(name, "not found")).toList();
  }

  private static Map<String, Object> failure(String service, String error) {
    Map<String, Object> failure = new LinkedHashMap<>();
    failure.put("service", service);
    failure.put("error", error);
    return failure;
  }

  private ManualResult error(String message) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("status", "error");
    fields.put("message", message);
    return new ManualResult(fields, List.of(), true, context.wording());
  }

  /** {@code 0001} for {@code antnode0001.service}. */
  private static String shortName(String service) {
    return NodeNames.bare(service).toLowerCase(Locale.ROOT).replaceFirst("^antnode", "");
  }
}
