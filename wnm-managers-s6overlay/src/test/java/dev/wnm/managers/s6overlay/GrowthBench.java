package dev.wnm.managers.s6overlay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.manager.Batches;
import dev.wnm.spi.manager.GroupSpec;
import dev.wnm.spi.manager.HostsGroups;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OperationResult;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.testkit.manager.Offered;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Prints what growth, stop and removal of stand-ins in groups cost. No test: {@code docs/bench.md} says how to run it. */
class GrowthBench extends GroupBench {
  private static final int NODES = Integer.getInteger("wnm.nodes", 200);
  private static final int GROUPS = Integer.getInteger("wnm.groups", 5);

  @Test
  void figures() {
    size = NODES / GROUPS;
    settings.put("container_network", "routed"); // the nodes' ports are their container's alone
    ports = new BlockOfPorts(48, 50);
    ProcessManager manager = manager();
    Batches batches = Offered.by(manager, Batches.class);
    List<GroupSpec> groups = IntStream.rangeClosed(1, GROUPS).mapToObj(this::group).toList();
    measure("open " + GROUPS + " groups", () -> {
      Offered.by(manager, HostsGroups.class).openGroups(groups);
      return Map.of();
    });
    List<NodeSpec> nodes = IntStream.rangeClosed(1, NODES).mapToObj(id -> node(id, Map.of()).toBuilder()
        .group(Optional.of("a" + ((id - 1) / size + 1))).build()).toList();
    Map<Integer, OperationResult> made = measure("create", () -> batches.createAll(nodes));
    List<NodeSpec> created = nodes.stream().map(node -> node.withFacts(((OperationResult.Done) made.get(node.id())).facts())).toList();
    measure("start", () -> batches.startAll(created));
    measure("start again", () -> batches.startAll(created));
    measure("status", () -> {
      manager.status(created);
      return Map.of();
    });
    measure("stop", () -> batches.stopAll(created));
    measure("start", () -> batches.startAll(created));
    measure("remove", () -> batches.removeAll(created));
  }

  private Map<Integer, OperationResult> measure(String what, Supplier<Map<Integer, OperationResult>> work) {
    commands.clear();
    long begin = System.nanoTime();
    Map<Integer, OperationResult> results = work.get();
    System.out.printf(Locale.ROOT, "%-20s %6.2f s  %3d commands, %2d docker exec%n", what, (System.nanoTime() - begin) / 1e9,
        commands.size(), commands.stream().filter(line -> line.contains("docker exec")).count());
    assertThat(results.values()).allSatisfy(result -> assertThat(result).isInstanceOf(OperationResult.Done.class));
    return results;
  }
}
