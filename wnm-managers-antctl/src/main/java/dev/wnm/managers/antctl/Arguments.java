package dev.wnm.managers.antctl;

import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.model.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Turns what wnm wants of a node into antctl's words. */
final class Arguments {
  /** antctl writes paths into units without quotes, where systemd would take these for something else. */
  private static final Pattern SPOILS_UNITS = Pattern.compile("[\\s%$'\"\\\\;]");

  private final Mode mode;
  private final Path storage;
  private final List<Path> storages;
  private final Optional<Version> pinned;

  Arguments(Mode mode, ManagerContext context) {
    this.mode = mode;
    storage = context.nodeStorage();
    storages = context.nodeStorages();
    pinned = context.find(AntctlOptions.VERSION);
  }

  /** The antnode version that antctl is told to fetch, if one is set. */
  Optional<Version> pinned() {
    return pinned;
  }

  /** Whether antctl brings antnode itself. */
  boolean fetches() {
    return mode == Mode.ZEN || pinned.isPresent();
  }

  /**
   * The folder in which antctl makes a folder for a node's data, called as the service; empty when antctl chooses. Each
   * container has one of its own: service names repeat there, and containers may share a disk.
   */
  Optional<Path> dataPrefix(NodeSpec node) {
    return mode == Mode.ZEN ? Optional.empty() : Optional.of(node.group().isPresent() ? storageIn(node.group()) : node.storage());
  }

  /** Whether antctl is told in which folder each node's folder is to be. */
  boolean choosesStorage() {
    return mode != Mode.ZEN;
  }

  /** All storages that new nodes come to, see {@link #storageIn}: several on this machine only. */
  List<Path> storagesIn(Optional<String> container) {
    return mode == Mode.ZEN || container.isPresent() ? List.of(storageIn(container)) : storages;
  }

  /** Where new nodes come to, in a container or on this machine; where antctl chooses, what core takes it for. */
  Path storageIn(Optional<String> container) {
    return mode == Mode.ZEN ? storage : container.map(storage::resolve).orElse(storage);
  }

  /** The same for logs. A folder of its own: antctl would else put data and logs of a node into one. */
  Optional<Path> logPrefix(NodeSpec node) {
    return dataPrefix(node).map(prefix -> prefix.resolve("logs"));
  }

  /** Throws when antctl could not make such a node, or would make one that does not start. */
  void check(NodeSpec node, Instance instance) throws OperationFailedException {
    for (Optional<Path> path : List.of(dataPrefix(node), fetches() ? Optional.<Path>empty() : Optional.of(node.source()))) {
      if (path.isPresent() && SPOILS_UNITS.matcher(path.get().toString()).find()) {
        throw OperationFailedException.forGood("antctl cannot serve the path '" + path.get()
            + "': it writes paths into service files without quotes, so they must be free of blanks, quotes, %, $ and ;");
      }
    }
    checkSource(node, instance);
  }

  /** Throws when there is no antnode to copy. */
  void checkSource(NodeSpec node, Instance instance) throws OperationFailedException {
    if (!fetches() && !instance.isProgram(node.source())) {
      throw OperationFailedException.forNow("the antnode to copy, " + node.source() + ", is missing or not executable" + instance.inWords());
    }
  }

  /** The words after {@code add}; the network is last because later words would be taken for its own. */
  List<String> add(NodeSpec node) {
    List<String> words = new ArrayList<>();
    if (!node.startArgs().contains("--first")) {
      words.addAll(List.of("--count", "1")); // antctl takes only one of the two
    }
    dataPrefix(node).ifPresent(prefix -> words.addAll(List.of("--data-dir-path", prefix.toString())));
    logPrefix(node).ifPresent(prefix -> words.addAll(List.of("--log-dir-path", prefix.toString())));
    words.addAll(List.of("--node-port", Integer.toString(node.ports().node()),
        "--metrics-port", Integer.toString(node.ports().metrics().orElseThrow())));
    node.ports().rpc().ifPresent(port -> words.addAll(List.of("--rpc-port", Integer.toString(port))));
    words.addAll(List.of("--rewards-address", node.wallet()));
    if (!node.upnp()) {
      words.add("--no-upnp");
    }
    words.addAll(environment(node));
    words.addAll(antnode(node));
    words.addAll(node.startArgs());
    words.add(node.network());
    return words;
  }

  /** The words after {@code upgrade --service-name X}. */
  List<String> upgrade(NodeSpec node) {
    List<String> words = new ArrayList<>(List.of("--force"));
    words.addAll(environment(node));
    words.addAll(antnode(node));
    return words;
  }

  private List<String> antnode(NodeSpec node) {
    if (pinned.isPresent()) {
      return List.of("--version", pinned.get().text());
    }
    return fetches() ? List.of() : List.of("--path", node.source().toString());
  }

  /** One flag for each variable: antctl takes several in one, whatever its help says, for the value of the first. */
  private static List<String> environment(NodeSpec node) {
    List<String> words = new ArrayList<>();
    for (Map.Entry<String, String> variable : new TreeMap<>(node.environment()).entrySet()) {
      words.addAll(List.of("--env", variable.getKey() + "=" + variable.getValue()));
    }
    return words;
  }
}
