package dev.wnm.fleet.cli;

import dev.wnm.fleet.json.UnreadableException;
import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.HostStateJson;
import dev.wnm.fleet.model.Wish;
import dev.wnm.fleet.model.WishAnswer;
import dev.wnm.fleet.transport.AtOnce;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.transport.Received;
import dev.wnm.fleet.transport.Wishes;
import dev.wnm.fleet.view.HostRow;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Wishes the same of several hosts, and tells what became of it. */
final class Wishing {
  /** A wish is kept only when the server says so: to wait for one after the other would take most of the time. */
  private static final int AT_ONCE = 16;

  private final FleetContext context;
  private final Map<HostName, Long> waiting = new TreeMap<>();
  private final Map<HostName, Wished.Outcome> outcomes = new TreeMap<>();

  private Wishing(FleetContext context) {
    this.context = context;
  }

  /**
   * Wishes it, and waits for the answers.
   *
   * @param rows what is believed of hosts: who has refused a wish is asked once more, even where nothing changes
   * @param most how long to wait; who has not answered by then answers later
   */
  static Wished all(Collection<HostName> hosts, List<HostRow> rows, UnaryOperator<Wish> change, Duration most, OpenFleet fleet, FleetContext context)
      throws FleetException, IOException {
    Wishing wishing = new Wishing(context);
    Wishes wishes = new Wishes(fleet.link(), context.clock());
    Map<HostName, Long> since = rows.stream().filter(row -> row.state().filter(state -> state.answer().outcome() == WishAnswer.Outcome.REFUSED).isPresent())
        .collect(Collectors.toMap(HostRow::name, row -> row.state().orElseThrow().answer().generation() + 1));
    AtOnce.each(hosts, AT_ONCE, host -> wish(host, change, since.getOrDefault(host, 0L), wishes), wishing::begun);
    if (!wishing.waiting.isEmpty()) {
      wishing.await(fleet, most);
    }
    return new Wished(wishing.outcomes);
  }

  /** A wish that is kept, or why it is not. */
  private record Begun(long generation, Optional<String> trouble) {}

  private static Begun wish(HostName host, UnaryOperator<Wish> change, long since, Wishes wishes) {
    try {
      return new Begun(wishes.change(host, change, since).generation(), Optional.empty());
    } catch (FleetException e) {
      return new Begun(0, Optional.of(String.valueOf(e.getMessage())));
    }
  }

  private void begun(HostName host, Begun begun) {
    begun.trouble().ifPresentOrElse(trouble -> {
      context.warn(host + ": " + trouble);
      outcomes.put(host, new Wished.Outcome(Wished.Word.FAILED, begun.trouble()));
    }, () -> {
      waiting.put(host, begun.generation());
      outcomes.put(host, Wished.Outcome.WAITING);
    });
  }

  /** The latest state of each comes first, so that no answer is missed that came meanwhile. */
  private void await(OpenFleet fleet, Duration most) throws FleetException {
    long end = System.nanoTime() + most.toNanos();
    LinkedBlockingQueue<Received> heard = new LinkedBlockingQueue<>();
    AutoCloseable watching = fleet.link().watch(Set.copyOf(waiting.keySet()), heard::add);
    try {
      Received received = heard.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      while (received != null) {
        hear(received);
        received = waiting.isEmpty() ? null : heard.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FleetException("wnm is to end", e);
    } finally {
      end(watching);
    }
    List<String> silent = new ArrayList<>();
    waiting.keySet().forEach(host -> outcomes.getOrDefault(host, Wished.Outcome.WAITING).reason().ifPresentOrElse(
        reason -> context.say(host + ": not yet: " + reason + "; it tries again by itself"), () -> silent.add(host.text())));
    if (!silent.isEmpty()) {
      context.say("no answer yet, which comes as soon as they can be reached: " + String.join(", ", silent));
    }
  }

  private static void end(AutoCloseable watching) {
    try {
      watching.close();
    } catch (Exception gone) {
      // With the connection that it was of.
    }
  }

  private void hear(Received received) {
    Long generation = waiting.get(received.sender());
    answer(received, generation).ifPresent(answer -> {
      switch (answer.outcome()) {
        case APPLIED -> settle(received.sender(), Wished.Outcome.DONE, "done");
        case REFUSED -> settle(received.sender(), new Wished.Outcome(Wished.Word.REFUSED, Optional.of(answer.reason())), "refused: " + answer.reason());
        case PENDING -> outcomes.put(received.sender(), new Wished.Outcome(Wished.Word.WAITING, Optional.of(answer.reason())));
        case NONE -> outcomes.put(received.sender(), Wished.Outcome.WAITING);
      }
    });
  }

  private void settle(HostName host, Wished.Outcome outcome, String words) {
    waiting.remove(host);
    outcomes.put(host, outcome);
    context.say(host + ": " + words);
  }

  /** What became of the wish, as far as the host says; empty where that is not known, or was heard before. */
  private static Optional<WishAnswer> answer(Received received, @Nullable Long generation) {
    try {
      return generation == null ? Optional.empty() : Optional.of(HostStateJson.read(received.text()).answer())
          .filter(answer -> answer.generation() >= generation);
    } catch (UnreadableException odd) {
      return Optional.empty();
    }
  }
}
