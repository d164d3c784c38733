package dev.wnm.notify;

import dev.wnm.core.config.NotifyTarget;
import dev.wnm.core.model.BackOff;
import dev.wnm.core.model.Event;
import dev.wnm.core.model.Told;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Tells one of those who are to be told of one event after the other, by a thread of its own, which begins when there is something to
 * tell. What cannot be told is tried again, first soon, then less and less often, and given up in the end. Safe for many threads.
 */
final class Lane implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Lane.class.getName());
  /** So many events wait here at most; others stay in the database until these are told. */
  static final int MOST = 50;
  /** What nobody could be told for so long is of no use any more. */
  static final Duration GIVEN_UP_AFTER = Duration.ofHours(24);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  /** For a try that comes within this time, the end of a run is waited with. */
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration LOOK_AT_LEAST_EVERY = Duration.ofSeconds(1);

  private final NotifyTarget target;
  private final Set<Event.Kind> kinds;
  private final Function<Event, Message> messages;
  private final Couriers couriers;
  private final Duration limit;
  private final Clock clock;
  private final Deque<Event> waiting = new ArrayDeque<>();
  private Told told;
  private Optional<Thread> thread = Optional.empty();
  private boolean closed;

  /** @param told nobody knows yet; {@link #give} says */
  Lane(NotifyTarget target, Told told, Set<Event.Kind> kinds, Function<Event, Message> messages, Couriers couriers, Duration limit, Clock clock) {
    this.target = target;
    this.told = told;
    this.kinds = kinds;
    this.messages = messages;
    this.couriers = couriers;
    this.limit = limit;
    this.clock = clock;
  }

  /** How far it has come. */
  synchronized Told told() {
    return told;
  }

  /** What the database says of how far it has come: that counts where it is further, as when another run has told. */
  synchronized void stands(Told stored) {
    if (stored.event() > told.event() || thread.isEmpty()) {
      told = stored;
      waiting.removeIf(event -> event.number() <= told.event());
    }
  }

  /** What is to be told next, in order; what it has already is passed over. */
  synchronized void give(List<Event> events) {
    long last = waiting.isEmpty() ? told.event() : waiting.getLast().number();
    events.stream().filter(event -> event.number() > last).limit(MOST - waiting.size()).forEach(waiting::add);
    if (!waiting.isEmpty() && thread.isEmpty() && !closed) {
      Thread begun = new Thread(this::run, "wnm-notify");
      begun.setDaemon(true);
      begun.start();
      thread = Optional.of(begun);
    }
    notifyAll();
  }

  /** Waits until there is nothing more to be told now, or for so long. */
  synchronized void await(Duration most) throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    while (!isAtRest() && System.nanoTime() < end) {
      wait(Math.max(1, Math.min(LOOK_AT_LEAST_EVERY.toMillis(), Duration.ofNanos(end - System.nanoTime()).toMillis())));
    }
  }

  private boolean isAtRest() {
    return waiting.isEmpty() || told.retryAt().isAfter(clock.instant().plus(SOON));
  }

  @Override
  public void close() {
    Optional<Thread> running;
    synchronized (this) {
      closed = true;
      notifyAll();
      running = thread;
    }
    running.ifPresent(Thread::interrupt);
    try {
      if (running.isPresent()) {
        running.get().join(LOOK_AT_LEAST_EVERY.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      for (Optional<Event> next = next(); next.isPresent(); next = next()) {
        Event event = next.get();
        if (!kinds.contains(event.kind())) {
          over(event, told.passed(event.number()));
        } else if (isGivenUp(event)) {
          giveUp();
        } else {
          after(event, couriers.tell(target, messages.apply(event), limit));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | LinkageError | StackOverflowError defect) {
      LOG.log(System.Logger.Level.WARNING, "{0} is told nothing more by this run, by a defect of wnm: {1}", target.name(), defect.getClass().getName());
      LOG.log(System.Logger.Level.DEBUG, "in full", defect);
      synchronized (this) {
        waiting.clear();
        notifyAll();
      }
    }
  }

  /** The next event, when it is time for it; empty at the end. */
  private synchronized Optional<Event> next() throws InterruptedException {
    while (!closed && (waiting.isEmpty() || told.retryAt().isAfter(clock.instant()))) {
      wait(LOOK_AT_LEAST_EVERY.toMillis());
    }
    return closed ? Optional.empty() : Optional.of(waiting.getFirst());
  }

  private synchronized void over(Event event, Told now) {
    told = now;
    waiting.removeIf(each -> each.number() <= event.number());
    notifyAll();
  }

  private synchronized void after(Event event, Attempt attempt) {
    Instant now = clock.instant();
    switch (attempt.end()) {
      case TOLD -> {
        if (told.failures() > 0) {
          LOG.log(System.Logger.Level.INFO, "{0} is told of events again", target.name());
        }
        over(event, told.delivered(event.number()));
      }
      case REFUSED -> {
        LOG.log(System.Logger.Level.WARNING, "{0} does not take an event, which is given up ({1} so far): {2}", target.name(),
            Long.toString(told.lost() + 1), attempt.why());
        over(event, told.lost(event.number()));
      }
      case FAILED -> {
        LOG.log(told.failures() == 0 ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG,
            "{0} cannot be told of an event now: {1}; that is tried again until it is {2} old", target.name(), attempt.why(), "24 h");
        told = told.failed(retryAt(attempt, now));
        notifyAll();
      }
    }
  }

  private Instant retryAt(Attempt attempt, Instant now) {
    Instant next = told.failures() == 0 ? now.plus(FIRST_WAIT) : BackOff.after(told.failures() - 1, now);
    Instant wished = now.plus(attempt.pause());
    Instant latest = BackOff.latest(now);
    return next.isAfter(wished) ? next : wished.isAfter(latest) ? latest : wished;
  }

  private boolean isGivenUp(Event event) {
    return told().failures() > 0 && !event.at().plus(GIVEN_UP_AFTER).isAfter(clock.instant());
  }

  private synchronized void giveUp() {
    long before = told.lost();
    while (!waiting.isEmpty() && isGivenUp(waiting.getFirst())) {
      told = told.lost(waiting.removeFirst().number());
    }
    LOG.log(System.Logger.Level.WARNING, "{0} could not be told for 24 h: given up telling it of {1} events ({2} so far)", target.name(),
        Long.toString(told.lost() - before), Long.toString(told.lost()));
    notifyAll();
  }
}
