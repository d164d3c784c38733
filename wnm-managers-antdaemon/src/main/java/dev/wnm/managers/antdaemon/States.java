package dev.wnm.managers.antdaemon;

import dev.wnm.managers.support.NodeLogs;
import dev.wnm.managers.support.NodeProcess;
import dev.wnm.managers.support.Poll;
import dev.wnm.managers.support.ProcessTable;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.StorageView;
import dev.wnm.spi.model.ColonyId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What the daemon's nodes do, by what it says of them, their processes and their folders. */
final class States {
  /** As often as it lets a node die within five minutes before it gives it up. */
  private static final int GIVEN_UP = 5;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private final Api api;
  private final ColonyId colony;
  private final NodeLogs logs;
  private final Limits limits;

  States(Api api, ColonyId colony, NodeLogs logs, Limits limits) {
    this.api = api;
    this.colony = colony;
    this.logs = logs;
    this.limits = limits;
  }

  /**
   * What there is at one moment.
   *
   * @param entries the daemon's nodes, by name; those that were asked for at least
   * @param processes what runs
   */
  record Snapshot(Map<String, Entry> entries, Processes processes) {
    /** The node, if the daemon has one of its name in its folder. */
    Optional<Entry> of(NodeSpec node) {
      return named(node).filter(entry -> entry.isThat(node));
    }

    /** The daemon's node of that name, wherever its folder is. */
    Optional<Entry> named(NodeSpec node) {
      return Optional.ofNullable(entries.get(node.service()));
    }

    /** Whether the daemon calls a node running that has no process: it died, and will be started again. */
    boolean isDown(Entry entry) {
      return entry.isCalledRunning() && processes.of(entry.binary()).isEmpty();
    }

    /** A process that is neither the node, by now, nor a copy of the daemon that is about to become it. */
    private static boolean isStrange(NodeProcess process, Entry entry) {
      return !process.argv().contains("daemon") && process.arguments().programs().noneMatch(entry.binary()::equals);
    }

    /**
     * Another program that the daemon takes for the node, by its pid: after a restart of the machine, the pid that it wrote into the
     * node's folder may be anybody's. A stop would end that.
     */
    Optional<String> stranger(Entry entry) {
      return entry.isCalledRunning() && entry.pid().isPresent() && !entry.pid().equals(processes.of(entry.binary()))
          && ProcessTable.ofThisSystem().find(entry.pid().getAsLong()).filter(process -> isStrange(process, entry)).isPresent()
          ? Optional.of("the ant daemon takes process " + entry.pid().getAsLong() + " for it, which is another program; delete "
              + entry.dataDir().resolve("node.pid") + " and restart the daemon (ant node daemon stop, then start)")
          : Optional.empty();
    }
  }

  /** Those of all nodes that the daemon lists. */
  Snapshot all() throws OperationFailedException {
    return settled(service -> true);
  }

  /** Those of these nodes. */
  Snapshot of(List<NodeSpec> nodes) throws OperationFailedException {
    List<String> services = nodes.stream().map(NodeSpec::service).toList();
    return settled(services::contains);
  }

  /** A snapshot of a moment when no node is just being started again after an upgrade. */
  private Snapshot settled(Predicate<String> wanted) throws OperationFailedException {
    return Poll.last(limits.restart(), BETWEEN_LOOKS, () -> look(wanted), now -> now.entries().values().stream().noneMatch(now::isDown));
  }

  /** What there is at this very moment. */
  Snapshot look(Predicate<String> wanted) throws OperationFailedException {
    Map<String, Entry> entries = new HashMap<>();
    for (Document.Listed listed : api.list()) {
      if (wanted.test(listed.service())) {
        api.node(listed.id()).ifPresent(entry -> entries.put(entry.service(), entry));
      }
    }
    return new Snapshot(entries, Processes.ofThisMachine());
  }

  /** The states of nodes by id. */
  Map<Integer, ProcessState> states(List<NodeSpec> nodes) {
    Map<Integer, ProcessState> states = new HashMap<>();
    if (nodes.isEmpty()) {
      return states;
    }
    try {
      Snapshot snapshot = of(nodes);
      StorageView storages = new StorageView(colony);
      nodes.forEach(node -> states.put(node.id(), state(node, snapshot, storages)));
    } catch (OperationFailedException e) {
      nodes.forEach(node -> states.put(node.id(), new ProcessState.Unknown(e.getMessage())));
    }
    return states;
  }

  ProcessState state(NodeSpec node, Snapshot snapshot) {
    return state(node, snapshot, new StorageView(colony));
  }

  private ProcessState state(NodeSpec node, Snapshot snapshot, StorageView storages) {
    Optional<Entry> entry = snapshot.of(node);
    if (entry.isPresent()) {
      return state(node, entry.get(), snapshot, storages);
    }
    var process = snapshot.processes().of(node.binary());
    if (process.isPresent()) {
      return new ProcessState.Running(process);
    }
    ProcessState state = storages.ofNodeThatIsDown(node.rootDir(), () -> "");
    return state instanceof ProcessState.Stopped ? new ProcessState.Unknown("the ant daemon does not list it, but its data is in "
        + node.rootDir() + "; the daemon's registry may have lost it") : state;
  }

  /** What a node that the daemon lists does. @param node it, in wnm's terms */
  ProcessState state(NodeSpec node, Entry entry, Snapshot snapshot, StorageView storages) {
    var process = snapshot.processes().of(entry.binary());
    if (process.isPresent()) {
      return new ProcessState.Running(process);
    }
    if (entry.eviction().isPresent()) {
      return storages.ofNodeThatIsDown(entry.dataDir(), () -> "it " + entry.eviction().get().inWords());
    }
    Optional<String> stranger = snapshot.stranger(entry);
    if (stranger.isPresent()) {
      return storages.ofNodeThatIsDown(entry.dataDir(), stranger::get);
    }
    return switch (entry.status()) {
      case "stopped", "stopping" -> storages.ofNodeThatIsDown(entry.dataDir(), () -> "");
      case "errored" -> storages.ofNodeThatIsDown(entry.dataDir(), GIVEN_UP, () -> withCause(node, "the ant daemon gave it up"));
      case "running", "upgrade_scheduled" ->
          storages.ofNodeThatIsDown(entry.dataDir(), 1, () -> withCause(node, "it died, and the ant daemon is to start it again"));
      case "starting" -> new ProcessState.Unknown("the ant daemon is starting it");
      default -> new ProcessState.Unknown("the ant daemon calls its status '" + entry.status() + "', which wnm does not know");
    };
  }

  private String withCause(NodeSpec node, String what) {
    String cause = logs.lastFailure(node);
    return cause.isEmpty() ? what : what + "; it said: " + cause;
  }
}
