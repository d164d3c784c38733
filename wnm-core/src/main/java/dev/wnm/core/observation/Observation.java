package dev.wnm.core.observation;

import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeMetrics;
import dev.wnm.core.probe.ProbeResult;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.model.Version;
import dev.wnm.spi.program.LogPosition;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What was seen of one node: what it said of itself, as far as it was the node that spoke ({@link Identity}), and where it said
 * nothing, what its process manager says of its process.
 *
 * @param answer what the node said; empty when nothing came, or what came is not believed to be the node's
 * @param silence why there is no answer, for a sentence; empty when there is one
 * @param process {@link ProcessState.Running} when the node answered, else what its process manager confirmed
 * @param logPosition how far its log was read, where it was
 * @param upgradedTo the version of the binary that it put in the place of its own before it ended, where it did
 */
public record Observation(Optional<ProbeResult.Answered> answer, String silence, ProcessState process,
    Optional<LogPosition> logPosition, Optional<Version> upgradedTo) {
  /** One for which no log was read. */
  Observation(Optional<ProbeResult.Answered> answer, String silence, ProcessState process) {
    this(answer, silence, process, Optional.empty(), Optional.empty());
  }

  Observation(Optional<ProbeResult.Answered> answer, String silence, ProcessState process, LogPosition position) {
    this(answer, silence, process, Optional.of(position), Optional.empty());
  }

  /** The same of a node that ended to be started again as a newer version. */
  Observation upgradedTo(Version version) {
    return new Observation(answer, silence, process, logPosition, Optional.of(version));
  }

  /** The same, where the node answered with more than it said itself. */
  Observation measured(UnaryOperator<NodeMetrics> more) {
    return new Observation(answer.map(own -> new ProbeResult.Answered(more.apply(own.metrics()), own.version(), own.peerId())), silence,
        process, logPosition, upgradedTo);
  }

  /** The node with how far its log was read. */
  Node noted(Node node) {
    return logPosition.filter(position -> !position.equals(node.logPosition()))
        .map(position -> node.toBuilder().logPosition(position).build()).orElse(node);
  }

  public boolean confirmsRunning() {
    return process instanceof ProcessState.Running;
  }

  /** It does not run, and its folder is there: it can be started again. */
  boolean confirmsStopped() {
    return process instanceof ProcessState.Stopped;
  }

  /** Nothing of it is left, in a storage that is there. */
  boolean confirmsGone() {
    return process instanceof ProcessState.Missing;
  }
}
