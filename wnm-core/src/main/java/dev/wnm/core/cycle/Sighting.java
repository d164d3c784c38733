package dev.wnm.core.cycle;

import dev.wnm.core.manager.ProcessState;
import dev.wnm.core.probe.ProbeResult;

/**
 * What was seen of one node: its answer to a probe, and where it gave none, what its process manager says of its process.
 *
 * @param probe the answer
 * @param process {@link ProcessState.Running} when the node answered, else what its process manager confirmed
 */
record Sighting(ProbeResult probe, ProcessState process) {

  boolean confirmsRunning() {
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
