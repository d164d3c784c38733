package dev.wnm.core.probe;

import dev.wnm.core.model.NodeMetrics;
import dev.wnm.spi.model.Version;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * What asking a node brought. Only {@link Answered} says that the node is well, and none of the others says that its process
 * is gone: that is for its process manager to confirm. The sentences name the node's address.
 */
@API(status = API.Status.STABLE)
public sealed interface ProbeResult {
  /**
   * It gave its metrics.
   *
   * @param metrics what it reported
   * @param version what it calls itself; empty when its {@code /metadata} was missing or did not say
   * @param peerId its peer id; {@code ""} when its {@code /metadata} was missing or did not say
   */
  record Answered(NodeMetrics metrics, Optional<Version> version, String peerId) implements ProbeResult {}

  /** Nothing listens on its port. */
  record Refused(String reason) implements ProbeResult {}

  /** It could not be reached, took too long, or closed the connection before its answer was whole. */
  record NoAnswer(String reason) implements ProbeResult {}

  /** Something answered, but not as a node does: not HTTP, not status 200, too long, or not a node's metrics. */
  record Garbage(String reason) implements ProbeResult {}
}
