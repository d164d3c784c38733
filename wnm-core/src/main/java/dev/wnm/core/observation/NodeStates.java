package dev.wnm.core.observation;

import dev.wnm.core.model.DownCause;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeHealth;
import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.model.Release;
import dev.wnm.core.probe.ProbeResult;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.model.Version;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a node's row changes by what was seen of it: pure functions.
 *
 * <p>A node runs when it answers (nobody else in its place, see {@link Identity}) or its process manager confirms its process;
 * it is down only when its process manager says so, and so is one that dies again and again, whatever it says meanwhile. No answer alone changes nothing but the count of missed probes.
 */
public final class NodeStates {
  private NodeStates() {}

  /** A settled node, or one whose delay is over, after a look at it. */
  public static Node settled(Node before, Observation observation, Instant now) {
    Node node = observation.noted(before);
    // What it says between two deaths does not make it one that runs; but one that was well until now has moved to a new binary.
    boolean isBelieved = observation.answer().isPresent() && node.health().failures() == 0;
    if (observation.process() instanceof ProcessState.Stopped stopped && stopped.isCrashLoop() && !isBelieved) {
      Node down = node.status() == NodeStatus.STOPPED ? node
          : node.withStatus(NodeStatus.STOPPED, now).withMetrics(node.metrics().whenDown().with(NodeMetric.RESTARTS, restarts(node) + 1));
      return down.withHealth(node.health().loops(stopped.deaths(), stopped.detail(), now));
    }
    if (observation.answer().isPresent()) {
      return told(node, observation.answer().get()).withStatus(NodeStatus.RUNNING, now)
          .withHealth(node.health().answered(pid(node, observation)));
    }
    if (observation.process() instanceof ProcessState.Running) {
      return (wasDown(node) ? begun(node, NodeStatus.RUNNING, now) : node.withStatus(NodeStatus.RUNNING, now))
          .withHealth(node.health().silent(pid(node, observation), "its process runs, but " + observation.silence()));
    }
    if (observation.process() instanceof ProcessState.Missing) {
      return node.withStatus(NodeStatus.DEAD, now).withMetrics(node.metrics().whenDown())
          .withHealth(node.health().down(DownCause.DIED));
    }
    if (observation.process() instanceof ProcessState.Stopped stopped) {
      return switch (node.status()) {
        case STOPPED -> node;
        // Its folder is back: it was never gone, and did not die of that.
        case DEAD -> node.withStatus(NodeStatus.STOPPED, now);
        default -> observation.upgradedTo().map(version -> upgraded(node, version, now)).orElseGet(() -> died(node, stopped, now));
      };
    }
    ProcessState.Unknown unknown = (ProcessState.Unknown) observation.process();
    boolean isInDoubt = node.status() != NodeStatus.STOPPED;
    DownCause cause = isInDoubt ? DownCause.UNKNOWN : node.health().downCause();
    return node.withHealth(node.health().unknown(cause, unknown.reason()));
  }

  /** A node that something was done to, of which nobody knows what came. */
  public static Node unsettled(Node node, String why) {
    return node.withHealth(node.health().unknown(DownCause.UNKNOWN, why));
  }

  /** A node that was started or upgraded, after a look at it when its delay is over. */
  public static Node arrived(Node node, Observation observation, Optional<Release> wanted, Instant now) {
    Node seen = settled(node, observation, now);
    if (seen.status() != NodeStatus.RUNNING || observation.answer().isEmpty()) {
      return seen;
    }
    if (node.status() == NodeStatus.UPGRADING && seen.isOutdatedBy(wanted)) {
      return seen.withHealth(seen.health().failed("the upgrade to " + wanted.orElseThrow().version() + " did not take: it runs "
          + seen.version().orElseThrow(), now));
    }
    return seen.withHealth(seen.health().recovered(seen.health().pid()));
  }

  /** A node whose status must not change now: only what it told is taken over. */
  public static Node heard(Node node, Observation observation) {
    Node read = observation.noted(node);
    return observation.answer().map(answer -> told(read, answer)).orElse(read);
  }

  /** Any node after the machine came up again: what is down did not fail, it was taken down. */
  public static Node afterReboot(Node node, Observation observation, Instant now) {
    boolean down = observation.process() instanceof ProcessState.Stopped;
    if (!down || node.status() == NodeStatus.STOPPED) {
      return settled(replaced(node), observation, now);
    }
    return node.withStatus(NodeStatus.STOPPED, now).withMetrics(node.metrics().whenDown())
        .withHealth(node.health().down(DownCause.REBOOT));
  }

  /** A node that wnm or its operator stopped. */
  public static Node stopped(Node node, NodeStatus status, Instant now) {
    NodeHealth health = new NodeHealth(DownCause.STOPPED, 0, 0, Instant.EPOCH, "", OptionalLong.empty());
    return node.withStatus(status, now).withMetrics(node.metrics().whenDown()).withHealth(health);
  }

  /** A node whose process is a new one, which has told nothing of itself yet. */
  public static Node begun(Node node, NodeStatus status, Instant now) {
    return node.withStatus(status, now).withMetrics(node.metrics().withoutProcess());
  }

  /** A node whose process, if it has one, is another by what befell or was done to all around it: nothing counts as its own end. */
  public static Node replaced(Node node) {
    return node.withMetrics(node.metrics().withoutProcess());
  }

  private static boolean wasDown(Node node) {
    return node.status() == NodeStatus.STOPPED || node.status() == NodeStatus.DEAD;
  }

  /**
   * A node whose deletion failed: its process was ended for it, and some of its files may be gone. It is never started again, and
   * its deletion is tried again.
   */
  public static Node halfRemoved(Node node, String why, boolean retryable, Instant now) {
    Node removing = removing(node, now);
    return removing.withHealth(removing.health().failed(why, retryable, now));
  }

  /** The same where the deletion may still go on, and nobody knows how far it came. */
  public static Node removalUnsettled(Node node, String why, Instant now) {
    return unsettled(removing(node, now), why);
  }

  /** Of one that is DEAD nothing was there to be deleted: should its folder come back, it is a node and not what is left of one. */
  private static Node removing(Node node, Instant now) {
    return node.status() == NodeStatus.REMOVING || node.status() == NodeStatus.DEAD ? node : stopped(node, NodeStatus.REMOVING, now);
  }

  private static Node upgraded(Node node, Version version, Instant now) {
    return node.withStatus(NodeStatus.STOPPED, now).withMetrics(node.metrics().whenDown()).withVersion(version)
        .withHealth(node.health().upgraded());
  }

  private static Node died(Node node, ProcessState.Stopped stopped, Instant now) {
    String error = "its process ended" + (stopped.detail().isEmpty() ? "" : ": " + stopped.detail());
    return node.withStatus(NodeStatus.STOPPED, now).withMetrics(node.metrics().whenDown().with(NodeMetric.RESTARTS, restarts(node) + 1))
        .withHealth(node.health().died(error, now));
  }

  private static Node told(Node node, ProbeResult.Answered answer) {
    boolean isAnother = node.metrics().areOfAnEarlierProcess(answer.metrics());
    Node told = node.withMetrics(node.metrics().withoutProcess().ours().with(answer.metrics()));
    if (!answer.peerId().isEmpty()) {
      told = told.withPeerId(answer.peerId());
    }
    boolean isUpgraded = answer.version().isPresent() && node.version().filter(before -> !before.equals(answer.version().get())).isPresent();
    told = told.withMetrics(told.metrics().with(NodeMetric.RESTARTS, restarts(told) + (isAnother && !isUpgraded ? 1 : 0)));
    return answer.version().isPresent() ? told.withVersion(answer.version().get()) : told;
  }

  /** Of one that has never ended without an order, none. */
  private static long restarts(Node node) {
    return node.metrics().find(NodeMetric.RESTARTS).orElse(0);
  }

  private static OptionalLong pid(Node node, Observation observation) {
    OptionalLong seen =
        observation.process() instanceof ProcessState.Running running ? running.pid() : OptionalLong.empty();
    return seen.isPresent() ? seen : node.health().pid();
  }
}
