package dev.wnm.core.docker;

import dev.wnm.core.model.Container;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A container as {@code docker inspect} describes it.
 *
 * @param name its name, without a slash before it
 * @param id Docker's id of it
 * @param image the image that it was made from, as it was named then
 * @param imageId Docker's id of that image
 * @param createdAt when it was made, whole seconds; {@link Instant#EPOCH} when docker's answer cannot be read
 * @param running whether it runs
 * @param exitCode how its last run ended; meaningless while it runs
 * @param address its IPv4 address, while it runs in a network of its own
 * @param labels its labels
 * @param memory its limit in bytes; 0 for none
 * @param nanoCpus its limit in billionths of a processor; 0 for none
 * @param pids its limit of threads; 0 for none
 * @param restart the name of its restart policy, such as {@code unless-stopped}
 */
public record DockerContainer(
    String name, String id, String image, String imageId, Instant createdAt, boolean running, int exitCode,
    Optional<String> address, Map<String, String> labels, long memory, long nanoCpus, long pids,
    String restart) {
  public DockerContainer {
    labels = Map.copyOf(labels);
  }

  /** What core records of it. @param recordedName what core knows it by */
  public Container asRecorded(String recordedName) {
    return new Container(Optional.empty(), recordedName, id, image, running, createdAt);
  }
}
