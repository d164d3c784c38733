package dev.wnm.spi.program;

import dev.wnm.spi.manager.ManagerOption;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OptionValues;
import dev.wnm.spi.model.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A program that nodes are processes of, and all that wnm knows of it. Implementations are services
 * ({@link java.util.ServiceLoader}) of the class path or of a jar in the plug-in folder. They hold no state, do no I/O but in
 * {@link #read}, and are safe for many threads. Methods without parameters always answer the same: those of a plug-in are called
 * once.
 *
 * <p>One of a plug-in whose name, key file or options are another's, or that leaves something out, is left out in a sentence that
 * names its jar. Where it throws later, what it was asked for fails or is not known, in such a sentence, too.
 */
public interface NodeProgram {
  /**
   * Its name: lower-case letters, digits and hyphens. It is also the file name of its binary, and what the database knows its nodes
   * by, so that it never changes.
   */
  String name();

  /** What it is, for a person, in a few words without an article, such as {@code ant-node of the present network}. */
  String title();

  /**
   * Where it stands among the programs: the one with the lowest rank is meant where nothing says which. Those of plug-ins come after
   * those of the class path, whatever they say.
   */
  int rank();

  /**
   * Whether what a binary printed at {@code --version} says that it is this program.
   *
   * @return empty when it is another program; the version in it is empty when it names none, as nightly builds do
   */
  Optional<Identified> identify(String printed);

  /** A binary that is this program. @param version what it says of itself, where it does */
  record Identified(Optional<Version> version) {}

  /** The arguments of a node's process, after the binary. */
  List<String> arguments(NodeSpec node);

  /**
   * Files of settings that must lie in a node's data folder when it starts, by their names in it; {@link #isOwnFile} knows them.
   */
  default Map<String, String> settingsFiles(NodeSpec node) {
    return Map.of();
  }

  /** Variables for its process, besides those of the operator, which take precedence; always the same names. */
  default Map<String, String> variables(NodeSpec node) {
    return Map.of();
  }

  /**
   * Flags without values that only some releases know: a node gets those that its binary names in its {@code --help}.
   * Others refuse to start with them.
   */
  default List<String> flagsOfSomeReleases() {
    return List.of();
  }

  /**
   * Whether a node with these arguments that has upgraded itself ends and leaves it to others to start it again; else it starts its
   * successor itself, as another process.
   */
  default boolean leavesRestartToOthers(List<String> arguments) {
    return arguments.contains("--stop-on-upgrade");
  }

  /** Whether its nodes upgrade themselves. @param values the values of its options */
  default SelfUpgrade selfUpgrade(OptionValues values) {
    return SelfUpgrade.UNKNOWN;
  }

  /** All flags that {@link #arguments} may set, which nobody else may; of each whether a value follows. */
  Map<String, Boolean> ownFlags();

  /** The further arguments of a node without those that {@link #arguments} sets: a flag that comes twice is refused. */
  default List<String> furtherArguments(NodeSpec node) {
    List<String> words = new ArrayList<>();
    boolean isValue = false;
    for (String word : node.startArgs()) {
      String flag = word.replaceFirst("=.*", "");
      boolean isOwn = ownFlags().containsKey(flag);
      if (!isOwn && !isValue) {
        words.add(word);
      }
      isValue = isOwn && Boolean.TRUE.equals(ownFlags().get(flag)) && !word.contains("=");
    }
    return words;
  }

  /** How its command line is read back. */
  NodeFlags flags();

  /** The network that a command line names, as {@link #networks} has it; empty when it names none. */
  Optional<String> networkIn(List<String> arguments);

  /** The words of the payment networks that it knows, such as {@code evm-arbitrum-one}; the first is the usual one. */
  List<String> networks();

  /**
   * Variables that must not come to it by accident, since they change what it does or keep it from starting. One that an operator
   * sets for nodes on purpose stays.
   */
  default Set<String> unwantedVariables() {
    return Set.of();
  }

  /** The file in the log folder in which a node notes why it ended by an error, and which it deletes when it starts, if it does. */
  default Optional<String> failureFile() {
    return Optional.empty();
  }

  /** The file in the data folder that a node writes when it starts, if it does. */
  default Optional<String> startFile() {
    return Optional.empty();
  }

  /** Whether a file of this name in the log folder is one that a node writes its log to. */
  boolean isLog(String name);

  /** The ports that each node has for itself; {@link PortUse#NETWORK} is always among them. */
  Set<PortUse> ports();

  /** The file in a node's data folder that its identity is kept in: whoever deletes it deletes what the node has earned and is. */
  String keyFile();

  /** Whether a file or folder of this name, in a node's data folder or its log folder, is one that the program makes. */
  boolean isOwnFile(String name);

  /**
   * The peer id that a key makes, without the node.
   *
   * @param key the content of the {@link #keyFile}
   * @return empty when it cannot be told from the key alone, or when this is no key
   */
  Optional<String> peerId(byte[] key);

  /** Files that lie beside the program's binary and must lie beside a node's copy of it, where they are there. */
  default List<String> besideBinary() {
    return List.of();
  }

  /**
   * Files of which one must be there, for a node to find peers.
   *
   * @param binary what nodes are copies of
   * @param home the operator's home
   * @param values the values of its options
   * @return empty when it needs none, or these values name peers
   */
  default List<Path> peerFiles(Path binary, Path home, OptionValues values) {
    return List.of();
  }

  /** Where its releases are, for an operator who wants wnm to fetch one; empty where wnm cannot do that. */
  default Optional<ReleaseSource> releases() {
    return Optional.empty();
  }

  /** How a node is asked to end. */
  Stopping stopping();

  /**
   * What an exit code means, to follow "ended at once", such as {@code with exit code 2, which means that it does not know an
   * argument or a variable}.
   */
  default String ending(int code) {
    return code > 128 ? "by signal " + (code - 128) : "with exit code " + code;
  }

  /** Whether a node answers at a page of metrics; if not, what it does is read from its process, its ports and its files. */
  default boolean hasMetricsPage() {
    return ports().contains(PortUse.METRICS);
  }

  /**
   * What the files of a node tell whose process runs; asked where there is no page of metrics.
   *
   * @param from how far its log was read at the last look
   * @param now the time
   * @throws IOException when they cannot be read
   */
  default NodeReading read(NodeSpec node, NodeView view, LogPosition from, Instant now) throws IOException {
    return NodeReading.at(from);
  }

  /** The memory of an idle node, in bytes: what a forecast reckons with at first. */
  long idleMemoryBytes();

  /** How many nodes with one address the network lets into a close group or a bucket; empty where it does not limit that. */
  default OptionalInt mostNodesOfOneAddress() {
    return OptionalInt.empty();
  }

  /** The options that only nodes of this program have, of which the operator's values come with each node. */
  default Collection<ManagerOption<?>> options() {
    return List.of();
  }
}
