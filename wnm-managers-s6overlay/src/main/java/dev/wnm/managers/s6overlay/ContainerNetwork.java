package dev.wnm.managers.s6overlay;

import dev.wnm.managers.support.docker.DockerContainer;
import dev.wnm.spi.manager.GroupSpec;
import dev.wnm.spi.manager.OperationFailedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the nodes of containers are reached, and what that takes. */
interface ContainerNetwork {
  /** Further words of {@code docker run} for a group's container. */
  List<String> runWords(GroupSpec group) throws OperationFailedException;

  /** The address at which a running container's nodes answer for their metrics. */
  String metricsHost(DockerContainer container) throws OperationFailedException;

  /** Whether metrics are carried from 127.0.0.1 of the container to its address. */
  default boolean needsRelay() {
    return true;
  }

  /** How long docker may take to start or end one container for the sake of its network, when all groups are there. */
  default Duration patience(GroupSpec group) {
    return Duration.ZERO;
  }

  /** What all groups together will cost, which should not come as a surprise; empty when it costs nothing. */
  default Optional<String> costs(GroupSpec group) {
    return Optional.empty();
  }

  /**
   * Puts right what this network needs on the machine besides docker's own doing, for these groups.
   *
   * @param addresses the groups that run, and the addresses of their containers
   * @return whether anything had to be changed
   */
  default boolean mend(Map<GroupSpec, String> addresses) throws OperationFailedException {
    return false;
  }

  /** Takes away what {@link #mend} put there for a group. */
  default void forget(GroupSpec group) throws OperationFailedException {}
}
