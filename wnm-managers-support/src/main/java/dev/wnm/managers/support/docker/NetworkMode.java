package dev.wnm.managers.support.docker;

import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.OperationFailedException;
import java.util.Locale;

/** How nodes in a container are reached: a value of {@code --container_network}. */
public enum NetworkMode {
  /** Docker publishes each node port. */
  PUBLISHED,
  /** One rule of wnm's own carries the whole block of a group to the container. */
  ROUTED,
  /** The container has the host's network. */
  HOST;

  /** The one that the settings name. */
  public static NetworkMode of(ManagerContext context) {
    return context.get(DockerOptions.NETWORK);
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** @throws OperationFailedException where this system's containers cannot be reached so */
  public void requireSystem() throws OperationFailedException {
    if (this != PUBLISHED && !System.getProperty("os.name").equals("Linux")) {
      throw OperationFailedException.forGood("--container_network " + word() + " needs Linux; use published here");
    }
  }
}
