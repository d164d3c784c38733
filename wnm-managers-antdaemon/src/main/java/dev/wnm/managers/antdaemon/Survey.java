package dev.wnm.managers.antdaemon;

import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.NodeFolder;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.StorageMarker;
import dev.wnm.spi.manager.StorageState;
import dev.wnm.spi.manager.StorageView;
import dev.wnm.spi.model.ColonyId;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.spi.program.NodeProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds the nodes that the daemon has, and what there is to be said of them. */
final class Survey {
  private static final Pattern SERVICE = Pattern.compile("node([1-9][0-9]{0,8})");
  private static final Pattern FOLDER = Pattern.compile("node-[0-9]+");
  private static final String BROWSER_PORT = "ANT_WEBRTC_DIRECT_PORT";

  private final Api api;
  private final States states;
  private final NodeProgram program;
  private final ColonyId colony;
  private final Path storage;

  /** @param storage the folder that new nodes' folders come to */
  Survey(Api api, States states, NodeProgram program, ColonyId colony, Path storage) {
    this.api = api;
    this.states = states;
    this.program = program;
    this.colony = colony;
    this.storage = storage;
  }

  /** Every node of the daemon's that is still there. */
  List<FoundNode> all() throws OperationFailedException {
    States.Snapshot snapshot = states.all();
    requireWhole(storage, snapshot.entries().values());
    StorageView storages = new StorageView(colony);
    List<FoundNode> found = new ArrayList<>();
    for (Entry entry : sorted(snapshot)) {
      ProcessState state = states.state(asNode(entry), entry, snapshot, storages);
      if (entry.eviction().isEmpty() || !(state instanceof ProcessState.Missing)) {
        found.add(found(entry, isOurs(entry) ? state : outside(state, entry)));
      }
    }
    return found;
  }

  private static List<Entry> sorted(States.Snapshot snapshot) {
    return snapshot.entries().values().stream().sorted((one, other) -> Integer.compare(one.id(), other.id())).toList();
  }

  /** In a storage that is no colony's yet, a folder that is there is one of a node all the same. */
  private static ProcessState outside(ProcessState state, Entry entry) {
    return state instanceof ProcessState.Unknown && Files.isDirectory(entry.dataDir(), LinkOption.NOFOLLOW_LINKS)
        ? new ProcessState.Stopped("") : state;
  }

  private boolean isOurs(Entry entry) {
    return NodeSpec.storageOf(entry.dataDir()).equals(storage);
  }

  /** The node as far as the daemon knows it, to ask for its files. */
  private NodeSpec asNode(Entry entry) {
    NodePorts ports = NodePorts.of(entry.nodePort().orElse(1));
    return NodeSpec.builder(Math.max(1, entry.id()), entry.facts(OptionalLong.empty()).placement(), ports)
        .program(program).build();
  }

  private FoundNode found(Entry entry, ProcessState state) {
    OptionalLong pid = state instanceof ProcessState.Running running ? running.pid() : OptionalLong.empty();
    Map<String, String> environment = new TreeMap<>(entry.environment());
    environment.keySet().removeAll(AddRequest.ownVariables());
    return FoundNode.builder(entry.facts(pid), state).program(Optional.of(program)).id(number(entry.service())).nodePort(entry.nodePort())
        .browserPort(browserPort(entry)).wallet(Optional.of(entry.wallet())).network(Optional.of("evm-" + entry.network()))
        .user(System.getProperty("user.name")).environment(environment).createdAt(createdAt(entry)).build();
  }

  private static OptionalInt number(String service) {
    Matcher matcher = SERVICE.matcher(service);
    return matcher.matches() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
  }

  private static OptionalInt browserPort(Entry entry) {
    String port = entry.environment().getOrDefault(BROWSER_PORT, "");
    return port.matches("[1-9][0-9]{0,4}") ? OptionalInt.of(Integer.parseInt(port)) : OptionalInt.empty();
  }

  private Optional<Instant> createdAt(Entry entry) {
    try {
      return Optional.of(Files.getLastModifiedTime(entry.dataDir().resolve(program.keyFile()), LinkOption.NOFOLLOW_LINKS).toInstant());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Throws where a storage holds a node with a key that the daemon does not list: its registry has lost it, and what it lists is not
   * all. A registry that begins anew would give the folder, with the key in it, to another node.
   */
  void requireWhole(Path folder, Collection<Entry> listed) throws OperationFailedException {
    if (!(StorageMarker.look(colony, folder) instanceof StorageState.Ours ours)) {
      return;
    }
    Set<Path> known = listed.stream().map(Entry::dataDir).collect(Collectors.toSet());
    for (String name : ours.names().stream().filter(each -> FOLDER.matcher(each).matches()).sorted().toList()) {
      Path unlisted = folder.resolve(name);
      if (!known.contains(unlisted) && NodeFolder.keyIn(unlisted).isPresent()) {
        throw OperationFailedException.forGood("the ant daemon does not list the node in " + unlisted
            + ", whose registry may have lost it: " + NodeFolder.ofUnknownKey(unlisted));
      }
    }
  }

  /** The names of folders in a storage that could be the daemon's nodes. */
  static Set<String> foldersIn(ColonyId colony, Path storage) {
    return StorageMarker.look(colony, storage) instanceof StorageState.Ours ours
        ? ours.names().stream().filter(each -> FOLDER.matcher(each).matches()).collect(Collectors.toSet()) : Set.of();
  }

  /** Sentences about what an operator does not see else. @param known every node that core knows */
  List<String> notices(List<NodeSpec> known) {
    List<String> notices = new ArrayList<>();
    try {
      States.Snapshot snapshot = states.all();
      unmanaged(known, snapshot, notices);
      lost(known, snapshot, notices);
      for (Entry entry : sorted(snapshot)) {
        entry.eviction().ifPresent(eviction -> notices.add(entry.service() + " " + eviction.inWords()
            + " The daemon deletes the folder of a node that it evicts, key included, and it cannot be kept from that"));
      }
      settings(known, snapshot, notices);
      Document.Health health = api.health();
      if (!health.level().equals("green")) {
        notices.add("the ant daemon calls its disks " + health.level() + ": " + String.join("; ", health.summaries())
            + ". At 500 MiB free it deletes nodes with their keys, one after the other; make room");
      }
    } catch (OperationFailedException e) {
      // Whoever wants something of it will say so.
    }
    return notices;
  }

  private static void unmanaged(List<NodeSpec> known, States.Snapshot snapshot, List<String> notices) {
    String names = sorted(snapshot).stream()
        .filter(entry -> entry.eviction().isEmpty() && known.stream().noneMatch(entry::isThat)).map(Entry::service)
        .collect(Collectors.joining(", "));
    if (!names.isEmpty()) {
      notices.add("the ant daemon has unmanaged nodes, which wnm leaves alone: " + names + "; wnm --import takes them over");
    }
  }

  private void lost(List<NodeSpec> known, States.Snapshot snapshot, List<String> notices) {
    String names = known.stream().filter(node -> snapshot.of(node).isEmpty()
        && !(states.state(node, snapshot) instanceof ProcessState.Missing)).map(NodeSpec::service).collect(Collectors.joining(", "));
    if (!names.isEmpty()) {
      notices.add("the ant daemon does not list " + names + ", which may well be there: its registry has lost entries, and until they are"
          + " back it cannot start, stop or remove these nodes");
    }
  }

  /** The daemon changes nothing of a node that is there. */
  private static void settings(List<NodeSpec> known, States.Snapshot snapshot, List<String> notices) {
    if (known.stream().anyMatch(node -> !node.program().settingsFiles(node).isEmpty())) {
      notices.add("the ant daemon cannot keep nodes from upgrading themselves: --self_upgrade off does not reach them");
    }
    for (NodeSpec node : known) {
      snapshot.of(node).filter(entry -> !node.wallet().isEmpty() && !entry.wallet().equalsIgnoreCase(node.wallet()))
          .ifPresent(entry -> notices.add(entry.service() + " gets its rewards at " + entry.wallet() + ", not at " + node.wallet()
              + ": the ant daemon changes no setting of a node that is there; remove it, and wnm adds another"));
    }
  }

  /** The UDP ports of nodes that need not run at this moment. */
  Set<Integer> ports() throws OperationFailedException {
    return api.nodes().stream().filter(entry -> entry.eviction().isEmpty())
        .flatMapToInt(entry -> IntStream.concat(entry.nodePort().stream(), browserPort(entry).stream())).boxed()
        .collect(Collectors.toSet());
  }
}
