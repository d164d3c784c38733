package dev.wnm.managers.docker;

import dev.wnm.managers.support.docker.DockerContainer;
import java.time.Instant;

/** What the state of a container says of its node. */
final class Health {
  private static final int SIGNAL = 128;

  private Health() {}

  /** Whether its node runs; one that dies again and again does not, though docker starts it each time. */
  static boolean isUp(DockerContainer container, Instant now) {
    return container.running() && !container.isInCrashLoop(now);
  }

  /** How often its node died since somebody last started it. */
  static int deaths(DockerContainer container) {
    return container.running() ? container.state().restarts() + (container.state().restarting() ? 1 : 0) : 0;
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
