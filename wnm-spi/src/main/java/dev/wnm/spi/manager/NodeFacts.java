package dev.wnm.spi.manager;

import dev.wnm.spi.model.Container;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.Version;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a back end knows of a node after an operation; core records it. Make one with {@link #asSuggested} or {@link #at} and the
 * methods that follow, which a further part leaves as they are.
 *
 * @param placement where it is
 * @param host the address its metrics are reached at, where the back end decides that
 * @param version the version of its binary, where the back end read it
 * @param pid its process, while it runs
 * @param container the container it lives in, if any
 */
public record NodeFacts(
    NodePlacement placement, Optional<String> host, Optional<Version> version, OptionalLong pid, Optional<Container> container) {

  public NodeFacts {
    Objects.requireNonNull(placement, "placement");
  }

  /** The facts are what core suggested; no process. */
  public static NodeFacts asSuggested(NodeSpec node) {
    return at(node.placement());
  }

  /** The node is there; nothing else is known of it, and it has no process. */
  public static NodeFacts at(NodePlacement placement) {
    return new NodeFacts(placement, Optional.empty(), Optional.empty(), OptionalLong.empty(), Optional.empty());
  }

  public NodeFacts withHost(String newHost) {
    return new NodeFacts(placement, Optional.of(newHost), version, pid, container);
  }

  public NodeFacts withVersion(Optional<Version> newVersion) {
    return new NodeFacts(placement, host, newVersion, pid, container);
  }

  public NodeFacts withPid(long newPid) {
    return withPid(OptionalLong.of(newPid));
  }

  public NodeFacts withPid(OptionalLong newPid) {
    return new NodeFacts(placement, host, version, newPid, container);
  }

  public NodeFacts withContainer(Optional<Container> newContainer) {
    return new NodeFacts(placement, host, version, pid, newContainer);
  }

  /** The name that the back end knows it by. */
  public String service() {
    return placement.service();
  }

  public Path rootDir() {
    return placement.rootDir();
  }

  public Path logDir() {
    return placement.logs();
  }

  public Path binary() {
    return placement.binary();
  }
}
