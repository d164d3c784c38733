package dev.wnm.spi.manager;

import dev.wnm.spi.model.Container;
import java.util.Optional;

/**
 * How a work on a container group ended. Made with the methods here, not with the records' constructors, so that a further part
 * breaks no back end.
 */
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
      implements GroupResult {
    /** The same, where something had to be made, started or mended for it. */
    public Up asChanged() {
      return new Up(container, host, true, image, life, health);
    }

    public Up withHealth(GroupHealth newHealth) {
      return new Up(container, host, changed, image, life, newHealth);
    }
  }

  /** Its container is gone, and all that belonged to it but the folder of its data. */
  record Gone() implements GroupResult {}

  /**
   * It is not as was asked.
   *
   * @param reason one sentence that an operator can act on, with command line, exit code and stderr where a command failed
   */
  record Failed(String reason) implements GroupResult {}

  /** Its container runs, as it did; nothing is known of how it is doing beside its nodes. The parts are those of {@link Up}. */
  static Up up(Container container, String host, String image, String life) {
    return new Up(container, host, false, image, life, GroupHealth.UNCHECKED);
  }

  static GroupResult gone() {
    return new Gone();
  }

  /** @param reason one sentence that an operator can act on */
  static Failed failed(String reason) {
    return new Failed(reason);
  }

  /** The failure, when it failed. */
  default Optional<Failed> failure() {
    return this instanceof Failed failed ? Optional.of(failed) : Optional.empty();
  }
}
