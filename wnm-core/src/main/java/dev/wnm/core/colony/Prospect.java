package dev.wnm.core.colony;

import dev.wnm.core.cycle.Forecast;
import dev.wnm.core.program.NodeBinary;
import dev.wnm.core.state.CycleState;
import java.util.Optional;

/**
 * What the next cycle meets.
 *
 * @param state what the last one left
 * @param binary what new and upgraded nodes get
 * @param forecast what it would do
 * @param inGroups whether nodes live in container groups
 * @param unusable why it can do nothing at all, a sentence; empty when it can
 */
record Prospect(CycleState state, NodeBinary binary, Forecast forecast, boolean inGroups, Optional<String> unusable) {
  /** Whether there is a program that new and upgraded nodes could get. */
  boolean hasProgram() {
    return !binary.fingerprint().isEmpty();
  }
}
