package dev.wnm.core.observation;

import dev.wnm.core.probe.ProbeResult;
import dev.wnm.spi.manager.ProcessState;
import java.util.Optional;

/**
 * What was seen of one node: what it said of itself, as far as it was the node that spoke ({@link Identity}), and where it said
 * nothing, what its process manager says of its process.
 *
 * @param answer what the node said; empty when nothing came, or what came is not believed to be the node's
 * @param silence why there is no answer, for a sentence; empty when there is one
 * @param process {@link ProcessState.Running} when the node answered, else what its process manager confirmed
 */
public record Observation(Optional<ProbeResult.Answered> answer, String silence, ProcessState process) {

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
