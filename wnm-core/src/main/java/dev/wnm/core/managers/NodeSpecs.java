package dev.wnm.core.managers;

import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeEnvironment;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.program.NodeBinary;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.NodeStorage;
import dev.wnm.spi.manager.OptionValues;
import dev.wnm.spi.model.Container;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Turns a node's row and the settings into what a process manager is told of it. */
public final class NodeSpecs {
  private static final System.Logger LOG = System.getLogger(NodeSpecs.class.getName());

  private final boolean upnp;
  private final List<String> startArgs;
  private final OptionValues options;
  private final NodeBinary binary;
  private final Path bootstrapCache;
  private final Map<Integer, String> containerNames = new ConcurrentHashMap<>();
  private final Set<Integer> misread = ConcurrentHashMap.newKeySet();

  /**
   * @param upnp whether nodes may open ports by UPnP
   * @param startArgs further arguments for nodes of the binary's program
   * @param options the values of the options that programs have of their own
   * @param binary the binary that new and upgraded nodes get
   * @param bootstrapCache the folder of the cache that all nodes share
   */
  public NodeSpecs(boolean upnp, List<String> startArgs, OptionValues options, NodeBinary binary, Path bootstrapCache) {
    this.upnp = upnp;
    this.startArgs = List.copyOf(startArgs);
    this.options = options;
    this.binary = binary;
    this.bootstrapCache = bootstrapCache;
  }

  /** Makes known the containers that nodes may live in. */
  public void know(Collection<Container> containers) {
    containers.forEach(container -> containerNames.put(container.id().orElseThrow(), container.name()));
  }

  public NodeSpec of(Node node) {
    // A node of another program keeps its binary: one program's data is nothing to another.
    boolean isPresent = node.isOf(binary.program());
    Path source = isPresent ? binary.path() : node.binary();
    // An argument of one program ends another at its start.
    List<String> further = isPresent || binary.fingerprint().isEmpty() ? startArgs : List.of();
    return NodeSpec.builder(node.id(), node.placement(), node.ports()).program(node.program()).options(options).source(source).host(node.host()).user(node.user())
        .wallet(node.wallet()).network(node.network()).upnp(upnp).environment(environment(node)).startArgs(further)
        .bootstrapCache(bootstrapCache).group(node.containerId().map(containerNames::get)).pid(node.health().pid()).build();
  }

  /** Why it cannot be told what to say of a node to its process manager, in a clause; empty when it can. */
  public Optional<String> problem(Node node) {
    if (node.status() == NodeStatus.UNREADABLE) {
      return Optional.of(node.health().lastError());
    }
    return node.containerId().filter(id -> !containerNames.containsKey(id))
        .map(id -> "it lives in container " + id + ", of which there is no row that can be read");
  }

  /** The storage that a node lives in. */
  public NodeStorage storageOf(Node node) {
    return new NodeStorage(NodeSpec.storageOf(node.rootDir()), node.containerId().map(containerNames::get));
  }

  /** Other programs write the rows too, and one that is wrong must not keep wnm from the other nodes. */
  private Map<String, String> environment(Node node) {
    try {
      return NodeEnvironment.parse(node.environment());
    } catch (IllegalArgumentException e) {
      if (misread.add(node.id())) {
        LOG.log(System.Logger.Level.WARNING, "{0} is taken to have no environment: its row''s ''{1}'' {2}", node.service(),
            node.environment(), e.getMessage());
      }
      return Map.of();
    }
  }
}
