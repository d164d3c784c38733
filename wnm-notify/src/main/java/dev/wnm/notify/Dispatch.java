package dev.wnm.notify;

import dev.wnm.core.colony.Colony;
import dev.wnm.core.colony.Outbox;
import dev.wnm.core.config.NotifyTarget;
import dev.wnm.core.cycle.CycleReport;
import dev.wnm.core.model.Event;
import dev.wnm.core.model.Told;
import dev.wnm.core.watch.WatchAddOn;
import dev.wnm.spi.internal.Fingerprint;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Hands what is new after each cycle to those who tell of it, and has it remembered who was told. The thread of the cycles looks into the
 * database here and waits for nobody.
 */
final class Dispatch implements WatchAddOn.Running {
  private static final int KEY_BYTES = 8;
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);
  /** How long another wnm that is at work may keep it from being remembered who was told; then that is told again by the next run. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final List<NotifyTarget> targets;
  private final Set<Event.Kind> kinds;
  private final Couriers couriers;
  private final Limits limits;
  private final WatchAddOn.Host host;
  /** Those who tell, by the words for those whom they tell. */
  private final Map<String, Lane> lanes = new LinkedHashMap<>();
  /** What is remembered of them. */
  private final Map<String, Told> remembered = new LinkedHashMap<>();

  Dispatch(List<NotifyTarget> targets, Set<Event.Kind> kinds, Couriers couriers, Limits limits, WatchAddOn.Host host) {
    this.targets = targets;
    this.kinds = kinds;
    this.couriers = couriers;
    this.limits = limits;
    this.host = host;
  }

  @Override
  public void ends(Colony colony, CycleReport report) {
    if (!report.dryRun()) {
      dispatch(colony, Optional.of(report));
    }
  }

  @Override
  public void fails(Colony colony) {
    dispatch(colony, Optional.empty());
  }

  private void dispatch(Colony colony, Optional<CycleReport> report) {
    begin(colony.id().text());
    Outbox outbox = colony.outbox();
    outbox.remember(news().values());
    outbox.add(report, lanes.keySet());
    lanes.forEach((key, lane) -> {
      Told stored = outbox.told(key);
      remembered.put(key, stored);
      lane.stands(stored);
      lane.give(outbox.after(lane.told().event(), Lane.MOST));
    });
  }

  private void begin(String colony) {
    String machine = MachineName.get();
    for (NotifyTarget target : targets) {
      String key = Fingerprint.of(colony + " " + target.text(), KEY_BYTES);
      lanes.computeIfAbsent(key, word -> new Lane(target, Told.since(word, 0), kinds, event -> Message.of(event, machine, colony), couriers,
          limits.attempt(), host.tools().clock()));
    }
  }

  /** Who has come further than is remembered. */
  private Map<String, Told> news() {
    Map<String, Told> news = new LinkedHashMap<>();
    lanes.forEach((key, lane) -> {
      Told told = lane.told();
      if (remembered.containsKey(key) && !told.equals(remembered.get(key))) {
        news.put(key, told);
      }
    });
    return news;
  }

  @Override
  public void rests() {
    Map<String, Told> news = news();
    if (!news.isEmpty() && Outbox.remember(news.values(), host.sources(), host.tools())) {
      remembered.putAll(news);
    }
  }

  @Override
  public void close() {
    try {
      long end = System.nanoTime() + limits.end().toNanos();
      for (Lane lane : lanes.values()) {
        lane.await(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
      }
      lanes.values().forEach(Lane::close);
      rememberAtLast();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void rememberAtLast() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    rests();
    while (!news().isEmpty() && System.nanoTime() < end) {
      Thread.sleep(BETWEEN_TRIES.toMillis());
      rests();
    }
  }
}
