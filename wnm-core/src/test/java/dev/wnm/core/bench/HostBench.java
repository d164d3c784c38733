package dev.wnm.core.bench;

import dev.wnm.core.host.HostMeter;
import dev.wnm.core.host.Measurement;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What measuring this machine costs, the pauses of its samples left out. The first look is the cold one, as in a cycle from
 * cron.
 */
public final class HostBench {
  private static final int LOOKS = 5;

  private HostBench() {}

  public static void main(String[] arguments) {
    long start = System.nanoTime();
    HostMeter meter = HostMeter.ofThisMachine(Clock.systemUTC(), pause -> { });
    for (int look = 1; look <= LOOKS; look++) {
      Measurement measurement = meter.measure(List.of(Path.of("/")), Set.of(), Optional.empty());
      System.out.println("look " + look + ": " + (System.nanoTime() - start) / 1_000 + " µs");
      if (look == LOOKS) {
        System.out.println(measurement);
      }
      start = System.nanoTime();
    }
  }
}
