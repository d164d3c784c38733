package dev.wnm.managers.support.docker;

import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.NodeFacts;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.model.NodePlacement;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The nodes that Formicaio runs in containers: found to be named, since none of wnm's process managers could make such a container
 * again.
 */
public final class Formicaio {
  /** It gives this one to each, and finds them by it. */
  private static final String LABEL = "formica_version";
  /** Where its image has all that is a node's. */
  private static final Path FOLDER = Path.of("/app");
  private static final String WHY = "it lives in an image and a container that are Formicaio's, with variables in place of arguments, which"
      + " wnm could not make again; let wnm add nodes, and remove it in Formicaio";

  private Formicaio() {}

  /** All that the engine has, each with the reason why it is not taken over. No port is told: none of these is ever one of wnm's. */
  public static List<FoundNode> nodes(Docker docker) throws OperationFailedException {
    return docker.labelled(LABEL).stream().map(container -> FoundNode.builder(
            NodeFacts.at(NodePlacement.of("Formicaio's container " + container.name(), FOLDER)), stateOf(container))
        .obstacle(Optional.of(WHY)).build()).toList();
  }

  private static ProcessState stateOf(DockerContainer container) {
    return container.isUp() ? new ProcessState.Running(OptionalLong.of(container.state().pid())) : new ProcessState.Stopped("");
  }
}
