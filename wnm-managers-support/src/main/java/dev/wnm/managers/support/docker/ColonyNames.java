package dev.wnm.managers.support.docker;

import dev.wnm.spi.model.ColonyId;
import java.nio.file.Path;

/**
 * What the containers of a colony are called and marked with, so that two colonies of a host never meet.
 *
 * @param colony whose they are
 */
public record ColonyNames(ColonyId colony) {
  /**
   * The label that says whose container it is: the id of its colony, or in those of earlier versions its
   * node storage, from which the id followed.
   */
  public static final String LABEL = "dev.wnm.colony";

  /** What Docker calls the container of this. */
  public String container(String what) {
    return colony + "-" + what;
  }

  /** The label as docker is given it. */
  public String label() {
    return LABEL + "=" + colony;
  }

  /** Whether a container is one of this colony. */
  public boolean isOurs(DockerContainer container) {
    String owner = container.labels().getOrDefault(LABEL, "");
    return owner.equals(colony.text()) || owner.startsWith("/") && ColonyId.of(Path.of(owner)).equals(colony);
  }
}
