package dev.wnm.managers.docker;

import dev.wnm.managers.support.Binaries;
import dev.wnm.managers.support.docker.ContainerArguments;
import dev.wnm.managers.support.docker.Docker;
import dev.wnm.managers.support.docker.Images;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.manager.OperationFailedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Asks binaries where nodes run: in a container of the image, with its libraries and no network, as the nodes' account. */
record ImageAsker(Docker docker, Images images, ContainerSpec containerSpec) implements Binaries.Asker {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String PIDS = "256";

  @Override
  public CommandResult ask(Path binary, String user, String flag) throws CommandFailedException {
    String name = containerSpec.names().container("asks-" + UUID.randomUUID().toString().substring(0, 8));
    List<String> words = new ArrayList<>(List.of("run", "--rm", "--pull", "never", "--name", name, "--label",
        containerSpec.names().label(), "--network", "none", "--user", containerSpec.owner().numbers(), "--read-only",
        "--no-healthcheck", "--pids-limit", PIDS));
    words.addAll(ContainerArguments.HARDENING);
    words.addAll(ContainerArguments.mountReadOnly(binary));
    words.addAll(List.of("--entrypoint", binary.toString(), containerSpec.image(), flag));
    try {
      images.require(containerSpec.image());
      CommandResult answer = docker.run(docker.command(words).within(LIMIT));
      if (answer.timedOut()) {
        docker.run(docker.command("rm", "--force", name));
      }
      if (!answer.succeeded()) {
        throw new CommandFailedException(binary + " " + flag + " cannot be run in the image " + containerSpec.image() + ": "
            + NodeContainers.wordsOf(answer));
      }
      return answer;
    } catch (OperationFailedException e) {
      throw new CommandFailedException(e.getMessage());
    }
  }
}
