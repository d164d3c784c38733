package dev.wnm.core.execution;

import dev.wnm.core.model.OperationKind;
import org.apiguardian.api.API;

/**
 * How one operation on one node ended.
 *
 * @param kind what was done
 * @param nodeId the node's id, 0 when no node came of it
 * @param service the name its process manager knows it by
 * @param succeeded whether it is as was meant
 * @param detail why it failed, or what is worth saying; may be empty
 * @param retryable whether, if it failed, another try may help before anybody has changed anything
 */
@API(status = API.Status.STABLE)
public record NodeOutcome(OperationKind kind, int nodeId, String service, boolean succeeded, String detail, boolean retryable) {
  /** Back ends name the node in their sentences, and so does whoever shows an outcome: once is enough. */
  public NodeOutcome {
    String named = service + ": ";
    detail = detail.startsWith(named) ? detail.substring(named.length()) : detail;
  }

  /** One that succeeded, or that another try may mend. */
  public NodeOutcome(OperationKind kind, int nodeId, String service, boolean succeeded, String detail) {
    this(kind, nodeId, service, succeeded, detail, true);
  }
}
