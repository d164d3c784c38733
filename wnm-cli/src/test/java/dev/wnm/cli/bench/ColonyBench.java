package dev.wnm.cli.bench;

import dev.wnm.testkit.fleet.FleetPlan;
import dev.wnm.testkit.fleet.FleetSimulator;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Measures the launcher of an unpacked distribution: its start, cycles and surveys of simulated nodes, and a fleet of
 * stand-ins that really run under setsid. How to call it: {@code docs/bench.md}.
 *
 * <p>Arguments: the launcher; how many times each thing is measured (5 when left out). All is done in a throw-away folder.
 */
public final class ColonyBench {
  private static final int STAND_INS = 200;

  private final Path launcher;
  private final int times;
  private final Path folder;

  private ColonyBench(Path launcher, int times, Path folder) {
    this.launcher = launcher;
    this.times = times;
    this.folder = folder;
  }

  public static void main(String[] words) throws IOException {
    Path launcher = Path.of(words[0]).toRealPath();
    int times = words.length > 1 ? Integer.parseInt(words[1]) : 5;
    BenchFolder.use(folder -> new ColonyBench(launcher, times, folder).run());
  }

  private void run() throws IOException {
    start();
    simulated("1 node", 1, 0);
    simulated("1,000 nodes", 1_000, 0);
    simulated("1,000 nodes, 100 of them hanging", 1_000, 100);
    simulated("5,000 nodes", 5_000, 0);
    standIns();
  }

  private void start() throws IOException {
    BenchHome home = new BenchHome(launcher, folder.resolve("start"));
    System.out.println("first run ever: " + home.run("--version"));
    BenchFolder.awaitArchive(folder);
    measure("--version", home, "--version");
    measure("--help", home, "--help");
  }

  private void simulated(String name, int count, int hanging) throws IOException {
    BenchHome home = new BenchHome(launcher, folder.resolve("simulated " + count + " " + hanging));
    home.init(count);
    FleetPlan plan = new FleetPlan(BenchPorts.metrics(1), count, hanging, 0, 0);
    try (FleetSimulator fleet = FleetSimulator.start(plan)) {
      home.pretend(count);
      if (hanging == 0) {
        measure("cycle, " + name, home);
      }
      measure("survey, " + name, home, "--force_action", "survey");
    }
  }

  private void standIns() throws IOException {
    BenchHome home = new BenchHome(launcher, folder.resolve("stand-ins"));
    home.init(STAND_INS);
    try {
      print("adding " + STAND_INS + " stand-in nodes",
          home.run("--force_action", "add", "--count", Integer.toString(STAND_INS), "--delay_start", "1"));
      measure("cycle, " + STAND_INS + " stand-in nodes", home);
      measure("survey, " + STAND_INS + " stand-in nodes", home, "--force_action", "survey");
    } finally {
      print("teardown of " + STAND_INS + " stand-in nodes", home.run("--force_action", "teardown", "--confirm"));
    }
  }

  private void measure(String name, BenchHome home, String... words) throws IOException {
    print(name, home.measure(times, words));
  }

  private static void print(String name, Figures figures) {
    System.out.println(name + ": " + figures + "  (" + figures.lastLine() + ")");
  }
}
