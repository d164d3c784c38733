package dev.wnm.managers.s6overlay;

import dev.wnm.managers.support.docker.DockerContainer;
import dev.wnm.spi.manager.GroupSpec;
import java.util.List;

/** Nodes bind their ports on the host itself: nothing to publish, nothing to relay. */
final class HostNetwork implements ContainerNetwork {
  @Override
  public List<String> runWords(GroupSpec group) {
    return List.of("--network", "host");
  }

  @Override
  public String metricsHost(DockerContainer container) {
    return "127.0.0.1";
  }

  @Override
  public boolean needsRelay() {
    return false;
  }
}
