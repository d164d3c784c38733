package dev.wnm.managers.support.docker;

import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.spi.manager.OperationFailedException;
import dev.wnm.spi.manager.Progress;
import java.time.Duration;

/**
 * The images of containers.
 *
 * @param progress is told of an image that has to be fetched
 */
public record Images(Docker docker, Progress progress) {
  private static final Duration LIMIT_OF_A_PULL = Duration.ofMinutes(15);

  /** Fetches an image if it is not here. @return Docker's id of it */
  public String require(String image) throws OperationFailedException {
    Command ask = docker.command("image", "inspect", "--format", "{{.Id}}", image);
    CommandResult here = docker.run(ask);
    if (here.succeeded()) {
      return here.stdout().strip();
    }
    progress.report("fetching the image " + image);
    CommandResult pulled = docker.run(docker.command("pull", "--quiet", image).within(LIMIT_OF_A_PULL));
    if (!pulled.succeeded()) {
      throw OperationFailedException.forNow("there is no image " + image + " here, and it cannot be fetched: " + pulled.describe()
          + "; make one with 'wnm --dockerfile | docker build -t wnm-s6 -' and name it with --docker_image wnm-s6");
    }
    return docker.must(ask);
  }
}
