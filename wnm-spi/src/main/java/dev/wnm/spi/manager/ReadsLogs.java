package dev.wnm.spi.manager;

import java.util.List;

/** Reads what nodes logged and printed, with its own rights. */
public interface ReadsLogs extends Capability {
  /**
   * The ends of what a node has logged and printed, each after a line that names it, within bounds (some 100 KiB in all); empty
   * where there is nothing that can be read. Core asks before it deletes a node that did not start, and keeps the text.
   */
  String logs(NodeSpec node);

  /**
   * A part of a node's log: what its program logged and what it printed as one, in the order of time as far as lines tell theirs. A log
   * that begins anew between two parts, because it was rotated or the node was started again, goes on from its new beginning. One that
   * is not there, or cannot be read, is {@link LogPart#none} with the reason. Changes nothing, and may answer before the request's
   * patience is over: core asks again.
   *
   * <p>Where a back end leaves it as it is, the last lines are those of {@link #logs}, and what comes later cannot be told.
   *
   * @throws ManagerUnavailableException when nothing can be said of its log, now or ever
   */
  default LogPart log(NodeSpec node, LogRequest request) throws ManagerUnavailableException {
    if (request.from().isPresent()) {
      throw new ManagerUnavailableException("its process manager cannot tell what comes later");
    }
    List<String> lines = logs(node).lines().toList();
    return lines.isEmpty() ? LogPart.none("there is nothing that can be read", "")
        : LogPart.of(lines.subList(Math.max(0, lines.size() - request.lines()), lines.size()), "");
  }
}
