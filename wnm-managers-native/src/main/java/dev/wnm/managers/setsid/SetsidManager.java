package dev.wnm.managers.setsid;

import dev.wnm.managers.support.AntDaemon;
import dev.wnm.managers.support.Attempt;
import dev.wnm.managers.support.BatchManager;
import dev.wnm.managers.support.Binaries;
import dev.wnm.managers.support.NativeManager;
import dev.wnm.managers.support.NodeDescription;
import dev.wnm.managers.support.NodeFiles;
import dev.wnm.managers.support.NodeHome;
import dev.wnm.managers.support.NodeLogs;
import dev.wnm.managers.support.NodeProcess;
import dev.wnm.managers.support.ProcessTable;
import dev.wnm.managers.support.Rights;
import dev.wnm.managers.support.SideBySide;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.manager.AdoptsNodes;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.NodeFacts;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.Traits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Runs each node as a process in a session of its own. Safe to use for different nodes from many threads. */
final class SetsidManager extends NativeManager implements AdoptsNodes, BatchManager {
  /** How often a node that is being stopped may turn out to have another process. */
  private static final int MOST_SUCCESSORS = 5;
  private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";

  private final ManagerContext context;
  private final NodeFinder finder;
  private final StartedProcesses started;
  private final NodeFiles files;
  private final NodeStarter starter;
  private final NodeStopper stopper;
  private final Binaries binaries;
  private final NodeStates states;
  private final NodeSurvey survey;
  private final OtherSupervisors others;

  private SetsidManager(ManagerContext context, ProcessTable table, NodeStopper.Graces graces, Binaries binaries,
      Rights rights, Launcher launcher, OtherSupervisors others) {
    super(new NodeHome(context, rights.files(), binaries));
    this.context = context;
    this.binaries = binaries;
    files = rights.files();
    finder = new NodeFinder(table);
    started = new StartedProcesses(table, files, context.colony());
    starter = new NodeStarter(finder, launcher, homes().logs());
    stopper = new NodeStopper(table, context.runner(), rights, graces);
    states = new NodeStates(finder, started, context.colony(), homes().logs());
    survey = new NodeSurvey(context, table, finder, files, homes(), rights.areOverAccounts(), others);
    this.others = others;
  }

  /** Nodes run as whoever runs wnm. */
  static SetsidManager forMyself(
      ManagerContext context, ProcessTable table, NodeStopper.Graces graces, Map<String, String> ownEnvironment) {
    String user = System.getProperty("user.name");
    Map<String, String> variables = locale(ownEnvironment);
    variables.putAll(Map.of("HOME", context.home().toString(), "USER", user, "LOGNAME", user,
        "PATH", ownEnvironment.getOrDefault("PATH", DEFAULT_PATH)));
    Rights rights = Rights.own(context.runner());
    return new SetsidManager(context, table, graces, new Binaries(context.runner(), rights), rights,
        new UserLauncher(context.runner(), variables),
        new OtherSupervisors(Optional.of(AntDaemon.of(context.home(), ownEnvironment)), context));
  }

  /** Nodes run as the accounts that their specs name; without being root, wnm uses sudo for that. */
  static SetsidManager forAccounts(ManagerContext context, ProcessTable table, NodeStopper.Graces graces, boolean isRoot,
      Map<String, String> ownEnvironment) {
    Rights rights = Rights.overAccounts(context.runner(), isRoot);
    return new SetsidManager(context, table, graces, new Binaries(context.runner(), rights), rights,
        new SudoLauncher(context.runner(), rights, locale(ownEnvironment)), new OtherSupervisors(Optional.empty(), context));
  }

  @Override
  public Traits traits() {
    return Traits.USUAL;
  }

  @Override
  public Map<Integer, OperationResult> createAll(List<NodeSpec> nodes) {
    return homes().makeAll(nodes, () -> ofEach(nodes, this::made));
  }

  private static Map<Integer, OperationResult> ofEach(List<NodeSpec> nodes, Function<NodeSpec, OperationResult> work) {
    return SideBySide.of(nodes, NodeSpec::id, work);
  }

  private OperationResult made(NodeSpec node) {
    return Attempt.on(node, () -> {
      boolean changed = homes().make(node, () -> isDescribed(node), () -> {
        NodeDescription.of(context.colony(), node, node.commandLine()).keepFor(node.rootDir(), files);
        return false;
      });
      return OperationResult.done(homes().facts(node), changed);
    });
  }

  /** One look at the processes tells which of them run. */
  @Override
  public Map<Integer, OperationResult> startAll(List<NodeSpec> nodes) {
    try {
      NodeFinder.Found found = finder.look();
      return ofEach(nodes, node -> started(node, found));
    } catch (OperationFailedException e) {
      return ofEach(nodes, node -> e.asResult(node.service() + ": "));
    }
  }

  private OperationResult started(NodeSpec node, NodeFinder.Found found) {
    return Attempt.on(node, () -> {
      List<NodeProcess> running = found.of(node);
      if (!running.isEmpty()) {
        return OperationResult.unchanged(homes().facts(node).withPid(running.get(running.size() - 1).pid()));
      }
      refuseOthers(node, found);
      endAll(node); // one that became another program is no node any more, and may hold its ports
      homes().prepareStart(node);
      Path console = NodeLogs.consoleOf(node);
      if (files.isPipe(console)) {
        throw OperationFailedException.forNow(console + " is a pipe or a device, which would keep the node waiting; delete it");
      }
      NodeSpec complete = binaries.withKnownFlags(node);
      List<String> words = complete.commandLine();
      NodeDescription description = NodeDescription.of(context.colony(), node, words);
      description.keepFor(node.rootDir(), files);
      NodeProcess process = starter.start(complete, words);
      started.remember(process, description, node.rootDir());
      context.openPorts(node);
      return OperationResult.done(homes().facts(node).withPid(process.pid()));
    });
  }

  @Override
  public Map<Integer, OperationResult> stopAll(List<NodeSpec> nodes) {
    return ofEach(nodes, this::stopped);
  }

  private OperationResult stopped(NodeSpec node) {
    return Attempt.on(node, () -> {
      boolean ran = endAll(node);
      if (ran) {
        context.closePorts(node);
      }
      return OperationResult.done(NodeFacts.asSuggested(node), ran);
    });
  }

  @Override
  public Map<Integer, OperationResult> removeAll(List<NodeSpec> nodes) {
    return ofEach(nodes, this::removed);
  }

  private OperationResult removed(NodeSpec node) {
    return Attempt.on(node, () -> {
      homes().requireRemovable(node, folderName(node));
      boolean ran = endAll(node);
      refuseOthers(node, finder.look());
      boolean wasThere = homes().delete(node, folderName(node));
      if (ran || wasThere) {
        context.closePorts(node);
      }
      return OperationResult.done(NodeFacts.asSuggested(node), ran || wasThere);
    });
  }

  @Override
  public Map<Integer, ProcessState> status(List<NodeSpec> nodes) {
    return states.of(nodes);
  }

  @Override
  public List<FoundNode> survey() throws ManagerUnavailableException {
    return survey.take();
  }

  /** Writes their descriptions, which make them the colony's, and takes them from who ran them before. */
  @Override
  public List<String> adopted(List<NodeSpec> nodes) {
    List<String> sentences = new ArrayList<>();
    for (NodeSpec node : nodes) {
      Attempt.on(node, () -> {
        if (NodeDescription.in(node.rootDir(), files).isEmpty()) {
          NodeDescription.of(context.colony(), node, node.commandLine()).keepFor(node.rootDir(), files);
        }
        return OperationResult.done(NodeFacts.asSuggested(node));
      }).failure().ifPresent(failure -> sentences.add("the description of " + node.service() + " could not be written, which its next"
          + " start does: " + failure.reason()));
    }
    sentences.addAll(others.release(nodes));
    return sentences;
  }

  @Override
  protected void requireMovable(NodeSpec node, NodeSpec moved) {
    // What tells its folder is the description beside it, which is wnm's own.
  }

  @Override
  protected void become(NodeSpec node, NodeSpec moved) throws CommandFailedException, IOException {
    NodeDescription.of(context.colony(), moved, moved.commandLine()).keepFor(moved.rootDir(), files);
  }

  @Override
  protected boolean isAlready(NodeSpec moved) throws CommandFailedException {
    return files.exists(NodeDescription.fileOf(moved.rootDir())) && isDescribed(moved);
  }

  /**
   * Ends the node's process, also one that became another program, and its successor when it just handed over to one.
   *
   * @return whether there was any
   */
  private boolean endAll(NodeSpec node) throws OperationFailedException, CommandFailedException {
    for (int round = 0; round < MOST_SUCCESSORS; round++) {
      List<NodeProcess> running = finder.processesOf(node);
      if (running.isEmpty()) {
        running = started.of(node).stream().toList();
      }
      if (running.isEmpty()) {
        return round > 0;
      }
      for (NodeProcess process : running) {
        stopper.end(process, node.program().stopping());
      }
    }
    throw new CommandFailedException(
        "something starts it again as often as it is stopped; look for a service called " + node.service());
  }

  /** Two processes on one folder would spoil it, and a folder is not deleted under a process. */
  private static void refuseOthers(NodeSpec node, NodeFinder.Found found) throws OperationFailedException {
    Optional<String> other = found.otherOn(node);
    if (other.isPresent()) {
      throw OperationFailedException.forNow(other.get() + "; end it first");
    }
  }

  /** The folder is the node's by its name, or because its description says so. */
  private String folderName(NodeSpec node) throws CommandFailedException {
    boolean saysSo = NodeDescription.in(node.rootDir(), files)
        .filter(found -> found.service().equals(node.service())).isPresent();
    return saysSo ? node.rootDir().getFileName().toString() : NodeHome.nameOf(node);
  }

  private boolean isDescribed(NodeSpec node) throws CommandFailedException {
    return NodeDescription.in(node.rootDir(), files).filter(found -> found.says(node, context.colony())).isPresent();
  }

  private static Map<String, String> locale(Map<String, String> environment) {
    Map<String, String> locale = new TreeMap<>(environment);
    locale.keySet().retainAll(List.of("LANG", "TZ"));
    return locale;
  }
}
