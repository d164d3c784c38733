package dev.wnm.managers.support;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.wnm.spi.command.CommandFailedException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code ant node daemon}, the present network's own manager of nodes, by the files that it keeps in its data folder: it may run or
 * not. Its nodes are processes of the operator's that outlive it.
 *
 * @param folder its data folder
 */
public record AntDaemon(Path folder) {
  private static final String REGISTRY = "node_registry.json";
  private static final int MOST_BYTES = 16 << 20;
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().create();
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

  /** That of an operator. @param environment the variables that it would be started with */
  public static AntDaemon of(Path home, Map<String, String> environment) {
    String data = environment.getOrDefault("XDG_DATA_HOME", "");
    boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac");
    return new AntDaemon((mac ? home.resolve("Library/Application Support") : data.startsWith("/") ? Path.of(data)
        : home.resolve(".local/share")).resolve("ant"));
  }

  /**
   * A node of its registry.
   *
   * @param id its number, which it keeps
   * @param rootDir its data folder
   * @param binary its copy of the program
   * @param command what it is started with: the binary and its arguments
   * @param environment the variables that its operator gave it
   * @param peers the addresses that it asks first, where its operator named any
   * @param isEvicted whether the daemon deleted its data for lack of disk
   */
  public record Entry(int id, Path rootDir, Path binary, List<String> command, Map<String, String> environment, List<String> peers,
      boolean isEvicted) {
    public Entry {
      command = List.copyOf(command);
      environment = Map.copyOf(environment);
      peers = List.copyOf(peers);
    }
  }

  /** Where it keeps its nodes. */
  public Path registry() {
    return folder.resolve(REGISTRY);
  }

  /** Its process; empty while it does not run. One that crashed leaves its number behind, which may be another process's by now. */
  public Optional<Long> pid() {
    try {
      String written = Files.readString(folder.resolve("daemon.pid")).strip();
      return written.matches("[1-9][0-9]{0,9}")
          ? ProcessHandle.of(Long.parseLong(written)).filter(ProcessHandle::isAlive).filter(AntDaemon::mayBeIt).map(ProcessHandle::pid)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean mayBeIt(ProcessHandle process) {
    return process.info().command().map(command -> Path.of(command).getFileName().toString())
        .map(name -> name.startsWith("ant") && !name.startsWith("ant-node")).orElse(true);
  }

  /**
   * The nodes of its registry, by their numbers; none where there is no registry.
   *
   * @throws CommandFailedException when there is one that cannot be read, which is never to be taken for none
   */
  public List<Entry> entries() throws CommandFailedException {
    try {
      return read().nodes().values().stream().sorted(Comparator.comparingInt(Entry::id)).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new CommandFailedException("the registry of ant's daemon cannot be read: " + Sentences.of(e));
    }
  }

  /**
   * Takes nodes out of its registry, so that a later daemon does not take them back; what it was is kept beside it.
   *
   * @param rootDirs the folders of the nodes
   * @return where the registry of before is kept; empty when none of the nodes was in it
   * @throws IOException when it cannot be read or written; it is as it was
   * @throws CommandFailedException when wnm does not understand it; it is as it was
   */
  public Optional<Path> takeOut(Collection<Path> rootDirs, Instant now) throws IOException, CommandFailedException {
    Registry registry;
    try {
      registry = read();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    List<String> keys = registry.nodes().entrySet().stream().filter(node -> rootDirs.contains(node.getValue().rootDir()))
        .map(Map.Entry::getKey).toList();
    if (keys.isEmpty()) {
      return Optional.empty();
    }
    Path kept = keep(now);
    keys.forEach(nodes(registry.whole())::remove);
    // No more may read it than before: the variables of nodes are in it.
    Path next = Files.copy(registry(), registry().resolveSibling(REGISTRY + ".wnm-new"), StandardCopyOption.COPY_ATTRIBUTES,
        StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(next, GSON.toJson(registry.whole()));
    DirectFiles.flush(kept, next, folder);
    Files.move(next, registry(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return Optional.of(kept);
  }

  private Path keep(Instant now) throws IOException {
    String name = REGISTRY + ".before-wnm-" + STAMP.format(now);
    for (int turn = 0;; turn++) {
      Path kept = registry().resolveSibling(turn == 0 ? name : name + "-" + turn);
      try {
        return Files.copy(registry(), kept, StandardCopyOption.COPY_ATTRIBUTES);
      } catch (FileAlreadyExistsException e) {
        // of another take-over within the same second
      }
    }
  }

  /** All that it holds, of which later daemons may have more than wnm knows, and its nodes by their keys in it. */
  private record Registry(JsonObject whole, Map<String, Entry> nodes) {}

  private Registry read() throws IOException, CommandFailedException {
    if (Files.size(registry()) > MOST_BYTES) {
      throw new IOException(registry() + " is larger than 16 MiB");
    }
    String text = Files.readString(registry());
    try {
      JsonObject whole = JsonParser.parseString(text).getAsJsonObject();
      Map<String, Entry> entries = new TreeMap<>();
      nodes(whole).entrySet().forEach(node -> entries.put(node.getKey(), entry(node.getValue().getAsJsonObject())));
      return new Registry(whole, entries);
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException | NumberFormatException | InvalidPathException e) {
      throw new CommandFailedException(registry() + " is no registry of ant's daemon that wnm understands: " + e.getMessage());
    }
  }

  private static JsonObject nodes(JsonObject registry) {
    return registry.has("nodes") ? registry.get("nodes").getAsJsonObject() : new JsonObject();
  }

  private static Entry entry(JsonObject node) {
    if (!isSaid(node, "id")) {
      throw new JsonParseException("one of its nodes has no id");
    }
    int id = node.get("id").getAsInt();
    Path root = absolute(node, "data_dir");
    Path binary = absolute(node, "binary_path");
    List<String> peers = new ArrayList<>();
    if (isSaid(node, "bootstrap_peers")) {
      node.get("bootstrap_peers").getAsJsonArray().forEach(peer -> peers.add(peer.getAsString()));
    }
    Map<String, String> environment = new TreeMap<>();
    if (isSaid(node, "env_variables")) {
      node.get("env_variables").getAsJsonObject().entrySet().forEach(entry -> environment.put(entry.getKey(), entry.getValue().getAsString()));
    }
    return new Entry(id, root, binary, command(node, id, root, binary, peers), environment, peers, isSaid(node, "eviction"));
  }

  /** In the daemon's own order. */
  private static List<String> command(JsonObject node, int id, Path root, Path binary, List<String> peers) {
    List<String> words = new ArrayList<>(List.of(binary.toString()));
    text(node, "rewards_address").ifPresent(address -> words.addAll(List.of("--rewards-address", address)));
    words.addAll(List.of("--root-dir", root.toString()));
    text(node, "log_dir").ifPresent(logs ->
        words.addAll(List.of("--enable-logging", "--log-dir", Path.of(logs, "node-" + id, "logs").toString())));
    text(node, "node_port").ifPresent(port -> words.addAll(List.of("--port", port)));
    peers.forEach(peer -> words.addAll(List.of("--bootstrap", peer)));
    text(node, "upgrade_channel").ifPresent(channel -> words.addAll(List.of("--upgrade-channel", channel)));
    words.add("--stop-on-upgrade");
    // Older daemons wrote it with an underscore.
    text(node, "evm_network").ifPresent(network -> words.addAll(List.of("--evm-network", network.replace('_', '-'))));
    return words;
  }

  private static Path absolute(JsonObject node, String name) {
    Path path = Path.of(text(node, name).orElse("")).normalize();
    if (!path.isAbsolute()) {
      throw new JsonParseException("its node " + node.get("id") + " has no absolute " + name);
    }
    return path;
  }

  private static Optional<String> text(JsonObject node, String name) {
    return isSaid(node, name) ? Optional.of(node.get(name).getAsString()) : Optional.empty();
  }

  private static boolean isSaid(JsonObject node, String name) {
    return node.has(name) && !node.get(name).isJsonNull();
  }
}
