package dev.wnm.managers.s6overlay;

import dev.wnm.managers.support.Binaries;
import dev.wnm.spi.manager.NodeCommandLine;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.model.NodePlacement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

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
  static final String WALLET = "--rewards-address";
  /** What ends it gracefully. Said in each line, since images that an older wnm made take TERM where nothing is said. */
  private static final String STOP_SIGNAL = "stop_signal";
  private static final String TAB = "\t";
  private static final String END_OF_SETTINGS = "--";

  /** @param stopsOnUpgrade whether its binary knows to end, for its supervisor to start it anew, when it has upgraded itself */
  static NodeDefinition of(NodeSpec node, GroupVolume volume, boolean stopsOnUpgrade) {
    List<String> more = new ArrayList<>(node.startArgs());
    if (stopsOnUpgrade) {
      more.add(Binaries.STOP_ON_UPGRADE);
    }
    NodePlacement inside = NodePlacement.of(node.service(), volume.inside(node.rootDir()))
        .withLogDir(volume.inside(node.logDir())).withBinary(volume.inside(node.binary()));
    NodeSpec told = node.toBuilder().placement(inside).startArgs(more).bootstrapCache(volume.cacheInside()).build();
    Map<String, String> settings = new TreeMap<>(
        Map.of("port", Integer.toString(node.ports().metrics()), STOP_SIGNAL, "INT"));
    return new NodeDefinition(node.service(), settings,
        new TreeMap<>(node.environment()), NodeCommandLine.of(told));
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
    return program == words.size() ? Optional.empty()
        : Optional.of(new NodeDefinition(words.get(0), settings, environment, words.subList(program, words.size())));
  }

  private static void put(Map<String, String> values, String word) {
    int equals = word.indexOf('=');
    values.put(equals < 0 ? word : word.substring(0, equals), equals < 0 ? "" : word.substring(equals + 1));
  }

  String line() {
    List<String> words = new ArrayList<>(List.of(service));
    settings.forEach((setting, value) -> words.add(setting + "=" + value));
    words.add(END_OF_SETTINGS);
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
    int wallet = kept.indexOf(WALLET);
    if (wallet >= 0) {
      kept.subList(wallet, Math.min(wallet + 2, kept.size())).clear();
    }
    return new NodeDefinition(service, settings, Map.of(), kept);
  }

  boolean stopsOnUpgrade() {
    return argv.contains(Binaries.STOP_ON_UPGRADE);
  }

  Optional<String> value(String flag) {
    int at = argv.indexOf(flag);
    return at < 0 || at + 1 == argv.size() ? Optional.empty() : Optional.of(argv.get(at + 1));
  }

  OptionalInt port(String flag) {
    return value(flag).filter(text -> text.matches("[0-9]{1,5}")).map(text -> OptionalInt.of(Integer.parseInt(text)))
        .orElse(OptionalInt.empty());
  }

  /** The EVM network word, the last one. */
  Optional<String> network() {
    return Optional.of(argv.get(argv.size() - 1)).filter(word -> word.startsWith("evm-"));
  }

  /** Where the container sees its data. */
  Optional<Path> rootDirInside() {
    return value("--root-dir").map(Path::of);
  }
}
