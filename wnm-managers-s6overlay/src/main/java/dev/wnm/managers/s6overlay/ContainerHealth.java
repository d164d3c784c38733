package dev.wnm.managers.s6overlay;

import dev.wnm.managers.support.docker.DockerContainer;
import dev.wnm.spi.manager.GroupHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What docker tells of a group's container, and what the container's own check printed. Nothing is asked in it. */
final class ContainerHealth {
  /** Begins a line of the check on a service beside the nodes: see {@code healthy} of the image. */
  private static final String COMPANION = "companion ";

  private ContainerHealth() {}

  /** How one that runs is doing. */
  static GroupHealth of(DockerContainer container) {
    GroupHealth.Check check = container.check().map(DockerContainer.Check::status).map(status -> switch (status) {
      case "healthy" -> GroupHealth.Check.WELL;
      case "unhealthy" -> GroupHealth.Check.ILL;
      default -> GroupHealth.Check.STARTING;
    }).orElse(GroupHealth.Check.NONE);
    List<String> lines = container.check().map(DockerContainer.Check::output).orElse("").lines().map(String::strip)
        .filter(line -> !line.isEmpty()).toList();
    List<String> troubles = new ArrayList<>();
    if (check == GroupHealth.Check.ILL) {
      troubles.add("its container is unhealthy" + lines.stream().filter(line -> !line.startsWith(COMPANION)).findFirst()
          .map(why -> ": " + why).orElse(""));
    }
    lines.stream().filter(line -> line.startsWith(COMPANION)).forEach(troubles::add);
    return new GroupHealth(check, container.check().map(DockerContainer.Check::verdict).orElse(Duration.ZERO),
        container.state().restarts(), troubles);
  }

  /** How a container in a crash loop died, in a clause. */
  static String deaths(DockerContainer container) {
    int restarts = container.state().restarts();
    return "its container dies again and again: docker has started it again "
        + (restarts == 1 ? "once" : restarts + " times") + (container.state().restarting()
            ? ", its last run ended with exit code " + container.exitCode() : "");
  }

  /** Whether it is of no use to ask anything in it. */
  static boolean isBroken(DockerContainer container, Instant now) {
    return !container.isUp() || container.isInCrashLoop(now)
        || container.check().filter(check -> check.status().equals("unhealthy")).isPresent();
  }
}
