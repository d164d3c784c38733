package dev.wnm.core.cycle;

import dev.wnm.core.model.Incident;
import dev.wnm.core.model.Node;
import dev.wnm.core.observation.Troubles;
import dev.wnm.spi.internal.Known;
import dev.wnm.spi.model.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes down what was found out of nodes, and keeps what befell them. */
final class FleetRecorder {
  private static final System.Logger LOG = System.getLogger(FleetRecorder.class.getName());

  private final CycleContext context;
  /** What befell nodes in this run, as far as it was seen. */
  private final List<Incident> incidents = new ArrayList<>();

  FleetRecorder(CycleContext context) {
    this.context = context;
  }

  /** What befell nodes in this run, so far. */
  List<Incident> incidents() {
    return List.copyOf(incidents);
  }

  /** Finds the nodes whose transitions do not end, and keeps that once for each. */
  void noteStuck() {
    Map<Integer, Instant> since = context.fleet().nodes().stream().collect(Collectors.toMap(Node::id, Node::statusAt));
    List<Incident> stuck = context.fleet().nodes().stream()
        .flatMap(node -> Troubles.stuck(node, context.settings(), context.now()).stream()).toList();
    if (!stuck.isEmpty()) {
      Map<Integer, Incident> last = context.store().lastIncidents();
      noteAll(stuck.stream().filter(incident -> Optional.ofNullable(last.get(incident.nodeId()))
          .filter(known -> known.kind() == Incident.Kind.STUCK && !known.seenAt().isBefore(since.get(known.nodeId())))
          .isEmpty()).toList());
    }
  }

  /** Takes over what was found out of some nodes. */
  void update(Collection<Node> changed) {
    if (!context.isDryRun() && !changed.isEmpty()) {
      context.store().save(changed);
    }
    note(changed);
    context.replace(changed);
  }

  /** The same after a look at these nodes. */
  void recordSurvey(List<Node> seen, Instant now) {
    noteNewVersions(seen);
    if (!context.isDryRun()) {
      context.store().recordSurvey(seen, now);
    }
    note(seen);
    context.replace(seen);
  }

  /** Nodes upgrade themselves, too. */
  private void noteNewVersions(List<Node> seen) {
    Map<Integer, Optional<Version>> before = context.fleet().nodes().stream().collect(Collectors.toMap(Node::id, Node::version));
    for (Node node : seen) {
      Optional<Version> old = before.getOrDefault(node.id(), Optional.empty());
      if (old.isPresent() && node.version().isPresent() && !old.equals(node.version())) {
        LOG.log(System.Logger.Level.INFO, "{0} runs version {1} now, no longer {2}", node.service(), node.version().get(),
            old.get());
      }
    }
  }

  private void note(Collection<Node> changed) {
    Map<Integer, Node> before = context.fleet().nodes().stream().collect(Collectors.toMap(Node::id, node -> node));
    noteAll(changed.stream().filter(node -> before.containsKey(node.id()))
        .flatMap(node -> Troubles.incident(Known.of(before, node.id()), node, context.now()).stream()).toList());
  }

  private void noteAll(List<Incident> seen) {
    if (seen.isEmpty()) {
      return;
    }
    incidents.addAll(seen);
    if (!context.isDryRun()) {
      context.store().record(seen);
    }
    seen.stream().collect(Collectors.groupingBy(Incident::words, LinkedHashMap::new,
        Collectors.mapping(Incident::service, Collectors.joining(", ")))).forEach((words, services) ->
        LOG.log(System.Logger.Level.WARNING, "{0} {1}", services, words));
  }
}
