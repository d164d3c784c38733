package dev.wnm.managers.antdaemon;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationFailedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Turns what wnm wants of a node into what the daemon takes: some flags of the command line are parts of its request, it sets some
 * by itself, and all others become variables, which ant-node has for each of its flags but two.
 */
final class AddRequest {
  private static final String PEER = "--bootstrap";
  private static final String CHANNEL = "--upgrade-channel";
  private static final String NETWORK = "--evm-network";
  private static final String LEVEL = "--log-level";
  /** Those that the daemon puts on a node's command line. */
  private static final Set<String> OF_THE_DAEMON = Set.of("--root-dir", "--port", "--rewards-address", "--enable-logging", "--log-dir",
      "--stop-on-upgrade", PEER, CHANNEL, NETWORK);
  /** The one whose variable is not called as the flag is. */
  private static final Map<String, String> VARIABLES = Map.of(LEVEL, "RUST_LOG");
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  private final NodeSpec node;
  private final Map<String, List<String>> flags;

  private AddRequest(NodeSpec node, Map<String, List<String>> flags) {
    this.node = node;
    this.flags = flags;
  }

  /** That of a node. @throws OperationFailedException when the daemon cannot run such a node */
  static AddRequest of(NodeSpec node) throws OperationFailedException {
    AddRequest request = new AddRequest(node, flags(node));
    request.variables();
    return request;
  }

  /** The flags of the command line that a node would have without the daemon, with their values. */
  private static Map<String, List<String>> flags(NodeSpec node) throws OperationFailedException {
    Map<String, List<String>> flags = new LinkedHashMap<>();
    String flag = "";
    for (String word : node.program().arguments(node)) {
      if (word.startsWith("--")) {
        flag = word.replaceFirst("=.*", "");
        flags.computeIfAbsent(flag, name -> new ArrayList<>());
        if (word.contains("=")) {
          flags.get(flag).add(word.substring(word.indexOf('=') + 1));
        }
      } else if (flags.containsKey(flag)) {
        flags.get(flag).add(word);
      } else {
        throw OperationFailedException.forGood("the ant daemon cannot give the argument '" + word + "' of --start_args to nodes");
      }
    }
    return flags;
  }

  /** The variables of its process. */
  Map<String, String> variables() throws OperationFailedException {
    Map<String, String> variables = new TreeMap<>(node.variables());
    for (Map.Entry<String, List<String>> flag : flags.entrySet()) {
      String name = flag.getKey();
      if (OF_THE_DAEMON.contains(name)) {
        continue;
      }
      String variable = VARIABLES.getOrDefault(name, "ANT_" + name.substring(2).replace('-', '_').toUpperCase(Locale.ROOT));
      if (!node.program().unwantedVariables().contains(variable) || flag.getValue().size() > 1) {
        throw OperationFailedException.forGood("the ant daemon cannot give the argument " + name + " to nodes"
            + (name.equals("--config") ? ", which is how wnm keeps them from upgrading themselves; set --self_upgrade to on"
                : ", and ant-node takes it from no variable; take it out of --start_args"));
      }
      String value = flag.getValue().isEmpty() ? "true" : flag.getValue().get(0);
      if (name.equals(LEVEL)) {
        variables.putIfAbsent(variable, value); // of the two, the variable counts
      } else {
        variables.put(variable, value);
      }
    }
    return variables;
  }

  /** The names of variables that stand for flags which wnm sets for every node: they are no operator's. */
  static Set<String> ownVariables() {
    return Set.of("ANT_LOG_FORMAT", "RUST_LOG", "ANT_LOG_MAX_FILES", "ANT_WEBRTC_DIRECT_PORT", "ANT_DISABLE_WEBRTC_DIRECT", "XDG_DATA_HOME",
        "NO_COLOR");
  }

  /** What {@code POST /nodes} wants. @param storage in which the daemon makes the node's folder, with its logs in it */
  String json(Path storage) throws OperationFailedException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("count", 1);
    body.put("rewards_address", node.wallet());
    body.put("node_port", node.ports().node());
    body.put("data_dir_path", storage.toString());
    body.put("log_dir_path", storage.toString());
    body.put("binary_source", new TreeMap<>(Map.of("type", "local_path", "value", node.source().toString())));
    body.put("bootstrap_peers", flags.getOrDefault(PEER, List.of()));
    body.put("env_variables", variables().entrySet().stream().map(entry -> List.of(entry.getKey(), entry.getValue())).toList());
    body.put("upgrade_channel", only(CHANNEL));
    body.put("evm_network", only(NETWORK));
    return GSON.toJson(body);
  }

  private String only(String flag) throws OperationFailedException {
    List<String> values = flags.getOrDefault(flag, List.of());
    if (values.size() != 1) {
      throw OperationFailedException.forGood("the ant daemon needs " + flag + " once for each node");
    }
    return values.get(0);
  }
}
