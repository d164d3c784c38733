package dev.wnm.managers.launchd;

import dev.wnm.managers.launchd.PropertyListReader.MalformedException;
import dev.wnm.managers.support.NodeLogs;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.model.ColonyId;
import dev.wnm.spi.program.NodeArguments;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a property list says of a node.
 *
 * @param label what launchd knows it by
 * @param arguments its command line
 * @param user the account it runs as, where the property list says so
 * @param environment its variables
 * @param outputs the files that what it prints goes to
 * @param colony whose node it is, where it says so
 */
record JobDescription(JobLabel label, NodeArguments arguments, Optional<String> user, Map<String, String> environment,
    List<Path> outputs, Optional<String> colony) {
  /** A node that dies at its start is not started again sooner. launchd's own value, said because stopping relies on it. */
  private static final int THROTTLE_SECONDS = 10;
  /** A node that was asked to end and has not by then hangs. */
  private static final int EXIT_TIMEOUT_SECONDS = 5;
  /** launchd's own soft limit of 256 is not enough for a node's connections. */
  private static final int OPEN_FILES = 8_192;
  private static final int UMASK = 0077;
  /** A key of wnm's own, which launchd passes over. */
  private static final String COLONY = "WnmColony";

  static JobDescription of(NodeSpec node, List<String> words, boolean asItsAccount, ColonyId colony) {
    return new JobDescription(JobLabel.of(node), new NodeArguments(words),
        asItsAccount ? Optional.of(node.user()) : Optional.empty(), node.variables(), List.of(NodeLogs.consoleOf(node)),
        Optional.of(colony.text()));
  }

  /** Reads a property list, whoever made it. @throws MalformedException when it is no node's or launchd could not take it */
  static JobDescription parse(String text) throws MalformedException {
    Map<String, Object> keys = PropertyListReader.read(text);
    String label = required(keys, "Label", String.class);
    List<String> words = new ArrayList<>();
    for (Object word : required(keys, "ProgramArguments", List.class)) {
      words.add(typed("ProgramArguments", word, String.class));
    }
    Map<String, String> environment = new TreeMap<>();
    Map<?, ?> variables = optional(keys, "EnvironmentVariables", Map.class).orElse(Map.of());
    for (Map.Entry<?, ?> variable : variables.entrySet()) {
      environment.put((String) variable.getKey(), typed("EnvironmentVariables", variable.getValue(), String.class));
    }
    List<Path> outputs = new ArrayList<>();
    for (String key : List.of("StandardOutPath", "StandardErrorPath")) {
      optional(keys, key, String.class).filter(path -> path.startsWith("/")).map(Path::of).ifPresent(outputs::add);
    }
    return new JobDescription(JobLabel.parse(label).orElseThrow(() -> new MalformedException(
        "its label '" + label + "' is no node's")), new NodeArguments(words), optional(keys, "UserName", String.class),
        environment, outputs.stream().distinct().toList(), optional(keys, COLONY, String.class));
  }

  /** The node's data folder, where its command line names one. */
  Optional<Path> rootDir() {
    return arguments.rootDir();
  }

  /** The property list. */
  String render() {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("Label", label.toString());
    colony.ifPresent(owner -> keys.put(COLONY, owner));
    keys.put("ProgramArguments", arguments.argv());
    user.ifPresentOrElse(account -> keys.put("UserName", account),
        () -> keys.put("LimitLoadToSessionType", List.of("Aqua", "Background")));
    rootDir().ifPresent(folder -> keys.put("WorkingDirectory", folder.toString()));
    Stream.of("StandardOutPath", "StandardErrorPath").forEach(key -> keys.put(key, outputs.get(0).toString()));
    if (!environment.isEmpty()) {
      keys.put("EnvironmentVariables", new TreeMap<>(environment));
    }
    keys.put("RunAtLoad", true);
    // Also after exit code 0, with which a node ends that has upgraded itself.
    keys.put("KeepAlive", true);
    keys.put("ThrottleInterval", THROTTLE_SECONDS);
    keys.put("ExitTimeOut", EXIT_TIMEOUT_SECONDS);
    keys.put("ProcessType", "Standard");
    keys.put("Umask", UMASK);
    keys.put("SoftResourceLimits", Map.of("NumberOfFiles", OPEN_FILES));
    keys.put("HardResourceLimits", Map.of("NumberOfFiles", OPEN_FILES));
    return PropertyList.render(keys);
  }

  private static <T> T required(Map<String, Object> keys, String key, Class<T> type) throws MalformedException {
    return optional(keys, key, type).orElseThrow(() -> new MalformedException("it has no " + key));
  }

  private static <T> Optional<T> optional(Map<String, Object> keys, String key, Class<T> type) throws MalformedException {
    return keys.containsKey(key) ? Optional.of(typed(key, keys.get(key), type)) : Optional.empty();
  }

  private static <T> T typed(String key, Object value, Class<T> type) throws MalformedException {
    if (!type.isInstance(value)) {
      throw new MalformedException("its " + key + " is of a wrong type");
    }
    return type.cast(value);
  }
}
