package dev.wnm.core.history;

import dev.wnm.core.model.Motive;
import dev.wnm.core.model.OperationKind;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that was done to a node, or is being done.
 *
 * @param id its number
 * @param kind what
 * @param nodeId to which node; its number may be another node's by now
 * @param service the name that the node's process manager knew it by
 * @param motive why and on whose word
 * @param begun when it began
 * @param ended when it ended; empty while nobody knows what has become of it
 * @param ending how it ended
 * @param detail why it failed, or what else is to be said of it; may be empty
 */
public record PastOperation(long id, OperationKind kind, int nodeId, String service, Motive motive, Instant begun,
    Optional<Instant> ended, Ending ending, String detail) {
  /** How an operation ended. */
  public enum Ending {
    /** As it was meant to. */
    DONE,
    /** Otherwise. */
    FAILED,
    /** Not yet, or a crash cut it off and recovery has not settled it. */
    OPEN
  }
}
