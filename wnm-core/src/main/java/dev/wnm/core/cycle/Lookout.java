package dev.wnm.core.cycle;

import dev.wnm.core.manager.NodeSpec;
import dev.wnm.core.manager.ProcessState;
import dev.wnm.core.model.Node;
import dev.wnm.core.probe.NodeProber;
import dev.wnm.core.probe.ProbeResult;
import dev.wnm.core.probe.ProbeTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Looks at nodes: probes all of them at once, then asks the process managers, once each, about those that did not answer.
 */
final class Lookout {
  private final NodeProber prober;
  private final Managers managers;
  private final NodeSpecs specs;
  private final Function<Node, Optional<String>> outage;

  /** @param outage why nothing can be concluded from what is not there of a node, if nothing can */
  Lookout(NodeProber prober, Managers managers, NodeSpecs specs, Function<Node, Optional<String>> outage) {
    this.outage = outage;
    this.prober = prober;
    this.managers = managers;
    this.specs = specs;
  }

  /** What was seen of each of these nodes, by id. @param pauseBetween the wait between two probes, zero for none */
  Map<Integer, Sighting> look(List<Node> nodes, Duration pauseBetween) {
    List<ProbeTarget> targets = nodes.stream()
        .map(node -> new ProbeTarget(node.id(), node.host(), node.ports().metrics())).toList();
    Map<Integer, ProbeResult> answers = prober.probe(targets, pauseBetween);
    List<Node> silent = nodes.stream()
        .filter(node -> !(answers.get(node.id()) instanceof ProbeResult.Answered)).toList();
    Map<Integer, ProcessState> processes = processes(silent);
    Map<Integer, Sighting> sightings = new HashMap<>();
    for (Node node : nodes) {
      ProcessState process = processes.getOrDefault(node.id(), new ProcessState.Running(node.health().pid()));
      sightings.put(node.id(), new Sighting(answers.get(node.id()), process));
    }
    return sightings;
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
