package dev.wnm.core.execution;

import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.managers.Managers;
import dev.wnm.core.managers.NodeSpecs;
import dev.wnm.core.model.Fleet;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.Trial;
import dev.wnm.core.model.Wave;
import dev.wnm.core.observation.NodeObserver;
import dev.wnm.core.observation.NodeStates;
import dev.wnm.core.observation.Observation;
import dev.wnm.core.observation.Observations;
import dev.wnm.core.probe.ProbeResult;
import dev.wnm.core.program.NodeBinary;
import dev.wnm.core.store.ColonyStore;
import dev.wnm.spi.internal.Known;
import dev.wnm.spi.manager.InstallsBinaries;
import dev.wnm.spi.manager.NodeFacts;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.Traits;
import dev.wnm.spi.manager.Upgrades;
import dev.wnm.spi.model.Version;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Canary and brake of upgrades. A new binary goes to one node; the others get it when that one has answered with it for the
 * settling time. A death with it holds it back: no node gets it any more, and those that died get their old one again, which
 * lies beside the new one until that is proven. What is known of binaries and nodes on trial is in the database, so that it
 * outlives every run. Safe to use from many threads.
 */
public final class UpgradeWaves {
  private static final System.Logger LOG = System.getLogger(UpgradeWaves.class.getName());

  private final ColonyStore store;
  private final Managers managers;
  private final NodeSpecs specs;
  private final NodeObserver observer;
  private final NodeBinary binary;
  private final boolean enabled;
  private final Duration settlingTime;
  private final Clock clock;
  /** Nodes that were allowed to be the first, and have no trial yet. */
  private final Set<Integer> claimed = new HashSet<>();

  /** @param settings say whether nodes are upgraded unasked, and how long the first has to answer */
  public UpgradeWaves(Settings settings, ColonyStore store, Managers managers, NodeSpecs specs, NodeObserver observer, NodeBinary binary,
      Clock clock) {
    this.store = store;
    this.managers = managers;
    this.specs = specs;
    this.observer = observer;
    this.binary = binary;
    enabled = settings.get(Options.ENABLE_UPGRADE);
    settlingTime = settings.get(Options.UPGRADE_SETTLING_TIME);
    this.clock = clock;
  }

  /** Why no node is moved to the present binary now, in a clause; empty when nodes may be. */
  public Optional<String> hindrance() {
    Wave wave = wave();
    if (wave.held()) {
      return heldBack();
    }
    if (now().isBefore(wave.retryAfter())) {
      return Optional.of("the last upgrade to " + wave.name() + " failed (" + wave.trouble() + "); the next is tried at "
          + wave.retryAfter());
    }
    return wave.proven() ? Optional.empty() : first().map(node -> node.service() + " is the first with " + wave.name()
        + " and has to answer with it for " + settlingTime.toSeconds() + " s before others get it");
  }

  /** Why the present binary is given to no node at all, in a clause; empty when it is not held back. */
  public Optional<String> heldBack() {
    Wave wave = wave();
    return wave.held() ? Optional.of(wave.name() + " is held back since " + wave.since() + ": " + wave.trouble())
        : Optional.empty();
  }

  /** What went wrong with the present binary, in a clause: it is held back, or the last upgrade to it failed; empty while nothing did. */
  public Optional<String> setback() {
    Wave wave = wave();
    return heldBack().or(() -> Optional.of("the last upgrade to " + wave.name() + " failed (" + wave.trouble() + ")").filter(words -> wave.failures() > 0));
  }

  /** Whether nodes wait for the present binary, so that all of them have to be looked at before the next one gets it. */
  public boolean isOn(Fleet fleet) {
    return enabled && fleet.nodes().stream()
        .anyMatch(Fleet.in(NodeStatus.RUNNING).and(node -> node.isOutdatedBy(binary.release())));
  }

  /** Whether a node has proven the present binary. */
  public boolean isProven() {
    return wave().proven();
  }

  /** Whether a stopped node may be moved to the present binary as it is started; asking makes it the first where none is yet. */
  synchronized boolean mayMove(Node node) {
    if (!enabled || hindrance().isPresent()) {
      return false;
    }
    return isProven() || claimed.contains(node.id()) || claimed.isEmpty() && claimed.add(node.id());
  }

  /** The node's trial of the binary it has, if that is not proven yet. */
  Optional<Trial> trial(Node node) {
    return store.trial(node.id());
  }

  /** A node is about to be moved to the present binary. */
  synchronized void begin(Node node) {
    if (store.wave(binary.fingerprint()).isEmpty()) {
      store.save(wave());
    }
    Optional<Version> before = trial(node).map(Trial::before).orElse(node.version());
    store.save(new Trial(node.id(), binary.fingerprint(), binary.version(), before, now(), Optional.empty(),
        OptionalLong.empty()));
  }

  /**
   * A node could not be moved, or not be started with what it got.
   *
   * @param trial the one that it has with the binary that it has now, if any
   */
  synchronized void failed(Node node, Optional<Trial> trial, String reason) {
    claimed.remove(node.id());
    trial.ifPresentOrElse(store::save, () -> store.endTrial(node.id()));
    store.save(wave().failed(node.service() + ": " + reason, now()));
  }

  /** These nodes have other processes than before, through no fault of theirs: those on trial have to settle anew. */
  public void silence(Collection<Node> nodes) {
    Set<Integer> ids = nodes.stream().map(Node::id).collect(Collectors.toSet());
    if (!ids.isEmpty()) {
      store.trials().stream().filter(trial -> ids.contains(trial.nodeId())).forEach(trial -> store.save(trial.silent()));
    }
  }

  /** A node whose old binary is to be put back. @param trial what it died in */
  public record Casualty(Node node, Trial trial) {}

  /**
   * What the nodes on trial have shown.
   *
   * @param corrected nodes that are in another state than their rows said
   * @param casualties those that died with a binary that they had not proven
   * @param said sentences on binaries that are held back from now on, by the node that died
   */
  public record Verdict(List<Node> corrected, List<Casualty> casualties, Map<Integer, String> said) {}

  /** Looks at the nodes on trial, and for deaths of others that have the present binary while it is on its way. */
  public Verdict judge(Fleet fleet) {
    Map<Integer, Trial> trials = store.trials().stream().collect(Collectors.toMap(Trial::nodeId, Function.identity()));
    List<Node> corrected = new ArrayList<>();
    List<Casualty> casualties = new ArrayList<>();
    Map<Integer, String> said = new HashMap<>();
    Map<Integer, Node> members = fleet.nodes().stream().filter(node -> trials.containsKey(node.id()))
        .collect(Collectors.toMap(Node::id, Function.identity()));
    look(members, trials).forEach((id, node) -> {
      corrected.add(node);
      members.put(id, node);
    });
    members.forEach((id, node) -> {
      if (hasDied(node)) {
        Trial trial = Known.of(trials, id);
        hold(waveOf(trial), trial.begunAt(), node).ifPresent(words -> said.put(id, words));
        if (said.containsKey(id) || node.health().mayBeTried(now())) {
          casualties.add(new Casualty(node, trial));
        }
      }
    });
    // The first death is enough: after it the binary is held back.
    store.wave(binary.fingerprint()).filter(wave -> !wave.held() && isGoingOn(wave, fleet, trials)).ifPresent(wave ->
        fleet.nodes().stream().filter(node -> !trials.containsKey(node.id()) && hasDied(node) && runs(node, wave)
            && node.statusAt().isAfter(wave.since())).findFirst().ifPresent(node ->
            hold(wave, node.statusAt(), node).ifPresent(words -> said.put(node.id(), words))));
    return new Verdict(corrected, casualties, said);
  }

  /** Puts the old binary of a node back and starts the node with it. */
  OperationResult putBack(Casualty casualty) {
    Node node = casualty.node();
    ProcessManager manager = managers.of(node.managerType());
    NodeSpec spec = specs.of(node);
    Optional<InstallsBinaries> binaries = manager.capability(InstallsBinaries.class);
    OperationResult result = binaries.isPresent() ? BinarySwap.putBack(manager, binaries.get(), spec)
        : copyOf(casualty).flatMap(source -> manager.capability(Upgrades.class).map(by -> by.upgrade(spec.withSource(source))))
            .orElseGet(() -> OperationResult.failed("process manager " + node.managerType() + " keeps no old binary and no other"
                + " node has one of that version", false));
    if (result.failure().isEmpty() || binaries.isEmpty()) {
      store.endTrial(node.id());
    }
    return result;
  }

  /** The binary of another node that runs what this one ran: where back ends upgrade, nobody keeps the old one. */
  private Optional<Path> copyOf(Casualty casualty) {
    Node node = casualty.node();
    boolean takesAny = managers.of(node.managerType()).traits().binaries() instanceof Traits.Binaries.OfMachine;
    Set<Integer> onTrial = store.trials().stream().map(Trial::nodeId).collect(Collectors.toSet());
    return casualty.trial().before().filter(before -> takesAny).flatMap(before -> store.nodes().stream()
        .filter(other -> other.managerType().equals(node.managerType()) && other.containerId().equals(node.containerId())
            && other.version().equals(Optional.of(before)) && other.status() == NodeStatus.RUNNING && !onTrial.contains(other.id()))
        .map(other -> specs.of(other).binary()).findFirst());
  }

  private synchronized Optional<String> hold(Wave wave, Instant with, Node node) {
    if (wave.held() && !with.isAfter(wave.since())) {
      return Optional.empty();
    }
    String cause = node.service() + " died with it (" + node.health().lastError() + ")";
    store.save(wave.heldBack(cause, now()));
    return Optional.of(wave.name() + " is held back: " + cause);
  }

  private static boolean hasDied(Node node) {
    return node.status() == NodeStatus.STOPPED && node.health().hasDied();
  }

  private boolean runs(Node node, Wave wave) {
    return wave.version().isPresent() && node.version().equals(wave.version()) && node.isOf(binary.program());
  }

  private boolean isGoingOn(Wave wave, Fleet fleet, Map<Integer, Trial> trials) {
    return trials.values().stream().anyMatch(trial -> trial.binary().equals(wave.binary()))
        || enabled && fleet.nodes().stream().anyMatch(node -> node.countsForVersions() && node.isOutdatedBy(wave.version().map(binary::release)));
  }

  /** Ends the trials that are over and writes down how far the others are. @return nodes that died meanwhile, by id */
  private Map<Integer, Node> look(Map<Integer, Node> members, Map<Integer, Trial> trials) {
    List<Node> running = members.values().stream().filter(Fleet.in(NodeStatus.RUNNING)).toList();
    Observations observations = observer.look(running, Duration.ZERO);
    Map<Integer, ProcessState> processes = new HashMap<>();
    running.stream().collect(Collectors.groupingBy(Node::managerType)).forEach((type, nodes) ->
        processes.putAll(managers.of(type).status(nodes.stream().map(specs::of).toList())));
    members.values().stream().filter(node -> node.status() != NodeStatus.RUNNING).map(node -> Known.of(trials, node.id()))
        .filter(trial -> trial.answersSince().isPresent()).forEach(trial -> store.save(trial.silent()));
    Map<Integer, Node> dead = new HashMap<>();
    for (Node node : running) {
      Observation observation = observations.of(node);
      Optional<String> ending = look(node, Known.of(trials, node.id()), observation, pid(processes.get(node.id())));
      if (ending.isPresent()) {
        dead.put(node.id(), node.withStatus(NodeStatus.STOPPED, now()).withHealth(node.health().died(ending.get(), now())));
      } else if (observation.process() instanceof ProcessState.Stopped) {
        dead.put(node.id(), NodeStates.settled(node, observation, now()));
      }
    }
    return dead;
  }

  /** @return how its process ended, if it did and something has started another one */
  private Optional<String> look(Node node, Trial trial, Observation observation, OptionalLong pid) {
    if (trial.pid().isPresent() && pid.isPresent() && trial.pid().getAsLong() != pid.getAsLong()) {
      return Optional.of("its process " + trial.pid().getAsLong() + " ended and was started again as " + pid.getAsLong());
    }
    if (observation.answer().isEmpty()) {
      if (trial.answersSince().isPresent()) {
        store.save(trial.silent());
      }
      return Optional.empty();
    }
    ProbeResult.Answered answer = observation.answer().get();
    int order = trial.version().isPresent() && answer.version().isPresent()
        ? answer.version().get().compareTo(trial.version().get()) : 0;
    // Who was to go back, and is as new as before, did not move on.
    boolean hasStayed = order > 0 && trial.before().filter(before -> trial.version().get().isOlderThan(before)).isPresent();
    if (order < 0 || hasStayed) {
      finish(node);
      synchronized (this) {
        store.wave(trial.binary()).ifPresent(wave -> store.save(wave.failed(node.service() + " runs "
            + answer.version().get() + " all the same", now())));
      }
    } else if (order > 0) {
      // It has moved on by the network's own channel, which says nothing of what wnm gave it.
      finish(node);
    } else {
      Trial going = trial.answersSince().isPresent() ? trial : trial.answering(now(), pid);
      if (!going.answersSince().orElseThrow().plus(settlingTime).isAfter(now())) {
        pass(node, going);
      } else if (!going.equals(trial)) {
        store.save(going);
      }
    }
    return Optional.empty();
  }

  private synchronized void pass(Node node, Trial trial) {
    Wave wave = waveOf(trial);
    // What was begun before the death of another one does not speak against that.
    if (!wave.held() || trial.begunAt().isAfter(wave.since())) {
      if (!wave.proven()) {
        LOG.log(System.Logger.Level.INFO, "{0} has proven {1}", node.service(), wave.name());
      }
      store.save(wave.passed(now()));
    }
    finish(node);
  }

  /** The trial goes last, so that a binary that is kept always has one. */
  private void finish(Node node) {
    ProcessManager manager = managers.of(node.managerType());
    OperationResult forgotten = manager.capability(InstallsBinaries.class).map(binaries -> binaries.forgetKept(specs.of(node)))
        .orElseGet(() -> OperationResult.unchanged(NodeFacts.asSuggested(specs.of(node))));
    forgotten.failure().ifPresentOrElse(
        left -> LOG.log(System.Logger.Level.DEBUG, "left behind: {0}", left.reason()), () -> store.endTrial(node.id()));
  }

  private static OptionalLong pid(@Nullable ProcessState state) {
    return state instanceof ProcessState.Running running ? running.pid() : OptionalLong.empty();
  }

  /** The node that has the present binary on trial and runs, or is about to. */
  private Optional<Node> first() {
    Set<Integer> onTrial = store.trials().stream().filter(trial -> trial.binary().equals(binary.fingerprint()))
        .map(Trial::nodeId).collect(Collectors.toSet());
    return onTrial.stream().flatMap(id -> store.node(id).stream()).filter(node -> node.status() == NodeStatus.RUNNING
        || node.status() == NodeStatus.UPGRADING || node.status() == NodeStatus.RESTARTING).findFirst();
  }

  private Wave waveOf(Trial trial) {
    return store.wave(trial.binary()).orElseGet(() -> Wave.of(trial.binary(), trial.version(), trial.begunAt()));
  }

  private Wave wave() {
    return store.wave(binary.fingerprint()).orElseGet(() -> Wave.of(binary.fingerprint(), binary.version(), now()));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
