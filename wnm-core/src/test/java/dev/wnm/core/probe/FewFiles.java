package dev.wnm.core.probe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Probes the ports given as arguments and prints how many answered: run in a process of its own, with limits of its own. */
final class FewFiles {
  private FewFiles() {}

  public static void main(String[] ports) {
    List<ProbeTarget> targets = new ArrayList<>();
    for (String port : ports) {
      targets.add(new ProbeTarget(targets.size() + 1, "127.0.0.1", Integer.parseInt(port)));
    }
    long answered = new NodeProber().probe(targets, Duration.ZERO).values().stream()
        .filter(ProbeResult.Answered.class::isInstance).count();
    System.out.println(answered + " answered");
  }
}
