package dev.wnm.core.state;

import dev.wnm.core.model.BackOff;
import dev.wnm.core.model.HostCounters;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeHealth;
import dev.wnm.core.model.Trial;
import dev.wnm.core.model.Wave;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps what is written of times true when the clock is set: delays and waits mean time that has passed, so the times that they
 * are counted from move with the clock. A time that is in the future all the same counts as just now, and a wait as the longest
 * that there is. Pure functions of one jump.
 *
 * @param jump by how much the clock was set since the last cycle, forward or (negative) back; zero when it was not
 * @param now the present time
 */
public record ClockKeeper(Duration jump, Instant now) {

  /** @param before the counters of the last cycle, if there was one */
  public static ClockKeeper between(Optional<HostCounters> before, HostCounters after, Instant now) {
    return new ClockKeeper(before.flatMap(last -> last.clockJump(after)).orElse(Duration.ZERO), now);
  }

  /** What is to be said of it; empty when the clock was not set. */
  public Optional<String> words() {
    return jump.isZero() ? Optional.empty() : Optional.of("the clock was set " + (jump.isNegative() ? "back" : "forward") + " by "
        + jump.abs().toSeconds() + " s since the last cycle: delays and waits go on as if it had not been");
  }

  /** A time at which something happened. */
  Instant past(Instant time) {
    if (time.equals(Instant.EPOCH)) {
      return time;
    }
    Instant moved = shifted(time);
    return moved.isAfter(now) ? Instant.ofEpochSecond(now.getEpochSecond()) : moved;
  }

  /** A time until which something waits. */
  Instant until(Instant time) {
    if (time.equals(Instant.EPOCH)) {
      return time;
    }
    Instant moved = shifted(time);
    Instant latest = Instant.ofEpochSecond(BackOff.latest(now).getEpochSecond());
    return moved.isAfter(latest) ? latest : moved;
  }

  private Instant shifted(Instant time) {
    Instant moved = time.plusSeconds(jump.toSeconds());
    return moved.isBefore(Instant.EPOCH) ? Instant.EPOCH : moved;
  }

  /** The node with its times as they are now; empty where they stay as they are. */
  public Optional<Node> moved(Node node) {
    NodeHealth health = node.health();
    Instant statusAt = past(node.statusAt());
    Instant retryAfter = until(health.retryAfter());
    return statusAt.equals(node.statusAt()) && retryAfter.equals(health.retryAfter()) ? Optional.empty()
        : Optional.of(node.withStatus(node.status(), statusAt).withHealth(new NodeHealth(health.downCause(),
            health.missedProbes(), health.failures(), retryAfter, health.lastError(), health.pid())));
  }

  public Wave wave(Wave wave) {
    return new Wave(wave.binary(), wave.version(), past(wave.since()), wave.proven(), wave.held(), wave.failures(),
        until(wave.retryAfter()), wave.trouble());
  }

  public Trial trial(Trial trial) {
    return new Trial(trial.nodeId(), trial.binary(), trial.version(), trial.before(), past(trial.begunAt()),
        trial.answersSince().map(this::past), trial.pid());
  }
}
