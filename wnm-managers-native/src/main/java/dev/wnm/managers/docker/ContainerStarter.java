package dev.wnm.managers.docker;

import dev.wnm.managers.support.Binaries;
import dev.wnm.managers.support.NodeDescription;
import dev.wnm.managers.support.NodeFiles;
import dev.wnm.managers.support.NodeHome;
import dev.wnm.managers.support.Poll;
import dev.wnm.managers.support.UdpSockets;
import dev.wnm.managers.support.docker.DockerContainer;
import dev.wnm.managers.support.docker.Images;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.model.ColonyId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts nodes in containers that fit them, and watches them until they are up. */
final class ContainerStarter {
  /** How long nodes are watched for their UDP ports to open; one that lives on without is taken for slow. */
  private static final Duration LISTENING = Duration.ofSeconds(3);

  private final Clock clock;
  private final ColonyId colony;
  private final ContainerSpec containerSpec;
  private final NodeContainers containers;
  private final Images images;
  private final NodeFiles files;
  private final NodeHome homes;
  private final Binaries binaries;

  ContainerStarter(ManagerContext context, ContainerSpec containerSpec, NodeContainers containers, Images images, NodeFiles files,
      NodeHome homes, Binaries binaries) {
    clock = context.clock();
    colony = context.colony();
    this.containerSpec = containerSpec;
    this.containers = containers;
    this.images = images;
    this.files = files;
    this.homes = homes;
    this.binaries = binaries;
  }

  /** Whether the description beside a node's folder says that the node is this colony's. */
  boolean describes(NodeSpec node) throws CommandFailedException {
    return files.exists(NodeDescription.fileOf(node.rootDir()))
        && NodeDescription.in(node.rootDir(), files).filter(found -> found.says(node, colony)).isPresent();
  }

  /** Writes down what a node is whose container is still to be made. */
  void describe(NodeSpec node) throws CommandFailedException, IOException {
    NodeDescription.of(colony, node, node.commandLine()).keepFor(node.rootDir(), files);
  }

  /** Whether a node's container, or the description that was written with it, says that the node is this colony's. */
  boolean knows(NodeSpec node) throws OperationFailedException, CommandFailedException {
    return NodeDescription.in(node.rootDir(), files).filter(found -> found.says(node, colony)).isPresent()
        || containers.of(List.of(node)).containsKey(node.id());
  }

  /** Makes the container of a node that has none. @return whether it had none */
  boolean makeMissing(NodeSpec node) throws OperationFailedException, CommandFailedException, IOException {
    if (containers.of(List.of(node)).containsKey(node.id())) {
      return false;
    }
    imageId();
    make(binaries.withKnownFlags(node));
    return true;
  }

  /** Docker's id of the image that the settings name, which is fetched if it is not here. */
  String imageId() throws OperationFailedException {
    return images.require(containerSpec.image());
  }

  /** The container comes last, so that nothing is left of it when something fails. */
  private void make(NodeSpec node) throws OperationFailedException, CommandFailedException, IOException {
    NodeDescription.of(colony, node, node.commandLine()).keepFor(node.rootDir(), files);
    containers.make(node);
  }

  /**
   * Sees to it that a start can succeed: folders, ports, and a container that is what would be made of the node now.
   *
   * @param there the node's container, which does not run, if it has one
   * @param imageId Docker's id of the image
   */
  void prepare(NodeSpec node, Optional<DockerContainer> there, String imageId)
      throws OperationFailedException, CommandFailedException, IOException {
    homes.prepareStart(node);
    NodeSpec complete = binaries.withKnownFlags(node);
    if (there.isPresent() && containerSpec.fits(there.get(), complete, imageId)) {
      containers.bound(there.get());
      return;
    }
    containers.remove(there.stream().toList());
    make(complete);
  }

  /**
   * Starts nodes whose containers were prepared, and returns when each listens, has ended, or lives on for a while.
   *
   * @return their containers after that, by the nodes' numbers
   */
  Map<Integer, DockerContainer> start(List<NodeSpec> nodes) throws OperationFailedException {
    Map<Integer, DockerContainer> made = containers.of(nodes);
    CommandResult started = containers.start(made.values());
    if (!started.succeeded() && started.timedOut()) {
      throw OperationFailedException.forNow(started.describe());
    }
    List<NodeSpec> waiting = new ArrayList<>(nodes);
    Poll.until(LISTENING, () -> {
      try {
        Map<Integer, DockerContainer> now = containers.of(waiting);
        waiting.removeIf(node -> !now.containsKey(node.id()) || isSettled(node, now.get(node.id())));
      } catch (OperationFailedException e) {
        return true; // the look below says it
      }
      return waiting.isEmpty();
    });
    return containers.of(nodes);
  }

  /** What went wrong with a node whose container does not run, which is then kept from being started again and again. */
  OperationFailedException failure(DockerContainer container) throws OperationFailedException {
    String said = container.state().error().isEmpty() ? containers.lastWords(container) : "";
    if (container.running()) {
      containers.stop(List.of(container));
    }
    return OperationFailedException.forNow("its container " + container.name() + " does not stay up: " + Health.ending(container)
        + (said.isEmpty() ? "" : "; it said: " + said));
  }

  private boolean isSettled(NodeSpec node, DockerContainer container) {
    return !Health.isUp(container, clock.instant())
        || new UdpSockets(Path.of("/proc", Long.toString(container.state().pid()))).ports().contains(node.ports().node());
  }
}
