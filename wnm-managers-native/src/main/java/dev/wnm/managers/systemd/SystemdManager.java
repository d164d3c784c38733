package dev.wnm.managers.systemd;

import dev.wnm.managers.support.Attempt;
import dev.wnm.managers.support.BatchManager;
import dev.wnm.managers.support.Binaries;
import dev.wnm.managers.support.NativeManager;
import dev.wnm.managers.support.NodeHome;
import dev.wnm.managers.support.NodeLog;
import dev.wnm.managers.support.Rights;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.manager.AdoptsNodes;
import dev.wnm.spi.manager.Batches;
import dev.wnm.spi.manager.Describes;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.GivesNotice;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.NodeFacts;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.StorageView;
import dev.wnm.spi.manager.Traits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs each node as a service of systemd. What is asked for several nodes costs as many commands as for one. Safe to use for
 * different nodes from many threads.
 */
final class SystemdManager extends NativeManager implements AdoptsNodes, BatchManager, Describes, GivesNotice {
  private static final String RESTART_ALWAYS = "# Made by wnm when it took the node over: after an upgrade of its own a node ends with"
      + " 0 and is to be started again.\n[Service]\nRestart=always\n";

  private final ManagerContext context;
  private final ServiceManager serviceManager;
  private final Systemctl systemctl;
  private final UnitFiles units;
  private final Journal journal;
  private final UnitStarter starter;
  private final UnitSurvey survey;

  private SystemdManager(ManagerContext context, ServiceManager serviceManager, Systemctl systemctl, Rights rights,
      Binaries binaries) {
    super(new NodeHome(context, rights.files(), binaries));
    this.context = context;
    this.serviceManager = serviceManager;
    this.systemctl = systemctl;
    units = new UnitFiles(serviceManager.unitFolder(), rights.files());
    journal = new Journal(context.runner(), rights, serviceManager);
    starter = new UnitStarter(context, systemctl, units, binaries, new NodeUnit(context.colony(), serviceManager.bootTarget(), serviceManager.ofUser(),
        systemctl.limits().stop(), context.find(SystemdOptions.MEMORY), context.find(SystemdOptions.CPUS)),
        journal);
    survey = new UnitSurvey(context, serviceManager, systemctl, units, rights.files(), homes());
  }

  static SystemdManager of(ManagerContext context, ServiceManager serviceManager, Rights rights, Systemctl.Limits limits) {
    return new SystemdManager(context, serviceManager,
        new Systemctl(context.runner(), rights, serviceManager, limits), rights, new Binaries(context.runner(), rights));
  }

  @Override
  public Traits traits() {
    return Traits.USUAL;
  }

  /** systemd is not told of it: it reads a new unit when that is first started. */
  @Override
  public Map<Integer, OperationResult> createAll(List<NodeSpec> nodes) {
    return homes().makeAll(nodes, () -> Batches.oneByOne(nodes, this::made));
  }

  private OperationResult made(NodeSpec node) {
    return Attempt.on(node, () -> {
      boolean changed = homes().make(node, () -> starter.isThere(node), () -> !starter.isThere(node) && starter.writeUnit(node));
      return OperationResult.done(homes().facts(node), changed);
    });
  }

  @Override
  public Map<Integer, OperationResult> startAll(List<NodeSpec> nodes) {
    Map<Integer, OperationResult> results = new LinkedHashMap<>();
    onAll(nodes, results, () -> {
      Map<String, UnitState> before = systemctl.show(services(nodes));
      List<NodeSpec> ready = new ArrayList<>();
      Map<NodeSpec, OperationResult> refused = new LinkedHashMap<>();
      for (NodeSpec node : nodes) {
        UnitState state = before.get(node.service());
        boolean foreign = state.isOfAnother(node.rootDir());
        OperationResult prepared = foreign ? foreign(node)
            : state.runs() ? OperationResult.unchanged(facts(node, state)) : prepared(node);
        if (foreign) {
          results.put(node.id(), prepared);
        } else if (state.runs()) {
          results.put(node.id(), prepared);
        } else if (prepared.failure().isPresent()) {
          refused.put(node, prepared);
        } else {
          ready.add(node);
        }
      }
      // systemd may have started one in this moment, so that its ports are taken by itself.
      Map<String, UnitState> now = systemctl.show(services(List.copyOf(refused.keySet())));
      refused.forEach((node, failure) -> results.put(node.id(), now.get(node.service()).runs()
          ? OperationResult.unchanged(facts(node, now.get(node.service()))) : failure));
      results.putAll(starter.start(ready, before, this::facts));
    });
    return results;
  }

  private static OperationResult foreign(NodeSpec node) {
    return OperationResult.refused(node.service() + " is another's: its unit does not run a node in " + node.rootDir()
        + "; take that over with --import, or move the unit away", false);
  }

  private OperationResult prepared(NodeSpec node) {
    return Attempt.on(node, () -> {
      homes().prepareStart(node);
      starter.renewUnit(node);
      return OperationResult.done(NodeFacts.asSuggested(node));
    });
  }

  @Override
  public Map<Integer, OperationResult> stopAll(List<NodeSpec> nodes) {
    Map<Integer, OperationResult> results = new LinkedHashMap<>();
    onAll(nodes, results, () -> results.putAll(halted(nodes)));
    return results;
  }

  @Override
  public Map<Integer, OperationResult> removeAll(List<NodeSpec> asked) {
    Map<Integer, OperationResult> results = new LinkedHashMap<>();
    List<NodeSpec> nodes = homes().removable(asked, results);
    onAll(nodes, results, () -> {
      results.putAll(halted(nodes));
      nodes.forEach(node -> results.computeIfPresent(node.id(),
          (id, stopped) -> stopped instanceof OperationResult.Done done ? deleted(node, done.changed()) : stopped));
      if (results.values().stream().anyMatch(result -> result instanceof OperationResult.Done done && done.changed())) {
        forgetUnits();
      }
    });
    return results;
  }

  private OperationResult deleted(NodeSpec node, boolean ran) {
    return Attempt.on(node, () -> {
      boolean hadData = homes().delete(node, NodeHome.nameOf(node));
      boolean hadUnit = units.delete(node);
      return OperationResult.done(NodeFacts.asSuggested(node), ran || hadData || hadUnit);
    });
  }

  /** The nodes are gone, whether systemd has noticed or not. */
  private void forgetUnits() {
    try {
      systemctl.reload();
    } catch (CommandFailedException e) {
      context.progress().report("systemd still knows units whose files are gone: " + e.getMessage());
    }
  }

  @Override
  public Map<Integer, ProcessState> status(List<NodeSpec> nodes) {
    Map<Integer, ProcessState> states = new HashMap<>();
    try {
      Map<String, UnitState> shown = systemctl.show(services(nodes));
      StorageView storages = new StorageView(context.colony());
      nodes.forEach(node -> states.put(node.id(), state(node, shown.get(node.service()), storages)));
    } catch (CommandFailedException e) {
      nodes.forEach(node -> states.put(node.id(), new ProcessState.Unknown(e.getMessage())));
    }
    return states;
  }

  @Override
  public Map<Integer, String> describe(List<NodeSpec> nodes) {
    Map<Integer, String> words = new HashMap<>();
    try {
      Map<String, UnitState> shown = systemctl.show(services(nodes));
      nodes.stream().filter(node -> shown.get(node.service()).isThere())
          .forEach(node -> words.put(node.id(), shown.get(node.service()).life(Uptime.ofThisMachine())));
    } catch (CommandFailedException e) {
      // A report goes without these words.
    }
    return words;
  }

  @Override
  public List<FoundNode> survey() throws ManagerUnavailableException {
    return survey.take();
  }

  /** Their units stay as they are; one that leaves its node down after an upgrade of the node's own gets a drop-in against that. */
  @Override
  public List<String> adopted(List<NodeSpec> nodes) {
    List<String> amended = new ArrayList<>();
    List<String> sentences = new ArrayList<>();
    try {
      Map<String, UnitState> states = systemctl.show(services(nodes));
      List<NodeSpec> there = nodes.stream().filter(node -> states.get(node.service()).isThere()).toList();
      Map<String, UnitText> texts = UnitSurvey.texts(systemctl.cat(services(there)));
      for (NodeSpec node : there) {
        if (texts.containsKey(node.service()) && !texts.get(node.service()).restartsAlways()) {
          OperationResult result = Attempt.on(node, () -> {
            units.amend(node, RESTART_ALWAYS);
            return OperationResult.done(NodeFacts.asSuggested(node));
          });
          result.failure().ifPresentOrElse(failure -> sentences.add(node.service()
              + " stays down after an upgrade of its own, since its unit could not be told otherwise: " + failure.reason()),
              () -> amended.add(node.service()));
        }
      }
      if (!amended.isEmpty()) {
        systemctl.reload();
        sentences.add("a drop-in with Restart=always was added to " + String.join(", ", amended)
            + ", which stayed down after an upgrade of their own; no node was restarted");
      }
    } catch (CommandFailedException e) {
      sentences.add("nodes may stay down after an upgrade of their own: " + e.getMessage());
    }
    return sentences;
  }

  @Override
  public Map<Integer, String> occupied(List<NodeSpec> planned) throws ManagerUnavailableException {
    Map<Integer, String> occupied = super.occupied(planned);
    planned.forEach(node -> units.occupant(node).ifPresent(clause -> occupied.putIfAbsent(node.id(), clause)));
    return occupied;
  }

  /** The unit of a node whose data are gone. */
  @Override
  public OperationResult forget(NodeSpec node) {
    Map<Integer, OperationResult> results = new LinkedHashMap<>();
    onAll(List.of(node), results, () -> {
      results.putAll(halted(List.of(node)));
      results.computeIfPresent(node.id(), (id, stopped) -> stopped.failure().isPresent() ? stopped
          : Attempt.on(node, () -> OperationResult.done(NodeFacts.asSuggested(node), units.delete(node))));
      forgetUnits();
    });
    return results.get(node.id());
  }

  @Override
  protected void requireMovable(NodeSpec node, NodeSpec moved) throws OperationFailedException, CommandFailedException {
    starter.requireOwnUnit(node, moved);
  }

  @Override
  protected void become(NodeSpec node, NodeSpec moved) throws OperationFailedException, CommandFailedException, IOException {
    starter.renewUnit(moved);
    systemctl.reload();
  }

  @Override
  protected boolean isAlready(NodeSpec moved) throws OperationFailedException, CommandFailedException {
    return units.rootDir(moved).equals(Optional.of(moved.rootDir()));
  }

  @Override
  public List<String> notices(List<NodeSpec> known) {
    return serviceManager.linger().stream().toList();
  }

  @Override
  protected String printed(NodeSpec node) {
    return journal.printed(node);
  }

  @Override
  protected NodeLog.Printed printedPart(NodeSpec node) {
    return (lines, position) -> journal.part(node, lines, position);
  }

  private ProcessState state(NodeSpec node, UnitState state, StorageView storages) {
    if (state.runs() && !state.isInCrashLoop(Uptime.ofThisMachine()) && !state.isOfAnother(node.rootDir())) {
      return new ProcessState.Running(state.pid());
    }
    return storages.ofNodeThatIsDown(node.rootDir(), state.deaths(), () -> !state.isThere() ? "its unit file is missing; a start writes it anew"
        : Optional.of(state.ending()).filter(ending -> !ending.isEmpty())
            .map(ending -> ending + said(node, state)).orElse(""));
  }

  /** Its last words, as it noted them itself, else as it printed them. */
  private String said(NodeSpec node, UnitState state) {
    return Optional.of(homes().logs().lastFailure(node)).filter(words -> !words.isEmpty())
        .or(() -> Optional.of(journal.lastWords(node, state)).filter(words -> !words.isEmpty())).map(words -> "; it said: " + words).orElse("");
  }

  /** Stops nodes and keeps them from coming back at the next boot: what became of each, by id. */
  private Map<Integer, OperationResult> halted(List<NodeSpec> asked) throws CommandFailedException {
    Map<String, UnitState> before = systemctl.show(services(asked));
    Map<Integer, OperationResult> results = new LinkedHashMap<>();
    asked.stream().filter(node -> before.get(node.service()).isOfAnother(node.rootDir()))
        .forEach(node -> results.put(node.id(), foreign(node)));
    List<NodeSpec> nodes = asked.stream().filter(node -> !results.containsKey(node.id())).toList();
    List<String> up = services(nodes).stream().filter(service -> before.get(service).isUp()).toList();
    CommandResult stopped = systemctl.stop(up);
    systemctl.disable(services(nodes).stream().filter(service -> before.get(service).returnsAtBoot()).toList());
    Map<String, UnitState> after = up.isEmpty() ? before : systemctl.show(services(nodes));
    systemctl.resetFailed(services(nodes).stream().filter(service -> after.get(service).hasFailed()).toList());
    for (NodeSpec node : nodes) {
      if (after.get(node.service()).isUp()) {
        results.put(node.id(), OperationResult.failed(node.service() + " still runs: " + stopped.describe(), true));
        continue;
      }
      boolean ran = up.contains(node.service());
      if (ran) {
        context.closePorts(node);
      }
      results.put(node.id(), OperationResult.done(NodeFacts.asSuggested(node), ran));
    }
    return results;
  }

  private NodeFacts facts(NodeSpec node, UnitState state) {
    NodeFacts facts = homes().facts(node);
    return state.pid().isPresent() ? facts.withPid(state.pid().getAsLong()) : facts;
  }

  private static List<String> services(List<NodeSpec> nodes) {
    return nodes.stream().map(NodeSpec::service).toList();
  }

  /** Runs what is done to all of these nodes; when systemd fails at it, those without a result have failed by that. */
  private static void onAll(List<NodeSpec> nodes, Map<Integer, OperationResult> results, Work work) {
    try {
      if (!nodes.isEmpty()) {
        work.run();
      }
    } catch (CommandFailedException e) {
      nodes.forEach(node -> results.putIfAbsent(
          node.id(), OperationResult.failed(node.service() + ": " + e.getMessage(), true)));
    }
  }

  @FunctionalInterface
  private interface Work {
    void run() throws CommandFailedException;
  }
}
