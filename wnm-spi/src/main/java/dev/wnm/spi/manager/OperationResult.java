package dev.wnm.spi.manager;

import java.util.Optional;

/**
 * How an operation on a node ended. Made with the methods here, not with the records' constructors, so that a further part breaks
 * no back end.
 */
public sealed interface OperationResult {
  /**
   * It is as was asked.
   *
   * @param facts what the back end knows of the node now
   * @param changed false when it was so already
   */
  record Done(NodeFacts facts, boolean changed) implements OperationResult {}

  /**
   * It is not as was asked.
   *
   * @param reason one sentence that an operator can act on, with command line, exit code and stderr where a command failed
   * @param retryable whether trying again later can help; if not, core tries again at once when a setting or antnode has changed,
   *     or a person asks for it, else only once an hour
   * @param settled false when the call has not ended, or ended in a way that tells nothing of the node: it may have been done
   *     in part or in full, or may be done yet
   * @param untouched true only when it is certain that the call did nothing at all to the node: its process and its files are as
   *     they were. A removal that failed otherwise counts as begun, and is finished later.
   */
  record Failed(String reason, boolean retryable, boolean settled, boolean untouched) implements OperationResult {
    public Failed {
      if (untouched && !settled) {
        throw new IllegalArgumentException("a node of which nothing is known is not untouched");
      }
    }

    /** The same failure, with more said of it. After that the node counts as touched. */
    public Failed saying(String newReason) {
      return new Failed(newReason, retryable, settled, false);
    }
  }

  static OperationResult done(NodeFacts facts) {
    return done(facts, true);
  }

  static OperationResult unchanged(NodeFacts facts) {
    return done(facts, false);
  }

  /** It is as was asked. @param changed false when it was so already */
  static OperationResult done(NodeFacts facts, boolean changed) {
    return new Done(facts, changed);
  }

  /** It failed, and the node is as the process manager's contract says. */
  static OperationResult failed(String reason, boolean retryable) {
    return new Failed(reason, retryable, true, false);
  }

  /** It was refused before anything was done to the node: see {@link Failed#untouched()}. */
  static OperationResult refused(String reason, boolean retryable) {
    return new Failed(reason, retryable, true, true);
  }

  /** Nobody knows what has become of the node. */
  static OperationResult unsettled(String reason) {
    return new Failed(reason, true, false, false);
  }

  /** The failure, when it failed. */
  default Optional<Failed> failure() {
    return this instanceof Failed failed ? Optional.of(failed) : Optional.empty();
  }
}
