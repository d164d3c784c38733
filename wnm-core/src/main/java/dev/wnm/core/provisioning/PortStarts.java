package dev.wnm.core.provisioning;

import dev.wnm.core.allocation.PortPlan;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.Settings;
import dev.wnm.spi.manager.FoundNode;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The port plan that nodes follow which were made before wnm came: port = start × 1000 + id.
 *
 * @param node thousands of the node ports
 * @param metrics thousands of the metrics ports, where the nodes have some
 * @param rpc thousands of the RPC ports, where those follow a plan too
 */
public record PortStarts(int node, OptionalInt metrics, OptionalInt rpc) {
  private static final int THOUSAND = 1_000;

  /** The plan of these settings. */
  public static PortStarts of(Settings settings) {
    return new PortStarts(settings.get(Options.PORT_START), OptionalInt.of(settings.get(Options.METRICS_PORT_START)),
        OptionalInt.of(settings.get(Options.RPC_PORT_START)));
  }

  /**
   * The plan that most of these nodes follow, by the numbers in their names. Where none follows any by its name (a process
   * manager counts names in its own way), the one whose node and metrics ports end in the same three digits.
   *
   * @param nodes each with a node port, and a metrics port where its program has such a page
   */
  public static Optional<PortStarts> of(List<FoundNode> nodes) {
    Map<PortStarts, Long> votes = nodes.stream().flatMap(node -> byName(node).stream())
        .collect(Collectors.groupingBy(starts -> starts, LinkedHashMap::new, Collectors.counting()));
    if (!votes.isEmpty()) {
      return votes.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey)
          .map(starts -> starts.withRpcOf(nodes));
    }
    return nodes.stream().flatMap(node -> byDigits(node).stream())
        .min(Comparator.comparing(PortStarts::node).thenComparing(starts -> starts.metrics().orElse(0)))
        .map(starts -> starts.withRpcOf(nodes));
  }

  /** The same as a plan for new nodes, with the RPC ports of these settings where none of its own are known. */
  public PortPlan with(Settings settings) {
    return new PortPlan(node, metrics.orElse(settings.get(Options.METRICS_PORT_START)), rpc.orElse(settings.get(Options.RPC_PORT_START)));
  }

  /** Why as many nodes as these settings allow cannot be given ports by this plan; empty when they can. */
  public Optional<String> problem(Settings settings) {
    return with(settings).problem(settings.get(Options.NODE_CAP));
  }

  /** The id whose ports these are. */
  public OptionalInt idOf(FoundNode found) {
    int id = found.nodePort().orElse(0) - node * THOUSAND;
    // One port alone may lie anywhere by chance, so that the name has to say the same.
    boolean follows = found.metricsPort().isEmpty() ? found.id().equals(OptionalInt.of(id))
        : metrics.isPresent() && found.metricsPort().getAsInt() - metrics.getAsInt() * THOUSAND == id;
    return id > 0 && follows ? OptionalInt.of(id) : OptionalInt.empty();
  }

  /** The same as texts by option name. */
  public Map<String, String> asSettings() {
    Map<String, String> texts = new HashMap<>();
    texts.put(Options.PORT_START.name(), Integer.toString(node));
    metrics.ifPresent(start -> texts.put(Options.METRICS_PORT_START.name(), Integer.toString(start)));
    rpc.ifPresent(start -> texts.put(Options.RPC_PORT_START.name(), Integer.toString(start)));
    return texts;
  }

  private static Optional<PortStarts> byName(FoundNode found) {
    int id = found.id().orElse(0);
    if (id == 0) {
      return Optional.empty();
    }
    int nodeStart = found.nodePort().orElse(0) - id;
    return found.metricsPort().isPresent() ? whole(nodeStart, found.metricsPort().getAsInt() - id)
        : nodeStart >= THOUSAND && nodeStart % THOUSAND == 0
            ? Optional.of(new PortStarts(nodeStart / THOUSAND, OptionalInt.empty(), OptionalInt.empty())) : Optional.empty();
  }

  private static Optional<PortStarts> byDigits(FoundNode found) {
    int nodePort = found.nodePort().orElse(0);
    int metricsPort = found.metricsPort().orElse(0);
    int id = nodePort % THOUSAND;
    return id == 0 ? Optional.empty() : whole(nodePort - id, metricsPort - id);
  }

  private static Optional<PortStarts> whole(int nodeStart, int metricsStart) {
    boolean whole = nodeStart % THOUSAND == 0 && metricsStart % THOUSAND == 0 && Math.min(nodeStart, metricsStart) >= THOUSAND;
    return whole
        ? Optional.of(new PortStarts(nodeStart / THOUSAND, OptionalInt.of(metricsStart / THOUSAND), OptionalInt.empty()))
        : Optional.empty();
  }

  private PortStarts withRpcOf(Collection<FoundNode> nodes) {
    Optional<Integer> most = nodes.stream().filter(found -> idOf(found).isPresent() && found.rpcPort().isPresent())
        .map(found -> found.rpcPort().getAsInt() - idOf(found).getAsInt())
        .filter(start -> start >= THOUSAND && start % THOUSAND == 0)
        .collect(Collectors.groupingBy(start -> start / THOUSAND, TreeMap::new, Collectors.counting()))
        .entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    return most.map(start -> new PortStarts(node, metrics, OptionalInt.of(start))).orElse(this);
  }
}
