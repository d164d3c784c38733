package dev.wnm.core.observation;

import dev.wnm.core.host.CpuCount;
import dev.wnm.core.host.ListeningPorts;
import dev.wnm.core.host.PortHolders;
import dev.wnm.core.host.ProcessReader;
import dev.wnm.core.managers.Managers;
import dev.wnm.core.managers.NodeSpecs;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.probe.ProbeResult;
import dev.wnm.core.probe.ProbeTarget;
import dev.wnm.core.probe.Prober;
import dev.wnm.core.state.CycleState;
import dev.wnm.spi.internal.Known;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.ReadsVersions;
import dev.wnm.spi.model.ProcessFacts;
import dev.wnm.spi.model.Version;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Looks at nodes: probes all at once that have a page of metrics, then asks the process managers, once each, about those that have
 * none ({@link Signs}), that did not answer, whose
 * answer does not prove by itself that it is theirs, that failed lately, or that have another process
 * than before. All that wnm sees of nodes, it sees through here; strangers at
 * their ports are named in the log.
 */
public final class NodeObserver {
  private static final System.Logger LOG = System.getLogger(NodeObserver.class.getName());
  private static final String LOOPBACK = "127.0.0.1";

  private final Prober prober;
  private final Asking asking;
  private final Managers managers;
  private final NodeSpecs specs;
  private final CycleState cycleState;
  private final Function<Node, Optional<String>> outage;
  private final Clock clock;

  /** How those that have a page of metrics are asked for it. */
  @FunctionalInterface
  private interface Asking {
    Map<Integer, ProbeResult> ask(List<Node> nodes, List<ProbeTarget> pages, Duration pauseBetween);
  }

  /**
   * @param cycleState keeps in mind which strangers were named already
   * @param outage why nothing can be concluded from what is not there of a node, if nothing can
   */
  public NodeObserver(Prober prober, Managers managers, NodeSpecs specs, CycleState cycleState,
      Function<Node, Optional<String>> outage, Clock clock) {
    this(prober, (nodes, pages, pauseBetween) -> prober.probe(pages, pauseBetween), managers, specs, cycleState, outage, clock);
  }

  private NodeObserver(Prober prober, Asking asking, Managers managers, NodeSpecs specs, CycleState cycleState,
      Function<Node, Optional<String>> outage, Clock clock) {
    this.asking = asking;
    this.clock = clock;
    this.cycleState = cycleState;
    this.outage = outage;
    this.prober = prober;
    this.managers = managers;
    this.specs = specs;
  }

  /**
   * The same looks by what was heard of the nodes lately, where the prober heard something of them as they are now: for surveys,
   * and for nothing that something is done upon.
   */
  public NodeObserver listening() {
    return new NodeObserver(prober, (nodes, pages, pauseBetween) -> prober.survey(pages,
        nodes.stream().collect(Collectors.toMap(Node::id, Node::statusAt)), pauseBetween), managers, specs, cycleState, outage, clock);
  }

  /** What was seen of each of these nodes. @param pauseBetween the wait between two probes, zero for none */
  public Observations look(List<Node> nodes, Duration pauseBetween) {
    return look(nodes, pauseBetween, false);
  }

  /** The same, with what their processes use, for which the process managers are asked about all of them. */
  public Observations measure(List<Node> nodes, Duration pauseBetween) {
    return look(nodes, pauseBetween, true);
  }

  private Observations look(List<Node> nodes, Duration pauseBetween, boolean measuring) {
    List<Node> withPage = nodes.stream().filter(node -> node.ports().metrics().isPresent()).toList();
    Map<Integer, ProbeResult> results = asking.ask(withPage, withPage.stream()
        .map(node -> new ProbeTarget(node.id(), node.host(), node.ports().metrics().orElseThrow())).toList(), pauseBetween);
    Map<Integer, ProcessState> processes = processes(nodes.stream().filter(node -> measuring || !results.containsKey(node.id())
        || !Identity.isProven(node, Known.of(results, node.id()))
        || node.health().failures() > 0 || wasStartedAgain(node, Known.of(results, node.id()))).toList());
    PortHolders listeners = PortHolders.ofThisSystem();
    Map<Integer, Observation> observations = new HashMap<>();
    Map<Integer, Optional<String>> strangers = new HashMap<>();
    Measurements measurements = new Measurements(ProcessReader.ofThisSystem(), CpuCount.available());
    Signs signs = new Signs(listeners, measurements, clock.instant());
    List<Node> withoutPage = nodes.stream().filter(node -> !results.containsKey(node.id())).toList();
    withoutPage.forEach(node -> observations.put(node.id(), signs.of(node, specs.of(node), Known.of(processes, node.id()))));
    readUnexpectedPages(withoutPage, observations, listeners);
    for (Node node : withPage) {
      ProbeResult result = Known.of(results, node.id());
      ProcessState process = processes.getOrDefault(node.id(), new ProcessState.Running(node.health().pid()));
      Identity.Finding finding = Identity.of(node, result, process, holder(node, result, process, listeners));
      Observation observation = observation(node, finding, process);
      ProcessFacts facts = processes.get(node.id()) instanceof ProcessState.Running running ? measurements.facts(running) : ProcessFacts.NONE;
      boolean isLookedInto = processes.containsKey(node.id());
      observations.put(node.id(), observation.measured(own -> (isLookedInto ? Measurements.keptBesideProcess(node.metrics(), own)
          : Measurements.kept(node.metrics(), own)).with(measurements.metrics(facts)).with(own)));
      strangers.put(node.id(), finding instanceof Identity.Strangers found ? Optional.of(found.who()) : Optional.empty());
    }
    nodes.stream().filter(node -> node.status() == NodeStatus.RUNNING).forEach(node ->
        observations.computeIfPresent(node.id(), (id, observation) -> upgradeOf(node, observation).map(observation::upgradedTo).orElse(observation)));
    cycleState.newStrangers(strangers).forEach(who -> LOG.log(System.Logger.Level.WARNING, who));
    return new Observations(observations);
  }

  /**
   * A release of a program that had no page of metrics may bring one: where a node's own process listens for TCP, it is asked. That
   * it does not, or does not answer as a node does, is normal.
   */
  private void readUnexpectedPages(List<Node> nodes, Map<Integer, Observation> observations, PortHolders listeners) {
    List<ProbeTarget> pages = new ArrayList<>();
    for (Node node : nodes) {
      Observation seen = Known.of(observations, node.id());
      if (seen.answer().isPresent() && seen.process() instanceof ProcessState.Running running && running.pid().isPresent()
          && isOnThisMachine(node)) {
        listeners.tcpPortOf(running.pid().getAsLong()).ifPresent(port -> pages.add(new ProbeTarget(node.id(), LOOPBACK, port)));
      }
    }
    if (!pages.isEmpty()) {
      prober.probe(pages, Duration.ZERO).forEach((id, result) -> {
        if (result instanceof ProbeResult.Answered page) {
          observations.computeIfPresent(id, (any, seen) -> seen.measured(own -> own.with(page.metrics())));
        }
      });
    }
  }

  private static boolean isOnThisMachine(Node node) {
    return node.containerId().isEmpty() && ListeningPorts.LOOPBACK.contains(node.host());
  }

  /** Whether it has another process than when it was last looked at: whoever starts it may know that this goes on and on. */
  private static boolean wasStartedAgain(Node node, ProbeResult result) {
    return result instanceof ProbeResult.Answered answer && node.metrics().areOfAnEarlierProcess(answer.metrics());
  }

  private static Observation observation(Node node, Identity.Finding finding, ProcessState process) {
    if (finding instanceof Identity.Own own) {
      Identity.keyChange(node, own.answer()).ifPresent(change -> LOG.log(System.Logger.Level.WARNING, change));
      return new Observation(Optional.of(own.answer()), "", process);
    }
    String silence = finding instanceof Identity.Strangers strangers ? strangers.silence()
        : ((Identity.Silent) finding).silence();
    return new Observation(Optional.empty(), silence, process);
  }

  /** A node that ran and ended may have replaced its binary, and ended for that; asked of nobody else. */
  private Optional<Version> upgradeOf(Node node, Observation observation) {
    boolean hasEnded = observation.process() instanceof ProcessState.Stopped stopped && !stopped.isCrashLoop();
    return !hasEnded || node.version().isEmpty() ? Optional.empty()
        : managers.of(node.managerType()).capability(ReadsVersions.class).flatMap(reader -> reader.version(specs.of(node)))
            .filter(version -> node.version().get().isOlderThan(version));
  }

  /** Asked only where it matters: what listens where is a look at many files. */
  private static PortHolders.Holder holder(Node node, ProbeResult result, ProcessState process, PortHolders listeners) {
    boolean something = result instanceof ProbeResult.Answered || result instanceof ProbeResult.Garbage;
    OptionalLong pid = process instanceof ProcessState.Running running ? running.pid() : OptionalLong.empty();
    return something && !Identity.isProven(node, result) && pid.isPresent() && isOnThisMachine(node)
        ? listeners.holderOf(node.ports().metrics().orElseThrow(), pid.getAsLong()) : PortHolders.Holder.UNKNOWN;
  }

  private Map<Integer, ProcessState> processes(List<Node> nodes) {
    Map<Integer, ProcessState> states = new HashMap<>();
    Map<String, List<Node>> byType = nodes.stream().collect(Collectors.groupingBy(Node::managerType));
    byType.forEach((type, members) -> {
      List<NodeSpec> asked = new ArrayList<>(members.stream().map(specs::of).toList());
      states.putAll(managers.of(type).status(asked));
      members.forEach(node -> states.put(node.id(), believed(node, states.getOrDefault(node.id(),
          new ProcessState.Unknown("process manager " + type + " said nothing of " + node.service())))));
    });
    return states;
  }

  /** That a process runs is seen; that none does says nothing of a node whose storage is away. */
  private ProcessState believed(Node node, ProcessState told) {
    return told instanceof ProcessState.Running ? told
        : outage.apply(node).<ProcessState>map(ProcessState.Unknown::new).orElse(told);
  }
}
