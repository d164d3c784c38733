package dev.wnm.spi.manager;

import dev.wnm.spi.model.Container;
import java.util.Optional;

/** How a work on a container group ended. */
public sealed interface GroupResult {
  /**
   * Its container runs, and its nodes can be worked on.
   *
   * @param container the container, named as the group
   * @param host the address at which its nodes' metrics are reached; another start may give it another one
   * @param changed false when nothing had to be made, started or mended
   * @param image the image that the container was made from, by which {@link GroupSpec#withImage} has another made from it
   * @param life differs once the container was started anew, by whomever
   * @param health how it is doing beside its nodes
   */
  record Up(Container container, String host, boolean changed, String image, String life, GroupHealth health)
      implements GroupResult {}

  /** Its container is gone, and all that belonged to it but the folder of its data. */
  record Gone() implements GroupResult {}

  /**
   * It is not as was asked.
   *
   * @param reason one sentence that an operator can act on, with command line, exit code and stderr where a command failed
   * @param retryable whether trying again later can help
   */
  record Failed(String reason, boolean retryable) implements GroupResult {}

  /** The failure, when it failed. */
  default Optional<Failed> failure() {
    return this instanceof Failed failed ? Optional.of(failed) : Optional.empty();
  }
}
