package dev.wnm.managers.support;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.model.ColonyId;
import dev.wnm.spi.program.NodeArguments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is kept of a node besides its folder while it does not run: whose it is, and the command line it is started with. It
 * lies in the storage, out of reach of the account that the node runs as, so that a survey by a wnm that lost its database
 * can believe it: {@code .antnode0001.node.json} beside the folder {@code antnode0001}.
 *
 * @param colony the text of the colony's id; empty in one that an older wnm wrote
 * @param service the name the node is known by
 * @param user the account it runs as
 * @param command its binary and arguments
 * @param environment the variables that an operator gave it
 * @param started the process it was last started as; empty while it does not run, and where something else starts it
 */
public record NodeDescription(String colony, String service, String user, List<String> command, Map<String, String> environment,
    Optional<Started> started) {
  /**
   * A process, by what it keeps when it becomes another program.
   *
   * @param pid its number
   * @param at when it started, in whatever form the system tells it; with the pid it names one process for ever
   */
  public record Started(long pid, String at) {}

  /** Where an older wnm kept it: in the node's folder, where the node's account can write what it likes. */
  static final String OLD_NAME = "wnm-node.json";
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  public static NodeDescription of(ColonyId colony, NodeSpec node, List<String> command) {
    return new NodeDescription(
        colony.text(), node.service(), node.user(), List.copyOf(command), new TreeMap<>(node.environment()),
        Optional.empty());
  }

  /** The same of a node that now runs as this process. */
  public NodeDescription startedAs(Started process) {
    return new NodeDescription(colony, service, user, command, environment, Optional.of(process));
  }

  /** Where that of a folder is. */
  public static Path fileOf(Path rootDir) {
    return rootDir.resolveSibling("." + rootDir.getFileName() + ".node.json");
  }

  /**
   * That of a folder; empty where there is none that can be believed. One in the folder itself is believed only where the
   * folder is wnm's own account's, as its nodes are: it says nothing there that this account could not do anyway.
   */
  public static Optional<NodeDescription> in(Path rootDir, NodeFiles files) throws CommandFailedException {
    Optional<NodeDescription> own = files.readTrusted(fileOf(rootDir)).flatMap(NodeDescription::parse)
        .filter(description -> description.isOf(rootDir));
    return own.isPresent() || !files.isMine(rootDir) ? own
        : files.readTrusted(rootDir.resolve(OLD_NAME)).flatMap(NodeDescription::parse);
  }

  /** Whether it is about this node, and made by this colony. One without a colony is nobody's. */
  public boolean says(NodeSpec node, ColonyId owner) {
    return service.equals(node.service()) && colony.equals(owner.text());
  }

  /** Writes it, unless it is there already. */
  public void keepFor(Path rootDir, NodeFiles files) throws CommandFailedException, IOException {
    String json = toJson();
    if (!files.readTrusted(fileOf(rootDir)).equals(Optional.of(json))) {
      files.writeShared(fileOf(rootDir), json);
    }
  }

  /** Who may rename files of the storage could give it to another node. */
  private boolean isOf(Path rootDir) {
    return new NodeArguments(command).rootDir().equals(Optional.of(rootDir.normalize()));
  }

  private String toJson() {
    return GSON.toJson(new Json(colony, service, user, command, environment, started.orElse(null))) + "\n";
  }

  private static Optional<NodeDescription> parse(String json) {
    try {
      Json read = GSON.fromJson(json, Json.class);
      return read == null || read.service == null || read.user == null || read.command == null
          || read.command.contains(null) || read.environment == null ? Optional.empty()
          : Optional.of(new NodeDescription(read.colony == null ? "" : read.colony, read.service, read.user,
              List.copyOf(read.command), Map.copyOf(read.environment),
              Optional.ofNullable(read.started).filter(process -> process.at() != null)));
    } catch (JsonParseException | NullPointerException e) {
      return Optional.empty();
    }
  }

  /** The file's form; what is not in the file is null here. */
  private static final class Json {
    final String colony;
    final String service;
    final String user;
    final List<String> command;
    final Map<String, String> environment;
    final Started started;

    Json(String colony, String service, String user, List<String> command, Map<String, String> environment, Started started) {
      this.colony = colony;
      this.service = service;
      this.user = user;
      this.command = command;
      this.environment = environment;
      this.started = started;
    }
  }
}
