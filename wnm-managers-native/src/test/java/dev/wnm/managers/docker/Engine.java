package dev.wnm.managers.docker;

import dev.wnm.managers.support.Patience;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.testkit.docker.DockerEngine;
import dev.wnm.testkit.docker.TestImages;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What tests of the back end have in common. */
final class Engine {
  /** Long enough for a stand-in to end gracefully, short enough to wait for one that will not. */
  static final Patience GRACE = Patience.of(Duration.ofSeconds(3));
  static final String UID = "4242";
  static final String GID = "4343";
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private Engine() {}

  /** Tests run as root, whose nodes need an account. */
  static Map<String, String> settings() {
    return Map.of("docker_image", TestImages.nodeHost(), "ant_uid", UID, "ant_gid", GID);
  }

  /** Removes what a test leaves: the containers of every colony in its folder. */
  static void removeContainers(Path folder) {
    List<String> words = new ArrayList<>(List.of("rm", "--force", "--volumes"));
    docker("ps", "--all", "--no-trunc", "--filter", "label=" + ContainerSpec.NODE, "--format", "{{.ID}} {{.Mounts}}").stdout().lines()
        .filter(line -> line.contains(folder + "/")).forEach(line -> words.add(line.substring(0, line.indexOf(' '))));
    if (words.size() > 3) {
      docker(words.toArray(String[]::new));
    }
  }

  static CommandResult docker(String... words) {
    return DockerEngine.running().docker(LIMIT, Arrays.asList(words));
  }

  static String inspect(String container, String format) {
    return docker("inspect", "--format", format, container).stdout().strip();
  }
}
