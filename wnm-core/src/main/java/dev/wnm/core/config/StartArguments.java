package dev.wnm.core.config;

import dev.wnm.spi.config.ShellWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Further arguments for nodes, without those that wnm, or antctl at its order, sets itself: node programs and antctl refuse a
 * flag that comes twice, so a single one of them would make every add fail.
 *
 * @param words what nodes are given
 * @param problems why other words are left out, each to follow the option's name in a sentence
 */
public record StartArguments(List<String> words, List<String> problems) {
  private static final String LOGS = "logs are beside each node's data, in files that their program limits";
  private static final String PORTS = "use --port_start at --init";
  private static final String METRICS = "every node has a metrics port; use --metrics_port_start at --init";
  private static final String STORAGE = "use --node_storage";

  private static final Map<String, Own> OWN = Map.ofEntries(
      Map.entry("--root-dir", new Own(true, STORAGE)),
      Map.entry("--data-dir-path", new Own(true, STORAGE)),
      Map.entry("--port", new Own(true, PORTS)),
      Map.entry("--node-port", new Own(true, PORTS)),
      Map.entry("--enable-metrics-server", new Own(false, METRICS)),
      Map.entry("--metrics-server-port", new Own(true, METRICS)),
      Map.entry("--metrics-port", new Own(true, METRICS)),
      Map.entry("--rpc-port", new Own(true, "use --rpc_port_start at --init")),
      Map.entry("--log-output-dest", new Own(true, LOGS)),
      Map.entry("--log-dir-path", new Own(true, LOGS)),
      Map.entry("--max-log-files", new Own(true, LOGS)),
      Map.entry("--max-archived-log-files", new Own(true, LOGS)),
      Map.entry("--bootstrap-cache-dir", new Own(true, "all nodes of an account share one cache")),
      Map.entry("--rewards-address", new Own(true, "use --rewards_address")),
      Map.entry("--no-upnp", new Own(false, "use --no_upnp")),
      Map.entry("--count", new Own(true, "use --count with --force_action add")),
      Map.entry("--env", new Own(true, "use --environment")),
      Map.entry("--path", new Own(true, "use --antnode_path")),
      Map.entry("--version", new Own(true, "use --antctl_version")));

  private record Own(boolean takesValue, String instead) {}

  public StartArguments {
    words = List.copyOf(words);
    problems = List.copyOf(problems);
  }

  /** Reads them; a text that cannot be split into words gives none. */
  public static StartArguments read(String text) {
    List<String> all;
    try {
      all = ShellWords.split(text);
    } catch (IllegalArgumentException e) {
      return new StartArguments(List.of(), List.of(e.getMessage() + "; none is given to nodes"));
    }
    List<String> words = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      String word = all.get(i);
      Optional<Own> own = own(word.replaceFirst("=.*", ""));
      if (own.isEmpty()) {
        words.add(word);
        continue;
      }
      problems.add("must not hold '" + word + "', which wnm sets itself: " + own.get().instead());
      if (own.get().takesValue() && !word.contains("=") && i + 1 < all.size() && !all.get(i + 1).startsWith("--")) {
        i++; // its value
      }
    }
    return new StartArguments(words, problems);
  }

  private static Optional<Own> own(String word) {
    return word.startsWith("evm-")
        ? Optional.of(new Own(false, "a node's network is the one that it was made for"))
        : Optional.ofNullable(OWN.get(word));
  }
}
