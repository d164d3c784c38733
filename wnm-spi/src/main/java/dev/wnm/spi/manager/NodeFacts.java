package dev.wnm.spi.manager;

import dev.wnm.spi.model.Container;
import dev.wnm.spi.model.Version;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a back end knows of a node after an operation; core records it.
 *
 * @param service the name the back end knows it by
 * @param rootDir its data folder
 * @param logDir its log folder
 * @param binary its copy of antnode
 * @param host the address its metrics are reached at, where the back end decides that
 * @param version the version of its binary, where the back end read it
 * @param pid its process, while it runs
 * @param container the container it lives in, if any
 */
public record NodeFacts(
    String service,
    Path rootDir,
    Path logDir,
    Path binary,
    Optional<String> host,
    Optional<Version> version,
    OptionalLong pid,
    Optional<Container> container) {

  /** The facts are what core suggested; no process. */
  public static NodeFacts asSuggested(NodeSpec node) {
    return new NodeFacts(node.service(), node.rootDir(), node.logDir(), node.binary(), Optional.empty(), Optional.empty(),
        OptionalLong.empty(), Optional.empty());
  }

  public NodeFacts withPid(long newPid) {
    return new NodeFacts(service, rootDir, logDir, binary, host, version, OptionalLong.of(newPid), container);
  }
}
