package dev.wnm.core.watch;

import dev.wnm.core.probe.NodeProber;
import dev.wnm.core.probe.ProbeResult;
import dev.wnm.core.probe.ProbeTarget;
import dev.wnm.core.probe.Prober;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks each node once per interval, evenly spread, in a thread of its own, and tells a survey what it heard. Whoever is asked for
 * now is asked now. A node that hangs costs one connection that waits, and delays nobody.
 *
 * <p>A survey is told of an answer as often as it asks within the interval. That a node did not answer is told once: as often as
 * it was tried, since it counts as a missed probe each time.
 */
final class SpreadProber implements Prober, AutoCloseable {
  /** Where cycles are nearer to each other, there is nothing to spread. */
  static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(10);
  private static final System.Logger LOG = System.getLogger(SpreadProber.class.getName());
  /** For all that is asked of one node, with some room: what was heard may have been asked for so long before. */
  private static final Duration LONGEST_TALK = Duration.ofSeconds(6);

  private final NodeProber prober;
  private final Duration interval;
  private final Ticks ticks;
  private final Map<ProbeTarget, Heard> heard = new ConcurrentHashMap<>();
  private final Thread thread = new Thread(this::askAround, "wnm-prober");
  private List<ProbeTarget> targets = List.of();
  private boolean started;
  private boolean closed;
  /** Goes up when what was heard became worthless: what is heard by a look that began before is so, too. */
  private volatile int epoch;

  /** @param tick when it was heard @param at the same by the clock */
  private record Heard(ProbeResult result, long tick, Instant at, int epoch) {}

  SpreadProber(NodeProber prober, Duration interval, Ticks ticks) {
    this.prober = prober;
    this.interval = interval;
    this.ticks = ticks;
    thread.setDaemon(true);
  }

  @Override
  public Map<Integer, ProbeResult> probe(List<ProbeTarget> asked, Duration pauseBetween) {
    return prober.probe(asked, pauseBetween);
  }

  @Override
  public Map<Integer, ProbeResult> survey(List<ProbeTarget> asked, Map<Integer, Instant> since, Duration pauseBetween) {
    Map<Integer, ProbeResult> results = new LinkedHashMap<>();
    List<ProbeTarget> unheard = new ArrayList<>();
    for (ProbeTarget target : asked) {
      Heard last = heard.get(target);
      if (last != null && isOf(last, since.getOrDefault(target.id(), Instant.MAX))) {
        results.put(target.id(), last.result());
        if (!(last.result() instanceof ProbeResult.Answered)) {
          heard.remove(target, last);
        }
      } else {
        results.put(target.id(), new ProbeResult.NoAnswer("")); // keeps the order
        unheard.add(target);
      }
    }
    int began = epoch;
    results.putAll(prober.probe(unheard, pauseBetween, (target, result) -> {
      if (result instanceof ProbeResult.Answered) {
        keep(target, result, began);
      }
    }));
    attend(asked);
    return results;
  }

  /** Whether it says something of a node that is what it is since then. */
  private boolean isOf(Heard last, Instant since) {
    return last.epoch() == epoch && ticks.since(last.tick()).compareTo(interval.plus(interval.dividedBy(10))) <= 0
        && last.at().minus(LONGEST_TALK).isAfter(since);
  }

  /** From now on these are asked. */
  private synchronized void attend(List<ProbeTarget> asked) {
    targets = List.copyOf(asked);
    heard.keySet().retainAll(Set.copyOf(asked));
    if (!started && !closed && interval.compareTo(SHORTEST_INTERVAL) >= 0) {
      started = true;
      thread.start();
    }
    notifyAll();
  }

  /** Forgets what was heard: the next survey asks all. */
  synchronized void forget() {
    epoch++;
    heard.clear();
  }

  private void keep(ProbeTarget target, ProbeResult result, int began) {
    heard.put(target, new Heard(result, ticks.now(), ticks.time(), began));
  }

  private void askAround() {
    try {
      while (true) {
        long begin = ticks.now();
        List<ProbeTarget> now = next();
        int began = epoch;
        try {
          // A little faster than need be, so that who hangs last has had his time when the next round begins.
          prober.probe(now, interval.multipliedBy(8).dividedBy(10L * now.size()), (target, result) -> keep(target, result, began));
        } catch (UncheckedIOException e) {
          LOG.log(System.Logger.Level.DEBUG, "the cycle asks", e);
        }
        await(interval.minus(ticks.since(begin)));
      }
    } catch (InterruptedException closedNow) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized List<ProbeTarget> next() throws InterruptedException {
    while (targets.isEmpty()) {
      wait();
    }
    return targets;
  }

  private static void await(Duration rest) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (!rest.isNegative()) {
      Thread.sleep(rest.toMillis());
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    thread.interrupt();
  }
}
