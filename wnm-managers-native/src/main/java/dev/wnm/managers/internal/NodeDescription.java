package dev.wnm.managers.internal;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import dev.wnm.core.command.CommandFailedException;
import dev.wnm.core.manager.NodeSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a node's folder says of the node while it does not run: the command line it is started with. Kept in the folder so
 * that a survey by a wnm that lost its database can read it back.
 *
 * @param service the name the node is known by
 * @param user the account it runs as
 * @param command its binary and arguments
 * @param environment the variables that an operator gave it
 */
public record NodeDescription(String service, String user, List<String> command, Map<String, String> environment) {
  public static final String FILE_NAME = "wnm-node.json";
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  public static NodeDescription of(NodeSpec node, List<String> command) {
    return new NodeDescription(node.service(), node.user(), List.copyOf(command), new TreeMap<>(node.environment()));
  }

  private static Path fileOf(Path rootDir) {
    return rootDir.resolve(FILE_NAME);
  }

  /** That of a folder; empty also for a file that is no description, since anyone may have written into the folder. */
  public static Optional<NodeDescription> in(Path rootDir, NodeFiles files) {
    return files.read(fileOf(rootDir)).flatMap(NodeDescription::parse);
  }

  /** Writes it into a node's folder, unless it is there already. */
  public void keepIn(Path rootDir, NodeFiles files) throws CommandFailedException, IOException {
    String json = toJson();
    if (!files.read(fileOf(rootDir)).equals(Optional.of(json))) {
      files.write(fileOf(rootDir), json);
    }
  }

  private String toJson() {
    return GSON.toJson(new Json(service, user, command, environment)) + "\n";
  }

  private static Optional<NodeDescription> parse(String json) {
    try {
      Json read = GSON.fromJson(json, Json.class);
      return read == null || read.service == null || read.user == null || read.command == null
          || read.command.contains(null) || read.environment == null ? Optional.empty()
          : Optional.of(new NodeDescription(
              read.service, read.user, List.copyOf(read.command), Map.copyOf(read.environment)));
    } catch (JsonParseException e) {
      return Optional.empty();
    }
  }

  /** The file's form; what is not in the file is null here. */
  private static final class Json {
    final String service;
    final String user;
    final List<String> command;
    final Map<String, String> environment;

    Json(String service, String user, List<String> command, Map<String, String> environment) {
      this.service = service;
      this.user = user;
      this.command = command;
      this.environment = environment;
    }
  }
}
