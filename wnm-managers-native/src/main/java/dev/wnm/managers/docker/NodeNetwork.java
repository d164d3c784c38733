package dev.wnm.managers.docker;

import dev.wnm.managers.support.docker.NetworkMode;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.model.NodePorts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** How the node in a container is reached. In both cases its metrics are at 127.0.0.1 of this machine. */
enum NodeNetwork {
  /** The node binds its ports on the host itself. */
  HOST {
    @Override
    List<String> words(NodePorts ports) {
      return List.of("--network", "host");
    }

    @Override
    List<String> program(List<String> node, NodePorts ports) {
      return node;
    }
  },

  /** Docker publishes the UDP ports on all addresses, and the metrics port, where there is one, on 127.0.0.1. */
  PUBLISHED {
    @Override
    List<String> words(NodePorts ports) {
      List<String> words = new ArrayList<>();
      ports.udp().stream().sorted().forEach(port -> words.addAll(List.of("--publish", port + ":" + port + "/udp")));
      ports.metrics().ifPresent(port -> words.addAll(List.of("--publish", METRICS_HOST + ":" + port + ":" + port + "/tcp")));
      return words;
    }

    @Override
    List<String> program(List<String> node, NodePorts ports) {
      if (ports.metrics().isEmpty()) {
        return node;
      }
      List<String> words =
          new ArrayList<>(List.of("/bin/sh", "-c", RELAY, RELAY_NAME, Integer.toString(ports.metrics().getAsInt())));
      words.addAll(node);
      return words;
    }
  };

  static final String METRICS_HOST = "127.0.0.1";
  private static final String RELAY = relay();
  private static final String RELAY_NAME = "wnm-relay";
  /** Shell, option, text, name and port come before the node. */
  private static final int WORDS_OF_THE_RELAY = 5;

  /** @throws OperationFailedException for one that is for groups only */
  static NodeNetwork of(NetworkMode mode) throws OperationFailedException {
    mode.requireSystem();
    return switch (mode) {
      case HOST -> HOST;
      case PUBLISHED -> PUBLISHED;
      case ROUTED -> throw OperationFailedException.forGood(
          "--container_network routed is for container groups; use published or host for one container per node");
    };
  }

  /** Words of {@code docker create}. */
  abstract List<String> words(NodePorts ports);

  /** What the container runs so that it runs the node. */
  abstract List<String> program(List<String> node, NodePorts ports);

  /** The command line of the node in what a container runs, in whichever network. */
  static List<String> nodeIn(List<String> program) {
    boolean isRelayed = program.size() > WORDS_OF_THE_RELAY && program.get(WORDS_OF_THE_RELAY - 2).equals(RELAY_NAME);
    return isRelayed ? program.subList(WORDS_OF_THE_RELAY, program.size()) : program;
  }

  private static String relay() {
    try (InputStream in = NodeNetwork.class.getResourceAsStream("relay.sh")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read relay.sh of wnm's own", e);
    }
  }
}
