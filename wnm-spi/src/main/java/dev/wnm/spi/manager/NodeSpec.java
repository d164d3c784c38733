package dev.wnm.spi.manager;

import dev.wnm.spi.model.NodePorts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All that a back end is told of one node. Before {@link ProcessManager#create} names and paths are what core suggests;
 * after it they are the facts that the back end reported.
 *
 * @param id its number, 1 or more
 * @param service the name its process manager knows it by
 * @param rootDir its data folder
 * @param logDir its log folder
 * @param binary its own copy of antnode
 * @param source the antnode to copy when the node is made or upgraded
 * @param ports its ports
 * @param host the address its metrics are reached at
 * @param user the account it runs as where the back end can choose one
 * @param wallet where its rewards go
 * @param network the EVM network word, antnode's last argument
 * @param upnp whether it may open ports by UPnP
 * @param environment variables for its process
 * @param startArgs further arguments for antnode, each a word of its own
 * @param bootstrapCache the folder of the shared bootstrap cache
 * @param group the name of the container it lives in, if any
 * @param pid its process as last recorded: a hint, to be verified before use
 */
public record NodeSpec(
    int id,
    String service,
    Path rootDir,
    Path logDir,
    Path binary,
    Path source,
    NodePorts ports,
    String host,
    String user,
    String wallet,
    String network,
    boolean upnp,
    Map<String, String> environment,
    List<String> startArgs,
    Path bootstrapCache,
    Optional<String> group,
    OptionalLong pid) {

  public NodeSpec {
    Objects.requireNonNull(service, "service");
    Objects.requireNonNull(rootDir, "rootDir");
    environment = Map.copyOf(environment);
    startArgs = List.copyOf(startArgs);
  }

  /** The storage it lives in: the folder above its own. */
  public Path storage() {
    return storageOf(rootDir);
  }

  /** The storage of a node with this data folder. */
  public static Path storageOf(Path rootDir) {
    Path absolute = rootDir.toAbsolutePath();
    return absolute.getParent() == null ? absolute : absolute.getParent();
  }

  /** Where its binary before the present one is kept until that has proven itself. */
  public Path keptBinary() {
    return binary.resolveSibling("antnode.previous");
  }

  /** Where its next binary waits, whole, for the node to be stopped. */
  public Path stagedBinary() {
    return binary.resolveSibling("antnode.staged");
  }

  /** The same with another antnode to copy. */
  public NodeSpec withSource(Path newSource) {
    return new NodeSpec(id, service, rootDir, logDir, binary, newSource, ports, host, user, wallet, network, upnp, environment,
        startArgs, bootstrapCache, group, pid);
  }

  /** The same with other further arguments. */
  public NodeSpec withStartArgs(List<String> newStartArgs) {
    return new NodeSpec(id, service, rootDir, logDir, binary, source, ports, host, user, wallet, network, upnp, environment,
        newStartArgs, bootstrapCache, group, pid);
  }
}
