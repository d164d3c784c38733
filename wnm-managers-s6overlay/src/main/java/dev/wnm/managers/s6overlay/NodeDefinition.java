package dev.wnm.managers.s6overlay;

import dev.wnm.managers.support.Patience;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.program.NodeArguments;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A node as {@code wnm-nodes} takes it: one line of words with tabs between them (docs/s6overlay.md).
 *
 * @param service its name
 * @param settings settings of its supervision
 * @param environment variables of its process
 * @param argv its program and arguments
 */
record NodeDefinition(
    String service, Map<String, String> settings, Map<String, String> environment, List<String> argv) {
  /** What ends it gracefully. Said in each line, since images that an older wnm made take TERM where nothing is said. */
  private static final String STOP_SIGNAL = "stop_signal";
  private static final String STOP_MILLIS = "stop_ms";
  /**
   * The UDP ports that make it ready, with commas between. Written as a variable of its process, which images that an older wnm made
   * take as well, while they refuse a setting that they do not know.
   */
  private static final String UDP_PORTS = "udp";
  private static final String UDP_VARIABLE = "WNM_UDP_PORTS";
  private static final String TAB = "\t";
  private static final String END_OF_SETTINGS = "--";

  /** @param node with the flags that its binary knows */
  static NodeDefinition of(NodeSpec node, GroupVolume volume, Patience patience) {
    NodePlacement inside = NodePlacement.of(node.service(), volume.inside(node.rootDir()))
        .withLogDir(volume.inside(node.logDir())).withBinary(volume.inside(node.binary()));
    NodeSpec told = node.toBuilder().placement(inside).bootstrapCache(volume.cacheInside()).build();
    Map<String, String> settings = new TreeMap<>(Map.of(STOP_SIGNAL, node.program().stopping().signal(),
        STOP_MILLIS, Long.toString(patience.with(node).toMillis())));
    node.ports().metrics().ifPresentOrElse(port -> settings.put("port", Integer.toString(port)),
        () -> settings.put(UDP_PORTS, node.ports().udp().stream().sorted().map(String::valueOf).collect(Collectors.joining(","))));
    return new NodeDefinition(node.service(), settings, new TreeMap<>(told.variables()), told.commandLine());
  }

  /** That of a node of which only its name is known. */
  static NodeDefinition unknown(String service) {
    return new NodeDefinition(service, Map.of(), Map.of(), List.of("antnode"));
  }

  /** Reads a line back; empty when it is none of a node. */
  static Optional<NodeDefinition> parse(String line) {
    List<String> words = List.of(line.split(TAB, -1));
    int end = words.indexOf(END_OF_SETTINGS);
    if (end < 1) {
      return Optional.empty();
    }
    Map<String, String> settings = new LinkedHashMap<>();
    words.subList(1, end).forEach(word -> put(settings, word));
    Map<String, String> environment = new LinkedHashMap<>();
    int program = end + 1;
    while (program < words.size() && !words.get(program).startsWith("/")) {
      put(environment, words.get(program++));
    }
    Optional.ofNullable(environment.remove(UDP_VARIABLE)).ifPresent(ports -> settings.put(UDP_PORTS, ports));
    return program == words.size() ? Optional.empty()
        : Optional.of(new NodeDefinition(words.get(0), settings, environment, words.subList(program, words.size())));
  }

  private static void put(Map<String, String> values, String word) {
    int equals = word.indexOf('=');
    values.put(equals < 0 ? word : word.substring(0, equals), equals < 0 ? "" : word.substring(equals + 1));
  }

  String line() {
    List<String> words = new ArrayList<>(List.of(service));
    settings.forEach((setting, value) -> {
      if (!setting.equals(UDP_PORTS)) {
        words.add(setting + "=" + value);
      }
    });
    words.add(END_OF_SETTINGS);
    Optional.ofNullable(settings.get(UDP_PORTS)).ifPresent(ports -> words.add(UDP_VARIABLE + "=" + ports));
    environment.forEach((variable, value) -> words.add(variable + "=" + value));
    words.addAll(argv);
    return String.join(TAB, words);
  }

  /** The first word that no line can carry; {@code wnm-nodes} would refuse it, too. */
  Optional<String> unfit() {
    List<String> words = new ArrayList<>(argv);
    environment.forEach((variable, value) -> words.add(variable + "=" + value));
    return words.stream().filter(word -> word.isEmpty() || word.chars().anyMatch(Character::isISOControl)).findFirst();
  }

  /** The same without what an account that made it up could gain something by: where rewards go, and variables. */
  NodeDefinition withoutWhatDecides() {
    List<String> kept = new ArrayList<>(argv);
    int wallet = kept.indexOf(arguments().flags().wallet());
    if (wallet >= 0) {
      kept.subList(wallet, Math.min(wallet + 2, kept.size())).clear();
    }
    return new NodeDefinition(service, settings, Map.of(), kept);
  }

  /** Its program and arguments, to be read. */
  NodeArguments arguments() {
    return new NodeArguments(argv);
  }

  /** The node with those flags that its binary was found to know when it was put in place. */
  NodeSpec withKnownFlags(NodeSpec node) {
    List<String> more = new ArrayList<>(node.startArgs());
    node.program().flagsOfSomeReleases().stream().filter(flag -> argv.contains(flag) && !more.contains(flag)).forEach(more::add);
    return node.withStartArgs(more);
  }

  /** Where the container sees its data. */
  Optional<Path> rootDirInside() {
    return arguments().rootDir();
  }
}
