package dev.wnm.core.docker;

import dev.wnm.core.model.ColonyTag;
import java.nio.file.Path;

/**
 * What the containers of a colony are called and marked with, so that two colonies of a host never meet.
 *
 * @param storage its node storage, which tells one colony from another
 */
public record ColonyNames(Path storage) {
  /** The label that says whose container it is: the node storage of its colony. */
  public static final String LABEL = "dev.wnm.colony";

  /** What Docker calls the container of this. */
  public String container(String what) {
    return ColonyTag.of(storage) + "-" + what;
  }

  /** The label as docker is given it. */
  public String label() {
    return LABEL + "=" + storage;
  }

  /** Whether a container is one of this colony. */
  public boolean isOurs(DockerContainer container) {
    return storage.toString().equals(container.labels().get(LABEL));
  }
}
