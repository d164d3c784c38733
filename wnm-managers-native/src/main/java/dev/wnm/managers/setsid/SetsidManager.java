package dev.wnm.managers.setsid;

import dev.wnm.core.command.CommandFailedException;
import dev.wnm.core.manager.CannotException;
import dev.wnm.core.manager.FoundNode;
import dev.wnm.core.manager.ManagerContext;
import dev.wnm.core.manager.NodeCommandLine;
import dev.wnm.core.manager.NodeFacts;
import dev.wnm.core.manager.NodeSpec;
import dev.wnm.core.manager.OperationResult;
import dev.wnm.core.manager.ProcessManager;
import dev.wnm.core.manager.ProcessState;
import dev.wnm.core.manager.Traits;
import dev.wnm.core.model.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Runs each node as a process in a session of its own. Safe to use for different nodes from many threads. */
final class SetsidManager implements ProcessManager {
  private static final Traits TRAITS = new Traits(Traits.Numbering.HOLE_FILLING, Traits.Concurrency.PARALLEL,
      Traits.Upgrades.BY_CORE, Traits.Teardown.NODE_BY_NODE, false, new Traits.Binaries.OfMachine());
  /** How often a node that is being stopped may turn out to have another process. */
  private static final int MOST_SUCCESSORS = 5;
  private static final String STOP_ON_UPGRADE = "--stop-on-upgrade";
  private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";

  private final ManagerContext context;
  private final NodeFinder finder;
  private final NodeHome homes;
  private final NodeStarter starter;
  private final NodeStopper stopper;
  private final Binaries binaries;
  private final NodeStates states;
  private final NodeSurvey survey;

  private SetsidManager(
      ManagerContext context, ProcessTable table, NodeStopper.Graces graces, Launcher launcher, NodeFiles files) {
    this.context = context;
    finder = new NodeFinder(table);
    binaries = new Binaries(context.runner(), launcher);
    homes = new NodeHome(context, files, binaries);
    starter = new NodeStarter(table, finder, launcher);
    stopper = new NodeStopper(table, context.runner(), launcher, graces);
    states = new NodeStates(finder);
    survey = new NodeSurvey(context, table, finder, files, binaries);
  }

  /** Nodes run as whoever runs wnm. */
  static SetsidManager forMyself(
      ManagerContext context, ProcessTable table, NodeStopper.Graces graces, Map<String, String> ownEnvironment) {
    String user = System.getProperty("user.name");
    Map<String, String> variables = locale(ownEnvironment);
    variables.putAll(Map.of("HOME", context.home().toString(), "USER", user, "LOGNAME", user,
        "PATH", ownEnvironment.getOrDefault("PATH", DEFAULT_PATH)));
    return new SetsidManager(context, table, graces, new UserLauncher(context.runner(), variables), DirectFiles.asMyself());
  }

  /** Nodes run as the accounts that their specs name; without being root, wnm uses sudo for that. */
  static SetsidManager forAccounts(ManagerContext context, ProcessTable table, NodeStopper.Graces graces, boolean isRoot,
      Map<String, String> ownEnvironment) {
    Accounts accounts = new Accounts(context.runner());
    return new SetsidManager(context, table, graces,
        new SudoLauncher(context.runner(), accounts, isRoot, locale(ownEnvironment)),
        isRoot ? DirectFiles.asRoot(accounts) : new SudoFiles(context.runner(), accounts));
  }

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public OperationResult create(NodeSpec node) {
    return attempt(node, () -> {
      boolean changed = homes.make(node, NodeDescription.of(node, NodeCommandLine.of(node)));
      return new OperationResult.Done(facts(node), changed);
    });
  }

  @Override
  public OperationResult start(NodeSpec node) {
    return attempt(node, () -> {
      NodeFinder.Found found = finder.look();
      List<NodeProcess> running = found.of(node);
      if (!running.isEmpty()) {
        return OperationResult.unchanged(facts(node).withPid(running.get(running.size() - 1).pid()));
      }
      refuseStrangers(node, found);
      homes.prepareStart(node);
      NodeSpec complete = stoppingOnUpgrade(node);
      List<String> words = NodeCommandLine.of(complete);
      homes.describe(node, NodeDescription.of(node, words));
      long pid = starter.start(complete, words);
      context.openPort(node);
      return OperationResult.done(facts(node).withPid(pid));
    });
  }

  @Override
  public OperationResult stop(NodeSpec node) {
    return attempt(node, () -> {
      boolean ran = endAll(node);
      if (ran) {
        context.closePort(node);
      }
      return new OperationResult.Done(NodeFacts.asSuggested(node), ran);
    });
  }

  @Override
  public OperationResult install(NodeSpec node, Path source) {
    return attempt(node, () -> {
      homes.install(node, source);
      return OperationResult.done(facts(node));
    });
  }

  @Override
  public OperationResult remove(NodeSpec node) {
    return attempt(node, () -> {
      boolean ran = endAll(node);
      refuseStrangers(node, finder.look());
      boolean wasThere = homes.delete(node);
      if (ran || wasThere) {
        context.closePort(node);
      }
      return new OperationResult.Done(NodeFacts.asSuggested(node), ran || wasThere);
    });
  }

  @Override
  public Map<Integer, ProcessState> status(List<NodeSpec> nodes) {
    return states.of(nodes);
  }

  @Override
  public List<FoundNode> survey() {
    return survey.take();
  }

  /**
   * Ends the node's process, and its successor when it just handed over to one.
   *
   * @return whether there was any
   */
  private boolean endAll(NodeSpec node) throws CommandFailedException {
    for (int round = 0; round < MOST_SUCCESSORS; round++) {
      List<NodeProcess> running = finder.processesOf(node);
      if (running.isEmpty()) {
        return round > 0;
      }
      for (NodeProcess process : running) {
        stopper.end(process);
      }
    }
    throw new CommandFailedException(
        "something starts it again as often as it is stopped; look for a service called " + node.service());
  }

  /** Two processes on one folder would spoil it, and a folder is not deleted under a process. */
  private static void refuseStrangers(NodeSpec node, NodeFinder.Found found) throws CannotException {
    Optional<String> stranger = found.strangerOn(node);
    if (stranger.isPresent()) {
      throw CannotException.forNow(stranger.get() + "; end it first");
    }
  }

  /** A node that upgraded itself shall end, so that wnm starts it again, and not leave a successor nobody knows. */
  private NodeSpec stoppingOnUpgrade(NodeSpec node) throws CommandFailedException {
    if (node.startArgs().contains(STOP_ON_UPGRADE) || !binaries.stopsOnUpgrade(node.binary(), node.user())) {
      return node;
    }
    List<String> more = new ArrayList<>(node.startArgs());
    more.add(STOP_ON_UPGRADE);
    return node.withStartArgs(more);
  }

  private NodeFacts facts(NodeSpec node) {
    return new NodeFacts(node.service(), node.rootDir(), node.logDir(), node.binary(), Optional.empty(), version(node),
        OptionalLong.empty(), Optional.empty());
  }

  private Optional<Version> version(NodeSpec node) {
    try {
      return binaries.version(node.binary(), node.user());
    } catch (CommandFailedException e) {
      return Optional.empty(); // Unknown, while what was asked for is done all the same.
    }
  }

  private static Map<String, String> locale(Map<String, String> environment) {
    Map<String, String> locale = new TreeMap<>(environment);
    locale.keySet().retainAll(List.of("LANG", "TZ"));
    return locale;
  }

  private static OperationResult attempt(NodeSpec node, Attempt attempt) {
    try {
      return attempt.run();
    } catch (CannotException e) {
      return OperationResult.failed(node.service() + ": " + e.getMessage(), e.isRetryable());
    } catch (CommandFailedException e) {
      return OperationResult.failed(node.service() + ": " + e.getMessage(), true);
    } catch (IOException e) {
      return OperationResult.failed(node.service() + ": " + Sentences.of(e), true);
    }
  }

  @FunctionalInterface
  private interface Attempt {
    OperationResult run() throws CannotException, CommandFailedException, IOException;
  }
}
