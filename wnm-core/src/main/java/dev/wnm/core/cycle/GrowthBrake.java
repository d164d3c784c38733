package dev.wnm.core.cycle;

import dev.wnm.core.config.Options;
import dev.wnm.core.execution.NodeOutcome;
import dev.wnm.core.model.DownCause;
import dev.wnm.core.model.Incident;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.state.StartFailures;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Stops growth while nodes, one after another, do not stay up for one cause: more of them would end in the same way. It lets go
 * when a node has stayed up, or a setting or antnode has changed; trials show whether the cause is still there, so that nothing
 * stays blocked for ever.
 */
final class GrowthBrake {
  private static final Set<Incident.Kind> DEATHS = Set.of(Incident.Kind.DIED, Incident.Kind.LOOPING);
  /** A node that ends within this time after its start has not stayed up. */
  private static final Duration YOUNG = Duration.ofMinutes(10);
  /** One that answers for this long after its start has: what ends nodes at their start does so in seconds. */
  private static final Duration STAYED_UP = Duration.ofMinutes(1);

  private final CycleContext context;
  private final FleetRecorder recorder;

  GrowthBrake(CycleContext context, FleetRecorder recorder) {
    this.context = context;
    this.recorder = recorder;
  }

  /** Takes in what has become of the nodes that were started. @param seen what befell nodes in this run */
  void judge(Collection<Incident> seen) {
    List<Incident> deaths = seen.stream().filter(incident -> DEATHS.contains(incident.kind())).toList();
    if (!deaths.isEmpty()) {
      Map<Integer, Instant> starts = context.store().startsSince(now().minus(YOUNG).minus(longestDelay()));
      deaths.stream().filter(death -> starts.containsKey(death.nodeId())).forEach(death -> failed(death.nodeId(), death.cause()));
    }
    StartFailures failures = failures();
    if (failures.isEmpty()) {
      return;
    }
    if (!failures.circumstances().equals(context.circumstances())) {
      put(StartFailures.NONE);
      tryAgainNow(failures.inARow().stream().map(StartFailures.Failure::node).collect(Collectors.toSet()));
    } else if (deaths.isEmpty() && hasOneStayedUp(failures)) {
      put(StartFailures.NONE);
    }
  }

  /** A look comes only when the delay is over: a node may have been dead since its first second. */
  private Duration longestDelay() {
    return context.settings().get(Options.DELAY_START);
  }

  /** A node could not be started. */
  void startFailed(NodeOutcome outcome) {
    failed(outcome.nodeId(), outcome.detail());
  }

  private void failed(int node, String cause) {
    put(failures().with(node, cause, context.circumstances(), Instant.ofEpochSecond(now().getEpochSecond())));
  }

  private boolean hasOneStayedUp(StartFailures failures) {
    Map<Integer, Instant> starts = context.store().startsSince(failures.last());
    return context.fleet().nodes().stream().anyMatch(node -> node.status() == NodeStatus.RUNNING && !node.isUnknown()
        && node.health().missedProbes() == 0 && starts.containsKey(node.id())
        && !starts.get(node.id()).plus(STAYED_UP).isAfter(now()));
  }

  /** What changed may have been what ended them. */
  private void tryAgainNow(Set<Integer> ids) {
    recorder.update(context.fleet().nodes().stream()
        .filter(node -> ids.contains(node.id()) && node.status() == NodeStatus.STOPPED
            && node.health().downCause() == DownCause.DIED && !node.health().mayBeTried(now()))
        .map(node -> node.withHealth(node.health().triedAgainNow(now()))).toList());
  }

  /** Whether several starts in a row failed for one cause, so that no more than a trial is right. */
  boolean isOn() {
    return failures().stopGrowth();
  }

  /** Why nothing grows and what can be done, a sentence; empty while nothing hinders it. */
  Optional<String> words() {
    StartFailures failures = failures();
    return !failures.stopGrowth() ? Optional.empty() : Optional.of(failures.words()
        + Remedies.of(failures.cause(), context.settings()).map(remedy -> ": " + remedy).orElse("")
        + "; a trial follows at " + failures.trialAt() + ", or at once when a setting or the binary has changed");
  }

  /** Why no node is added now: a trial is made of a node that is there, where there is one. */
  Optional<String> hindrance() {
    StartFailures failures = failures();
    boolean waits = failures.stopGrowth() && (now().isBefore(failures.trialAt())
        || context.fleet().nodes().stream().anyMatch(node -> node.status() == NodeStatus.RESTARTING)
        || context.fleet().nodes().stream().anyMatch(GrowthBrake::canBeTried));
    return waits ? words() : Optional.empty();
  }

  private static boolean canBeTried(Node node) {
    return node.status() == NodeStatus.STOPPED && node.health().isTroubled();
  }

  private StartFailures failures() {
    return context.state().startFailures();
  }

  private void put(StartFailures failures) {
    context.state().put(failures);
  }

  private Instant now() {
    return context.now();
  }
}
