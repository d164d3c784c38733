package dev.wnm.web.api;

import dev.wnm.core.colony.Colony;
import dev.wnm.core.colony.CycleLock;
import dev.wnm.core.colony.Dependencies;
import dev.wnm.core.config.Options;
import dev.wnm.core.cycle.ManualResult;
import dev.wnm.core.store.StoreException;
import dev.wnm.spi.config.BadInputException;
import dev.wnm.spi.manager.ManagerUnavailableException;
import dev.wnm.web.http.Answer;
import dev.wnm.web.http.EventStreams;
import dev.wnm.web.http.Refusal;
import dev.wnm.web.http.Request;
import dev.wnm.web.http.Routes;
import dev.wnm.web.http.Threads;
import dev.wnm.web.live.LiveColony;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Orders: done one after another, each as the command line would do it, with the lock of the colony, which is waited for while a cycle is
 * under way. How far they have come is told to all who listen: at their begin and end, and a few times a second in between.
 */
public final class OrderApi implements AutoCloseable {
  private static final int MOST_WAITING = 32;
  private static final int MOST_KEPT = 200;
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);
  private static final Duration BETWEEN_NEWS = Duration.ofMillis(400);
  /** How long the operation under way may take to come to its end when the program ends. */
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final String ENDING = "wnm ended before this was begun";

  private final LiveColony colony;
  private final EventStreams streams;
  private final ExecutorService worker;
  private final ScheduledExecutorService teller = Executors.newSingleThreadScheduledExecutor(daemon("wnm-web-progress"));
  private final Deque<PlacedOrder> orders = new ArrayDeque<>();
  private long ids;
  private volatile boolean isEnding;

  public OrderApi(LiveColony colony, EventStreams streams) {
    this.colony = colony;
    this.streams = streams;
    worker = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), daemon("wnm-web-orders"));
  }

  private static ThreadFactory daemon(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /** @param base the beginning of each path */
  public void addTo(Routes routes, String base) {
    routes.post(base + "/orders", request -> place(Wish.ofNodes(request.text()), request));
    routes.post(base + "/settings", request -> place(Wish.ofSettings(request.text()), request));
    routes.get(base + "/orders", request -> {
      request.allowOnly(Set.of());
      return Documents.answer(Documents.list(all(), PlacedOrder::json));
    });
    routes.get(base + "/orders/{id}", this::one);
  }

  private Answer one(Request request) {
    request.allowOnly(Set.of());
    return Documents.answer(all().stream().filter(order -> Long.toString(order.id()).equals(request.part("id"))).findFirst().map(PlacedOrder::json)
        .orElseThrow(() -> Refusal.notFound("there is no order of the number '" + request.part("id") + "'")));
  }

  /** Begins nothing more, and lets the operation under way come to its end, so that it is known and recorded what became of it. */
  @Override
  public void close() {
    isEnding = true;
    worker.shutdown();
    try {
      worker.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Threads.end(worker);
    teller.shutdownNow();
  }

  private Answer place(Wish wish, Request request) {
    String who = request.caller().orElseThrow(() -> new Refusal(401, "an order needs a token"));
    PlacedOrder placed = add(wish, who);
    try {
      worker.execute(() -> carryOut(wish, placed));
    } catch (RejectedExecutionException full) {
      String why = isEnding ? ENDING : "too many orders are waiting";
      change(placed.over(true, List.of(why), now()));
      throw new Refusal(503, why);
    }
    return Answer.accepted(placed.json().toString());
  }

  private void carryOut(Wish wish, PlacedOrder placed) {
    change(placed.running(Optional.empty()));
    LatestProgress progress = new LatestProgress();
    Future<?> telling = teller.scheduleWithFixedDelay(() -> change(placed.running(progress.now())), BETWEEN_NEWS.toMillis(),
        BETWEEN_NEWS.toMillis(), TimeUnit.MILLISECONDS);
    List<String> lines = new ArrayList<>();
    boolean failed = true;
    try {
      failed = carryOut(wish, placed.askedBy(), progress, lines);
    } catch (BadInputException | ManagerUnavailableException | StoreException | CycleLock.HeldException | IOException e) {
      lines.add(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      lines.add(ENDING);
    } catch (RuntimeException | LinkageError | StackOverflowError defect) {
      lines.add("this is a defect of wnm, please report it: " + defect);
    }
    telling.cancel(false);
    change(placed.running(progress.now()).over(failed, lines, now()));
    colony.look();
  }

  /** @return whether something was not done */
  private boolean carryOut(Wish wish, String who, LatestProgress progress, List<String> lines)
      throws IOException, ManagerUnavailableException, CycleLock.HeldException, InterruptedException {
    Map<String, String> settings = new HashMap<>(wish.settings());
    if (wish.dryRun()) {
      settings.put(Options.DRY_RUN.name(), "true");
    }
    try (Colony open = open(settings, progress)) {
      open.actFor("web:" + who);
      if (wish.order().isEmpty()) {
        lines.add(open.changes().isEmpty() ? "nothing was to be changed" : "stored " + open.changes());
        return false;
      }
      ManualResult result = open.force(wish.order().get());
      lines.addAll(result.lines());
      return result.failed();
    }
  }

  private Colony open(Map<String, String> settings, LatestProgress progress)
      throws IOException, ManagerUnavailableException, CycleLock.HeldException, InterruptedException {
    Dependencies tools = colony.host().tools();
    Dependencies watched = tools.watchedBy(tools.work().and(progress), () -> !isEnding && tools.goesOn().getAsBoolean());
    long begin = System.nanoTime();
    while (!isEnding) {
      try {
        return Colony.open(colony.ordering(settings), watched);
      } catch (CycleLock.HeldException busy) {
        if (System.nanoTime() - begin > PATIENCE.toNanos()) {
          throw busy;
        }
        Thread.sleep(BETWEEN_TRIES.toMillis());
      }
    }
    throw new IOException(ENDING);
  }

  private synchronized PlacedOrder add(Wish wish, String who) {
    PlacedOrder placed = new PlacedOrder(++ids, wish.words(), who, now(), PlacedOrder.State.WAITING, Optional.empty(), List.of(), Optional.empty());
    orders.addFirst(placed);
    if (orders.size() > MOST_KEPT) {
      orders.removeLast();
    }
    return placed;
  }

  /** Tells of it where there is something new; of one that is over there never is. */
  private synchronized void change(PlacedOrder changed) {
    boolean isNews = orders.stream().anyMatch(order -> order.id() == changed.id() && order.ended().isEmpty() && !order.equals(changed));
    if (isNews) {
      List<PlacedOrder> others = orders.stream().map(order -> order.id() == changed.id() ? changed : order).toList();
      orders.clear();
      orders.addAll(others);
      streams.send(new EventStreams.Event("order", "", changed.json().toString()));
    }
  }

  private synchronized List<PlacedOrder> all() {
    return List.copyOf(orders);
  }

  private Instant now() {
    return colony.host().tools().clock().instant();
  }
}
