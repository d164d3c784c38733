package dev.wnm.core.execution;

import dev.wnm.core.model.OperationKind;

/**
 * How one operation on one node ended.
 *
 * @param kind what was done
 * @param nodeId the node's id, 0 when no node came of it
 * @param service the name its process manager knows it by
 * @param succeeded whether it is as was meant
 * @param detail why it failed, or what is worth saying; may be empty
 */
public record NodeOutcome(OperationKind kind, int nodeId, String service, boolean succeeded, String detail) {
  /** Back ends name the node in their sentences, and so does whoever shows an outcome: once is enough. */
  public NodeOutcome {
    String named = service + ": ";
    detail = detail.startsWith(named) ? detail.substring(named.length()) : detail;
  }
}
