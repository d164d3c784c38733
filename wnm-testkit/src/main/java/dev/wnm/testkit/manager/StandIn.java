package dev.wnm.testkit.manager;

import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.spi.model.Version;
import dev.wnm.spi.program.NodeProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A program that the conformance suite makes nodes of: how its stand-in is installed, told how to behave, and asked how it is. */
public interface StandIn {
  /** The variable that names the real present program. */
  String VARIABLE = "WNM_ANT_NODE";
  /** The old program, which is asked at its page of metrics. */
  StandIn ANTNODE = new AntnodeStandIn();
  /** The present program, which is asked by its files: the real one where {@link #VARIABLE} names it. */
  StandIn ANT_NODE_2 = RealAntNode.named().orElseGet(AntNode2StandIn::new);

  /** The real present program, where {@link #VARIABLE} names it. */
  static Optional<Path> realProgram() {
    return Optional.ofNullable(System.getenv(VARIABLE)).filter(name -> !name.isEmpty()).map(Path::of);
  }

  NodeProgram program();

  /** The version that new nodes get. */
  Version older();

  /** The version that upgraded nodes get. */
  Version newer();

  /** Puts the binary of a version into a folder. */
  Path install(Path folder, Version version) throws IOException;

  /** Further arguments without which its nodes could not run in a test. */
  default List<String> usualArguments() {
    return List.of();
  }

  /** Whether it can be told to misbehave. */
  default boolean misbehaves() {
    return true;
  }

  /** The variable that tells a node how to behave, by a name such as {@code exit_after}. */
  String variable(String name);

  /** Ports that are free, those that it needs. */
  NodePorts ports();

  /** The version of a node that runs and is ready; empty when it does not, or is not yet. */
  Optional<Version> version(NodeSpec node);

  /** Whether a node has a process, wherever its files are by now. */
  default boolean hasProcess(NodeSpec node) {
    return version(node).isPresent();
  }

  /** The peer id that a node that runs tells. */
  Optional<String> peerId(NodeSpec node);

  /** A folder that a node makes in its data folder. */
  String dataFolder();

  /** Further arguments for a node, which {@link #heard} looks for. */
  List<String> arguments();

  /** Variables for a node, which {@link #heard} looks for; one has blanks and a dollar sign. */
  Map<String, String> variables();

  /** Whether a node that runs has got {@link #arguments} and {@link #variables} as they are. */
  boolean heard(NodeSpec node);

  /** Whether what a node left says that it was asked to end by the signal that it handles. */
  boolean wasAskedToEnd(NodeSpec node) throws IOException;
}
