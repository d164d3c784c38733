package dev.wnm.testkit;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * How slow this machine is while it does something else as well, next to one that idles: limits that were chosen on an idle
 * machine are to be stretched by it.
 */
public final class Pace {
  /** What starting a small program and waiting for its end takes on an idle machine, generously. */
  private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final int TRIES = 5;
  /** What is that slow does not go on at all. */
  private static final double MOST = 10;

  private static final double AT_THE_START = now();

  private Pace() {}

  /** A limit of an idle machine, as this machine needed it when this was first asked in this JVM; never less. */
  public static Duration stretched(Duration ofAnIdleMachine) {
    return times(ofAnIdleMachine, AT_THE_START);
  }

  /**
   * The same for how slow it is at this moment, by how many want each processor as well: a small program gets its turn at once where one
   * that computes for a second, such as any start of Java, has to share. Takes some milliseconds, and more on a busy machine.
   */
  static Duration stretchedNow(Duration ofAnIdleMachine) {
    return times(ofAnIdleMachine, Math.min(MOST, Math.max(wanting(), Math.max(AT_THE_START, now()))));
  }

  private static Duration times(Duration duration, double factor) {
    return Duration.ofNanos((long) (duration.toNanos() * factor));
  }

  /** By the slowest of some: a wait is for the worst, not for the usual. */
  private static double now() {
    long slowest = LongStream.range(0, TRIES).map(i -> oneProgram()).max().orElse(0);
    return Math.min(MOST, Math.max(1, (double) slowest / IDLE_NANOS));
  }

  /** Over the last minute; negative where the system does not tell. */
  private static double wanting() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage() / Runtime.getRuntime().availableProcessors();
  }

  private static long oneProgram() {
    long begin = System.nanoTime();
    try {
      new ProcessBuilder("true").start().waitFor();
    } catch (IOException e) {
      throw new IllegalStateException("cannot run the program 'true', which each POSIX system has", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return System.nanoTime() - begin;
  }
}
