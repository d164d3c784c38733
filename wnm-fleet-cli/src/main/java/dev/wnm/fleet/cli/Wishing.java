package dev.wnm.fleet.cli;

import dev.wnm.fleet.json.UnreadableException;
import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.HostStateJson;
import dev.wnm.fleet.model.Wish;
import dev.wnm.fleet.model.WishAnswer;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.transport.OperatorLink;
import dev.wnm.fleet.transport.Received;
import dev.wnm.fleet.transport.Wishes;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Wishes the same of several hosts, and tells what became of it. */
final class Wishing {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private Wishing() {}

  /**
   * Wishes it, and waits for the answers.
   *
   * @param most how long to wait; who has not answered by then answers later
   * @return whether all hosts said that it is in force
   */
  static boolean all(Collection<HostName> hosts, UnaryOperator<Wish> change, Duration most, OpenFleet fleet, FleetContext context) throws FleetException {
    Wishes wishes = new Wishes(fleet.link(), context.clock());
    Map<HostName, Long> waiting = new TreeMap<>();
    boolean isWell = true;
    for (HostName host : hosts) {
      try {
        waiting.put(host, wishes.change(host, change).generation());
      } catch (FleetException e) {
        context.warn(host + ": " + e.getMessage());
        isWell = false;
      }
    }
    Map<HostName, String> atWork = new TreeMap<>();
    Instant end = context.clock().instant().plus(most);
    while (!waiting.isEmpty()) {
      OperatorLink.States states = fleet.link().states(waiting.keySet());
      for (HostName host : List.copyOf(waiting.keySet())) {
        Optional<WishAnswer> answer = answer(states.latest().get(host), waiting.get(host));
        if (answer.isPresent() && answer.get().outcome() == WishAnswer.Outcome.PENDING) {
          atWork.put(host, answer.get().reason());
        } else if (answer.isPresent()) {
          isWell &= answer.get().outcome() == WishAnswer.Outcome.APPLIED;
          waiting.remove(host);
          context.say(host + ": " + (answer.get().outcome() == WishAnswer.Outcome.APPLIED ? "done" : "refused: " + answer.get().reason()));
        }
      }
      if (!context.clock().instant().isBefore(end)) {
        break;
      }
      pause();
    }
    atWork.keySet().retainAll(waiting.keySet());
    atWork.forEach((host, reason) -> context.say(host + ": not yet: " + reason + "; it tries again by itself"));
    List<String> silent = waiting.keySet().stream().filter(host -> !atWork.containsKey(host)).map(HostName::text).toList();
    if (!silent.isEmpty()) {
      context.say("no answer yet, which comes as soon as they can be reached: " + String.join(", ", silent));
    }
    return isWell && waiting.isEmpty();
  }

  private static void pause() throws FleetException {
    try {
      Thread.sleep(BETWEEN_LOOKS.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FleetException("wnm is to end", e);
    }
  }

  /** What became of the wish; empty where that is not known. */
  private static Optional<WishAnswer> answer(@Nullable Received received, long generation) {
    try {
      return received == null ? Optional.empty() : Optional.of(HostStateJson.read(received.text()).answer())
          .filter(answer -> answer.generation() >= generation);
    } catch (UnreadableException odd) {
      return Optional.empty();
    }
  }
}
