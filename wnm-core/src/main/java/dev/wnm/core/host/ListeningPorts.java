package dev.wnm.core.host;

import dev.wnm.core.model.Node;
import dev.wnm.spi.internal.HeldPorts;
import dev.wnm.spi.model.NodePorts;
import java.util.Optional;
import java.util.Set;

/** Tells whether something on this machine holds a port, by trying to take it for an instant. */
public final class ListeningPorts {
  /** The addresses of nodes whose ports are this machine's own for certain. */
  public static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

  private ListeningPorts() {}

  /** The same for a node, where its ports are the machine's own: those of a container may be held for it all the time. */
  public static Optional<String> heldOf(Node node) {
    return node.containerId().isEmpty() && LOOPBACK.contains(node.host()) ? held(node.ports()) : Optional.empty();
  }

  /** A sentence that names the first of these ports that something else holds, if one is held. */
  public static Optional<String> held(NodePorts ports) {
    return HeldPorts.first(ports).map(port -> port + " is in use by something else");
  }
}
