package dev.wnm.core.bench;

import dev.wnm.core.probe.NodeProber;
import dev.wnm.core.probe.ProbeResult;
import dev.wnm.core.probe.ProbeTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How long a survey takes of nodes that something else serves on 127.0.0.1, such as the test kit's fleet simulator. The
 * first run is the cold one, as in a cycle from cron.
 *
 * <p>Arguments: first metrics port, number of nodes, number of runs (1 when left out).
 */
public final class SurveyBench {
  private SurveyBench() {}

  public static void main(String[] arguments) throws IOException {
    int firstPort = Integer.parseInt(arguments[0]);
    int count = Integer.parseInt(arguments[1]);
    int runs = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1;
    List<ProbeTarget> targets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      targets.add(new ProbeTarget(i + 1, "127.0.0.1", firstPort + i));
    }
    for (int run = 1; run <= runs; run++) {
      long before = System.nanoTime();
      var results = new NodeProber().probe(targets, Duration.ZERO);
      long millis = (System.nanoTime() - before) / 1_000_000;
      var kinds = results.values().stream()
          .collect(Collectors.groupingBy(result -> result.getClass().getSimpleName(), TreeMap::new, Collectors.counting()));
      System.out.println("survey of " + count + " nodes, run " + run + ": " + millis + " ms, " + kinds);
      results.values().stream().filter(result -> !(result instanceof ProbeResult.Answered)).findFirst()
          .ifPresent(result -> System.out.println("  first failure: " + result));
    }
    Path status = Path.of("/proc/self/status");
    if (Files.exists(status)) {
      Files.readAllLines(status).stream().filter(line -> line.startsWith("VmHWM")).forEach(System.out::println);
    }
  }
}
