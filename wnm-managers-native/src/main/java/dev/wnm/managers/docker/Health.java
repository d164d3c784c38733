package dev.wnm.managers.docker;

import dev.wnm.core.docker.DockerContainer;
import java.time.Duration;
import java.time.Instant;

/** What the state of a container says of its node. */
final class Health {
  /** Docker takes a run that lasts so long for a good one: a container that it had to start again is up only then. */
  private static final Duration GOOD_RUN = Duration.ofSeconds(10);
  private static final int SIGNAL = 128;

  private Health() {}

  /** Whether its node runs; one that dies again and again does not, though docker starts it each time. */
  static boolean isUp(DockerContainer container, Instant now) {
    DockerContainer.State state = container.state();
    return state.running() && !state.restarting()
        && (state.restarts() == 0 || Duration.between(state.startedAt(), now).compareTo(GOOD_RUN) >= 0);
  }

  /** How its last run ended, in a few words; empty when it never ran. */
  static String ending(DockerContainer container) {
    DockerContainer.State state = container.state();
    String often = state.restarts() == 0 ? "" : ", and docker has started it again "
        + (state.restarts() == 1 ? "once" : state.restarts() + " times");
    if (!state.error().isEmpty()) {
      return "docker says: " + state.error();
    }
    if (state.outOfMemory()) {
      return "out of memory (container_memory)" + often;
    }
    if (state.running() && !state.restarting()) {
      return "it ended" + often;
    }
    if (state.startedAt().equals(Instant.EPOCH)) {
      return "";
    }
    int code = state.exitCode();
    return (code > SIGNAL ? "by signal " + (code - SIGNAL) : "with exit code " + code) + often;
  }
}
