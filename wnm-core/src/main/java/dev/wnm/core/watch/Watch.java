package dev.wnm.core.watch;

import dev.wnm.core.colony.Colony;
import dev.wnm.core.colony.CycleLock;
import dev.wnm.core.colony.Dependencies;
import dev.wnm.core.colony.NodeEnds;
import dev.wnm.core.config.SettingsResolver;
import dev.wnm.core.cycle.CycleReport;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import dev.wnm.core.probe.NodeProber;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.internal.Known;
import dev.wnm.spi.manager.ManagerUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/**
 * Runs cycle after cycle until it is ended, and watches the machine and the nodes in between. A cycle begins when the interval is
 * over, when somebody asks for it, when the machine has come under pressure that lasts ({@link Course}), and when a node's process
 * has ended. What was seen in between is only why a cycle begins: that one looks for itself before it does anything.
 *
 * <p>Each cycle has the settings of its time. The lock and the database are free between two cycles. A cycle that cannot be run is
 * tried again ({@link Rounds}). {@link #run} keeps one thread busy, and one more that asks nodes how they are; the other methods may
 * be called by any.
 */
@API(status = API.Status.STABLE)
public final class Watch {
  private static final System.Logger LOG = System.getLogger(Watch.class.getName());
  /** Between two looks at the nodes' processes. */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
  /** The least time between the end of a cycle and one that begins for what was seen. */
  private static final Duration LEAST_PAUSE = Duration.ofSeconds(5);
  /** And so many times what the last one took: nodes that die all the time do not make us run all the time. */
  private static final int REST = 5;

  private final Supplier<SettingsResolver> sources;
  private final Dependencies tools;
  private final Listener listener;
  private final Ticks ticks;
  private final Rounds rounds;
  private final CourseMeter meter;
  private final SpreadProber prober;
  private final ProcessWatch processes;
  private final NodeEnds ends = new NodeEnds();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean ending;
  private volatile boolean wanted;
  /** What the last cycle went by that could store its settings. */
  private Optional<SettingsResolver> stored = Optional.empty();
  /** The processes of nodes that run, by the nodes' numbers. */
  private Map<Integer, Long> running = Map.of();
  /** When the last cycle was over. */
  private long over;
  /** Whether it was no cycle, since another wnm was at work. */
  private boolean isPutOff;
  /** Nodes whose processes have ended, for the next cycle. */
  private final Set<Integer> gone = new HashSet<>();

  /** When a cycle begins. */
  private enum Begin {
    DUE, EARLY, NEVER
  }

  /** Is told of cycles, by the thread that runs them. */
  @API(status = API.Status.STABLE)
  public interface Listener {
    /** A cycle begins. @param colony is open until the cycle is over */
    default void begins(Colony colony) {}

    /** A cycle is over. @param colony is still open */
    default void ends(Colony colony, CycleReport report) {}

    /** A cycle cannot be run, since the process manager cannot work here. @param colony is still open */
    default void fails(Colony colony) {}

    /** Time passes between two cycles: called every few seconds, while neither lock nor database is held. Has to return at once. */
    default void rests() {}

    /** Cycles run again after some that could not. @param line a sentence */
    default void recovers(String line) {}
  }

  /**
   * Runs nothing yet.
   *
   * @param interval from the end of a cycle to the next, a second or more
   * @param sources reads the settings of now, for each cycle
   * @param tools what cycles work with
   */
  public Watch(Duration interval, Supplier<SettingsResolver> sources, Dependencies tools, Listener listener) {
    this(interval, sources, tools, listener, Ticks.ofThisMachine(tools.clock()), ProcessTable.ofThisSystem());
  }

  Watch(Duration interval, Supplier<SettingsResolver> sources, Dependencies tools, Listener listener, Ticks ticks, ProcessTable table) {
    this.sources = sources;
    this.listener = listener;
    this.ticks = ticks;
    rounds = new Rounds(interval, listener::recovers);
    meter = new CourseMeter(tools.meter(), ticks);
    prober = new SpreadProber(new NodeProber(), interval, ticks);
    processes = new ProcessWatch(table);
    this.tools = new Dependencies(new WarmManagers(tools.managers()), tools.runner(), tools.firewall(), meter, tools.platform(),
        tools.clock(), tools.pause(), tools.progress(), prober, tools.work(), () -> !ending && tools.goesOn().getAsBoolean());
  }

  /**
   * Runs cycles until {@link #end}.
   *
   * @throws BadInputException when that is wrong before any cycle has run
   */
  public void run() {
    try {
      Timeline timeline = new Timeline(ticks);
      Begin begin = Begin.DUE;
      while (begin != Begin.NEVER) {
        boolean hurries = begin == Begin.EARLY;
        long since = ticks.now();
        rounds.run(() -> cycle(hurries));
        over = isPutOff ? over : ticks.now();
        Duration rest = ticks.since(since).multipliedBy(REST);
        timeline.trouble(Duration.ofNanos(Long.MAX_VALUE)).ifPresent(this::forget); // a cycle may take as long as it likes
        begin = next(timeline, rest.compareTo(LEAST_PAUSE) < 0 ? LEAST_PAUSE : rest);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      prober.close();
      ends.close();
      ended.countDown();
    }
  }

  /** Starts a cycle as soon as none is under way, with the settings of then. */
  public void cycleNow() {
    wanted = true;
    ticks.wake();
  }

  /** Begins no further cycle, and in the one that is under way no further operation. */
  public void end() {
    ending = true;
    ticks.wake();
  }

  /**
   * Waits until the cycle under way is over after an {@link #end}.
   *
   * @return whether it is; if not, the program may end all the same: the journal says what was under way, and the next cycle settles
   *     it
   */
  public boolean awaitEnd(Duration most) throws InterruptedException {
    return ended.await(most.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** A cycle that hurries, for what was seen, leaves that to a later one where another wnm is at work. */
  private void cycle(boolean hurries) throws IOException, CycleLock.HeldException, ManagerUnavailableException {
    isPutOff = false;
    try {
      cycle();
    } catch (CycleLock.HeldException busy) {
      isPutOff = hurries;
      if (!hurries) {
        throw busy;
      }
    }
  }

  private void cycle() throws IOException, CycleLock.HeldException, ManagerUnavailableException {
    SettingsResolver read = sources.get();
    SettingsResolver now = stored.map(read::after).orElse(read);
    try (Colony colony = Colony.open(now, tools)) {
      stored = now.isDryRun() ? Optional.empty() : Optional.of(now);
      meter.compareWith(colony.settings().decisionLimits());
      listener.begins(colony);
      CycleReport report = run(colony);
      gone.clear();
      attend(colony, report.nodes());
      listener.ends(colony, report);
    }
  }

  private CycleReport run(Colony colony) throws ManagerUnavailableException {
    try {
      return colony.cycle(Set.copyOf(gone));
    } catch (ManagerUnavailableException e) {
      listener.fails(colony);
      throw e;
    }
  }

  /** Nodes that run are seen to end by their processes, where these can be seen here, and else by their back ends. */
  private void attend(Colony colony, List<Node> nodes) {
    Map<Boolean, List<Node>> bySight = nodes.stream()
        .filter(node -> node.status() == NodeStatus.RUNNING || node.status() == NodeStatus.RESTARTING)
        .collect(Collectors.partitioningBy(node -> node.containerId().isEmpty() && node.health().pid().isPresent()));
    running = Known.of(bySight, true).stream().collect(Collectors.toMap(Node::id, node -> node.health().pid().getAsLong()));
    processes.ended(running);
    colony.lookOut(ends, Known.of(bySight, false));
    ends.ended();
  }

  /** Waits for the next cycle. @param leastPause before one that begins for what was seen */
  private Begin next(Timeline timeline, Duration leastPause) throws InterruptedException {
    long begin = ticks.now();
    boolean urgent = false;
    while (!ending && !wanted && ticks.since(over).compareTo(rounds.pause()) < 0) {
      Duration wait = rounds.pause().minus(ticks.since(over));
      Duration rest = wait.compareTo(LOOK_EVERY) < 0 ? wait : LOOK_EVERY;
      ticks.await(rest);
      listener.rests();
      timeline.trouble(rest).ifPresent(this::forget);
      urgent |= !ending && !wanted && !rounds.areInTrouble() && isUrgent();
      if (urgent && ticks.since(begin).compareTo(leastPause) >= 0) {
        return Begin.EARLY;
      }
    }
    wanted = false;
    return ending ? Begin.NEVER : Begin.DUE;
  }

  /** Whether something was seen for which a cycle is to begin. */
  private boolean isUrgent() {
    gone.addAll(processes.ended(running));
    gone.addAll(ends.ended());
    return meter.isDue() && isUnderNewPressure() || !gone.isEmpty();
  }

  private boolean isUnderNewPressure() {
    Set<Figure> begun = meter.sample();
    if (!begun.isEmpty()) {
      LOG.log(System.Logger.Level.INFO, "{0} above the limit for {1} s: a cycle begins",
          begun.stream().map(Figure::words).collect(Collectors.joining(", ")), Course.SUSTAINED.toSeconds());
    }
    return !begun.isEmpty();
  }

  private void forget(String why) {
    LOG.log(System.Logger.Level.INFO, "what was seen of machine and nodes before is forgotten: {0}", why);
    meter.forget();
    prober.forget();
  }
}
