package dev.wnm.cli.bench;

import dev.wnm.core.colony.Colony;
import dev.wnm.core.colony.CycleLock;
import dev.wnm.core.colony.Dependencies;
import dev.wnm.core.colony.Initializer;
import dev.wnm.core.colony.InstalledOptions;
import dev.wnm.core.colony.OwnProcess;
import dev.wnm.core.config.Platform;
import dev.wnm.core.config.SettingsResolver;
import dev.wnm.core.cycle.CycleReport;
import dev.wnm.core.watch.Watch;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.spi.manager.OperatingSystem;
import dev.wnm.spi.manager.Progress;
import dev.wnm.testkit.antnode.StandInAntnode;
import dev.wnm.testkit.fleet.FleetPlan;
import dev.wnm.testkit.fleet.FleetSimulator;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Measures a watch over simulated nodes, in a JVM of its own that is started as the launcher starts one: how long a warm cycle
 * works, what the time between two costs, and whether anything grows. How to call it: {@code docs/bench.md}.
 *
 * <p>Arguments: nodes, how many of them hang, cycles, milliseconds between two cycles, after how many cycles a line is printed.
 * All is done in a throw-away folder.
 */
public final class WatchBench {
  private static final List<String> JAVA = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xms16m", "-Xmx512m",
      "-Xss512k", "-Djava.util.logging.config.file=/dev/null");

  private WatchBench() {}

  public static void main(String[] words) throws Exception {
    if (words[0].equals("run")) {
      watch(Path.of(words[1]), Integer.parseInt(words[2]), Duration.ofMillis(Long.parseLong(words[3])), Integer.parseInt(words[4]));
      return;
    }
    int nodes = Integer.parseInt(words[0]);
    BenchFolder.use(folder -> serve(folder.resolve("home"), nodes, List.of(words)));
  }

  private static void serve(Path home, int nodes, List<String> words) throws IOException {
    StandInAntnode.installInto(home.resolve(".local/bin"));
    setUp(home, nodes);
    BenchHome.pretend(home, nodes);
    try (FleetSimulator fleet = FleetSimulator.start(new FleetPlan(BenchPorts.metrics(1), nodes, Integer.parseInt(words.get(1)), 0, 0))) {
      List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
      command.addAll(JAVA);
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), WatchBench.class.getName(), "run", home.toString(), words.get(2),
          words.get(3), words.get(4)));
      Process process = new ProcessBuilder(command).inheritIO().start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void setUp(Path home, int nodes) throws IOException {
    try {
      new Initializer(sources(home, BenchHome.initWords(nodes)).get(), tools(home)).run();
    } catch (ManagerUnavailableException | CycleLock.HeldException e) {
      throw new IOException(e);
    }
  }

  private static Supplier<SettingsResolver> sources(Path home, List<String> words) {
    Platform platform = platform(home);
    return () -> SettingsResolver.read(InstalledOptions.find(platform, words), platform, words);
  }

  private static Platform platform(Path home) {
    return new Platform(OperatingSystem.LINUX, home, System.getProperty("user.name"), System.getProperty("user.name").equals("root"), Runtime.getRuntime().availableProcessors(),
        Map.of("PATH", "/usr/local/bin:/usr/bin:/bin", "WNM_FIREWALL_DISABLED", "1"), home);
  }

  private static Dependencies tools(Path home) {
    return Dependencies.ofThisMachine(platform(home), Progress.SILENT);
  }

  private static void watch(Path home, int cycles, Duration interval, int every) {
    OwnProcess.prepare();
    AtomicReference<Watch> watch = new AtomicReference<>();
    Points points = new Points(every);
    Supplier<SettingsResolver> sources = sources(home, List.of());
    watch.set(new Watch(interval, () -> {
      points.cycleBegins();
      return sources.get();
    }, tools(home), new Watch.Listener() {
      @Override
      public void ends(Colony colony, CycleReport report) {
        if (points.cycleEnds(report) == cycles) {
          watch.get().end();
        }
      }
    }));
    watch.get().run();
  }

  /** Gathers figures and prints them now and then. */
  private static final class Points {
    private final int every;
    private final AtomicInteger cycles = new AtomicInteger();
    private long began;
    private long cpuAtBegin;
    private long cpuAtEnd = cpu();
    private long endedAt = System.nanoTime();
    private long worked;
    private long workedCpu;
    private long between;
    private long betweenCpu;

    Points(int every) {
      this.every = every;
    }

    void cycleBegins() {
      began = System.nanoTime();
      cpuAtBegin = cpu();
      between += began - endedAt;
      betweenCpu += cpuAtBegin - cpuAtEnd;
    }

    int cycleEnds(CycleReport report) {
      endedAt = System.nanoTime();
      cpuAtEnd = cpu();
      worked += endedAt - began;
      workedCpu += cpuAtEnd - cpuAtBegin;
      int count = cycles.incrementAndGet();
      if (count % every == 0 || count == 1) {
        print(count, count == 1 ? 1 : every, report);
        worked = 0;
        workedCpu = 0;
        between = 0;
        betweenCpu = 0;
      }
      return count;
    }

    private void print(int count, int since, CycleReport report) {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      System.out.printf(Locale.ROOT, "cycle %d: each %.3f s, %.3f s of processor time; %.1f %% of a processor in between; %s resident, heap %.1f MB,"
              + " %d threads, %d files open, %d classes  (%s)%n", count, worked / 1e9 / since, workedCpu / 1e9 / since,
          between == 0 ? 0 : 100.0 * betweenCpu / between, resident(), (runtime.totalMemory() - runtime.freeMemory()) / 1e6,
          ManagementFactory.getThreadMXBean().getThreadCount(), files(),
          ManagementFactory.getClassLoadingMXBean().getLoadedClassCount(), report.summary());
      cpuAtEnd = cpu();
      endedAt = System.nanoTime();
    }

    private static long cpu() {
      return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static String resident() {
      try {
        return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmRSS"))
            .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024 + " MB").findFirst().orElse("?");
      } catch (IOException e) {
        return "?";
      }
    }

    private static int files() {
      String[] names = Path.of("/proc/self/fd").toFile().list();
      return names == null ? -1 : names.length;
    }
  }
}
