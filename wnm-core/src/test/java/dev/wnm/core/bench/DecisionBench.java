package dev.wnm.core.bench;

import dev.wnm.core.decision.DecisionEngine;
import dev.wnm.core.decision.DecisionInput;
import dev.wnm.core.decision.Situation;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Locale;

/**
 * Measures decisions per second of processor time on one core, so that other work on the machine matters less. Run from the project's root:
 *
 * <pre>{@code
 * mvn -q -pl wnm-core test-compile
 * java -cp wnm-core/target/classes:wnm-core/target/test-classes dev.wnm.core.bench.DecisionBench
 * }</pre>
 */
public final class DecisionBench {
  private static final int DECISIONS_PER_ROUND = 2_000_000;
  private static final int ROUNDS = 6;

  private DecisionBench() {}

  public static void main(String[] args) {
    List<DecisionInput> inputs = List.of(
        new Situation().running(20).input(),
        new Situation().running(15).stopped(2).input(),
        new Situation().running(15).cpu(81.5).input(),
        new Situation().running(15).disk(92.5).input(),
        new Situation().running(22).input(),
        new Situation().running(15).outdated(15).input(),
        new Situation().running(15).input(),
        new Situation().running(20).cpu(60).input());
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (int round = 1; round <= ROUNDS; round++) {
      long planned = 0;
      long start = threads.getCurrentThreadCpuTime();
      for (int i = 0; i < DECISIONS_PER_ROUND; i++) {
        planned += DecisionEngine.decide(inputs.get(i % inputs.size())).actions().get(0).count();
      }
      double seconds = (threads.getCurrentThreadCpuTime() - start) / 1e9;
      System.out.printf(Locale.ROOT, "round %d: %,.0f decisions/s (%d actions planned)%n",
          round, DECISIONS_PER_ROUND / seconds, planned);
    }
  }
}
