package dev.wnm.cli.bench;

import dev.wnm.testkit.fleet.FleetPlan;
import dev.wnm.testkit.fleet.FleetSimulator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures what grows with the number of nodes: cycle, survey and reports over fleets of simulated nodes, and the size of the
 * database. Prints the rows of the table "curves" of {@code docs/bench.md}, which says how to call it.
 *
 * <p>Arguments: the launcher; how many times each thing is measured (3 when left out); numbers of nodes (100, 1,000, 5,000 and
 * 10,000 when left out). Each node costs a file descriptor.
 */
public final class ScaleBench {
  private static final List<Integer> SIZES = List.of(100, 1_000, 5_000, 10_000);
  private static final Map<String, String[]> ORDERS = new LinkedHashMap<>();

  static {
    ORDERS.put("a cycle", new String[0]);
    ORDERS.put("a survey", new String[] {"--force_action", "survey"});
    ORDERS.put("`--report status`", new String[] {"--report", "status"});
    ORDERS.put("`--report node-status`", new String[] {"--report", "node-status"});
    ORDERS.put("`--report node-status-details`", new String[] {"--report", "node-status-details"});
  }

  private ScaleBench() {}

  public static void main(String[] words) throws IOException {
    Path launcher = Path.of(words[0]).toRealPath();
    int times = words.length > 1 ? Integer.parseInt(words[1]) : 3;
    List<Integer> sizes =
        words.length > 2 ? List.of(words).subList(2, words.length).stream().map(Integer::valueOf).toList() : SIZES;
    BenchFolder.use(folder -> {
      BenchHome warmUp = new BenchHome(launcher, folder.resolve("start"));
      warmUp.run("--version");
      BenchFolder.awaitArchive(folder);
      System.out.println("| nodes | what | processor | clock | resident |");
      System.out.println("|---|---|---|---|---|");
      for (int size : sizes) {
        measure(new BenchHome(launcher, folder.resolve("nodes " + size)), size, times);
      }
    });
  }

  private static void measure(BenchHome home, int size, int times) throws IOException {
    // The ports of nodes that have rows are not looked at: those of 10,000 are never all free.
    home.init(1);
    try (FleetSimulator fleet = FleetSimulator.start(new FleetPlan(BenchPorts.metrics(1), size, 0, 0, 0))) {
      home.pretend(size);
      home.run("--force_action", "survey", "--node_cap", Integer.toString(size));
      System.out.printf(Locale.ROOT, "| %,d | database after a survey | | | %.1f MB on disk |%n", size, home.databaseMegabytes());
      for (Map.Entry<String, String[]> order : ORDERS.entrySet()) {
        Figures figures = home.measure(times, order.getValue());
        System.out.printf(Locale.ROOT, "| %,d | %s | %.2f s | %.2f s | %.0f MB |%n", size, order.getKey(), figures.cpu(),
            figures.elapsed(), figures.megabytes());
      }
    }
  }
}
