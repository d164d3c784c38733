package dev.wnm.cli.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a fleet was before a run that is cut off, and what must hold for it once the next cycle is over.
 *
 * @param keys of its nodes, by their ids
 * @param lastOperation the newest entry of the journal
 */
record FleetBefore(TestHost host, Map<Integer, String> keys, long lastOperation) {
  private static final Set<String> UP = Set.of("RUNNING", "RESTARTING", "UPGRADING");

  /** As it is now. */
  static FleetBefore on(TestHost host) throws IOException {
    Map<Integer, String> keys = new HashMap<>();
    for (NodeRow node : host.nodes()) {
      keys.put(node.id(), key(node));
    }
    return new FleetBefore(host, keys, newestOperation(host));
  }

  static long newestOperation(TestHost host) {
    return Long.parseLong(
        host.colony().rows("SELECT COALESCE(MAX(id), 0) AS newest FROM operation").get(0).get("newest"));
  }

  /** Every node is still there once, with its key, its row, its folder and its process; only what was to go is gone. */
  void isKept(String what) throws IOException {
    List<NodeRow> nodes = host.nodes();
    assertThat(host.colony().rows("SELECT * FROM operation WHERE closed_at IS NULL")).as(what).isEmpty();
    assertThat(host.folders()).as("each folder has a row and each row a folder\n" + what)
        .isEqualTo(nodes.stream().map(NodeRow::rootDir).collect(Collectors.toSet()));

    Map<Path, List<ProcessHandle>> processes = host.processes();
    assertThat(processes).as("no node runs twice\n" + what).allSatisfy((root, all) -> assertThat(all).hasSize(1));
    assertThat(processes.keySet()).as("exactly the nodes run that should\n" + what).isEqualTo(
        nodes.stream().filter(node -> UP.contains(node.status())).map(NodeRow::rootDir).collect(Collectors.toSet()));

    Set<Integer> removed = removed();
    Set<Integer> here = nodes.stream().map(NodeRow::id).collect(Collectors.toSet());
    assertThat(keys.keySet()).as("only nodes that were to be removed are gone\n" + what)
        .allSatisfy(id -> assertThat(here.contains(id) || removed.contains(id)).as("node " + id).isTrue());
    for (NodeRow node : nodes) {
      if (keys.containsKey(node.id()) && !removed.contains(node.id())) {
        assertThat(key(node)).as(node.service() + " kept its key\n" + what).isEqualTo(keys.get(node.id()));
      }
    }
  }

  private Set<Integer> removed() {
    return host.colony().rows("SELECT node_id FROM operation WHERE kind = 'REMOVE' AND outcome = 'DONE' AND id > " + lastOperation)
        .stream().map(row -> Integer.parseInt(row.get("node_id"))).collect(Collectors.toSet());
  }

  private static String key(NodeRow node) throws IOException {
    return Files.readString(node.rootDir().resolve("secret-key"), StandardCharsets.ISO_8859_1);
  }
}
