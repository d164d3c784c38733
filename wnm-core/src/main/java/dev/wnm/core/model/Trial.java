package dev.wnm.core.model;

import dev.wnm.spi.model.Version;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A node that was moved to another binary and has not proven it yet; the one before it is kept beside it until then.
 *
 * @param nodeId which node
 * @param binary the {@link Wave#binary} that it was moved to
 * @param version that binary's version, where it can be read
 * @param before the version that the node ran before, where known
 * @param begunAt when it was moved, whole seconds
 * @param answersSince since when it answers with that version; empty while it does not
 * @param pid the process that answers, where the process manager knows one: another one means that the first has ended
 */
public record Trial(int nodeId, String binary, Optional<Version> version, Optional<Version> before, Instant begunAt,
    Optional<Instant> answersSince, OptionalLong pid) {

  /** The same with a process that answers as it should from now on. */
  public Trial answering(Instant now, OptionalLong process) {
    return new Trial(nodeId, binary, version, before, begunAt, Optional.of(now), process);
  }

  /** The same with a node that does not answer, or does not run. */
  public Trial silent() {
    return new Trial(nodeId, binary, version, before, begunAt, Optional.empty(), OptionalLong.empty());
  }
}
