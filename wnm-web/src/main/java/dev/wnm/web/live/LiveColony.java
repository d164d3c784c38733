package dev.wnm.web.live;

import dev.wnm.core.colony.Colony;
import dev.wnm.core.config.Options;
import dev.wnm.core.config.SettingsResolver;
import dev.wnm.core.cycle.CycleReport;
import dev.wnm.core.store.StoreException;
import dev.wnm.core.watch.WatchAddOn;
import dev.wnm.web.http.Refusal;
import dev.wnm.web.http.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The colony as readers see it. A {@link Snapshot} is taken after each cycle and order, and again when somebody asks and it is some seconds
 * old; by one thread, however many ask. It is read as any report is: beside the cycles, without the lock. Safe to use by several threads.
 */
public final class LiveColony implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LiveColony.class.getName());
  private static final Duration FRESH = Duration.ofSeconds(10);

  private final WatchAddOn.Host host;
  private final SettingsResolver resolver;
  private final CycleCounts counts = new CycleCounts();
  private final ExecutorService taker;
  private final AtomicBoolean isAsked = new AtomicBoolean();
  private final Consumer<Snapshot> told;
  private volatile Optional<Snapshot> latest = Optional.empty();
  private volatile Optional<String> trouble = Optional.empty();
  private long ids;

  /** @param told is told of each snapshot that was taken */
  public LiveColony(WatchAddOn.Host host, Consumer<Snapshot> told) {
    this.host = host;
    this.told = told;
    resolver = ordering(Map.of());
    taker = Executors.newSingleThreadExecutor(task -> {
      Thread thread = new Thread(task, "wnm-web-look");
      thread.setDaemon(true);
      return thread;
    });
  }

  /** What opens the colony with these settings, which count above all that is stored. @param texts values by option name */
  public SettingsResolver ordering(Map<String, String> texts) {
    Map<String, String> values = new HashMap<>(texts);
    values.put(Options.DBPATH.name(), host.sources().database().toString());
    if (host.sources().isDryRun()) {
      values.put(Options.DRY_RUN.name(), "true");
    }
    return SettingsResolver.ofProgram(host.sources().registry(), host.settings().platform(), values);
  }

  /** The watch that it goes along with. */
  public WatchAddOn.Host host() {
    return host;
  }

  /** What cycles did since this program began. */
  public CycleCounts.Numbers cycles() {
    return counts.numbers();
  }

  /** Why the latest snapshot is old; empty when it is not. */
  public Optional<String> trouble() {
    return trouble;
  }

  /**
   * The colony now: at most some seconds old, but for when {@link #trouble} says why.
   *
   * @throws Refusal when it was never seen
   */
  public Snapshot now() {
    Optional<Snapshot> known = latest;
    if (known.isEmpty()) {
      return first();
    }
    if (known.get().at().plus(FRESH).isBefore(host.tools().clock().instant())) {
      look();
    }
    return known.get();
  }

  /** A cycle is over. */
  public void over(CycleReport report) {
    counts.add(report, host.tools().clock().instant());
    look();
  }

  /** Takes another snapshot soon. */
  public void look() {
    if (isAsked.compareAndSet(false, true)) {
      try {
        taker.execute(this::take);
      } catch (RejectedExecutionException closed) {
        isAsked.set(false);
      }
    }
  }

  /**
   * Asks what is stored.
   *
   * @throws Refusal when it cannot be read now
   */
  public <T> T ask(Function<Colony, T> question) throws IOException {
    try (Colony colony = open()) {
      return question.apply(colony);
    }
  }

  /**
   * Opens it to read what is stored.
   *
   * @throws Refusal when it cannot be read now
   */
  public Colony open() {
    try {
      return Colony.openToRead(resolver, host.tools());
    } catch (StoreException e) {
      throw new Refusal(503, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    Threads.end(taker);
  }

  private synchronized Snapshot first() {
    if (latest.isEmpty()) {
      take();
    }
    return latest.orElseThrow(() -> new Refusal(503, trouble.orElse("the colony could not be read yet")));
  }

  private synchronized void take() {
    isAsked.set(false);
    try {
      Snapshot taken = ask(colony -> Snapshot.of(++ids, colony));
      latest = Optional.of(taken);
      trouble = Optional.empty();
      told.accept(taken);
    } catch (IOException | RuntimeException | LinkageError | StackOverflowError e) {
      trouble = Optional.of(String.valueOf(e.getMessage()));
      LOG.log(System.Logger.Level.DEBUG, "the colony cannot be looked at", e);
    }
  }
}
