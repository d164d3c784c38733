package dev.wnm.core.cycle;

import dev.wnm.core.config.NodeEnvironment;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.core.config.ShellWords;
import dev.wnm.core.manager.NodeSpec;
import dev.wnm.core.model.Container;
import dev.wnm.core.model.Node;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Turns a node's row and the settings into what a process manager is told of it. */
final class NodeSpecs {
  private final boolean upnp;
  private final List<String> startArgs;
  private final Path source;
  private final Path bootstrapCache;
  private final Map<Integer, String> containerNames = new ConcurrentHashMap<>();

  /**
   * @param source the antnode that new and upgraded nodes get
   * @param bootstrapCache the folder of the cache that all nodes share
   */
  NodeSpecs(Settings settings, Path source, Path bootstrapCache) {
    this.upnp = !settings.get(Options.NO_UPNP);
    this.startArgs = ShellWords.split(settings.get(Options.START_ARGS));
    this.source = source;
    this.bootstrapCache = bootstrapCache;
  }

  /** Makes known the containers that nodes may live in. */
  void know(Collection<Container> containers) {
    containers.forEach(container -> containerNames.put(container.id().orElseThrow(), container.name()));
  }

  NodeSpec of(Node node) {
    return new NodeSpec(node.id(), node.service(), node.rootDir(), node.logDir().orElse(node.rootDir().resolve("logs")),
        node.binary(), source, node.ports(), node.host(), node.user(), node.wallet(), node.network(), upnp,
        NodeEnvironment.parse(node.environment()), startArgs, bootstrapCache,
        node.containerId().map(containerNames::get), node.health().pid());
  }
}
