package dev.wnm.managers.docker;

import dev.wnm.spi.manager.ProcessManagerProvider;
import dev.wnm.testkit.manager.Outage;
import dev.wnm.testkit.manager.ProcessManagerContract;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** The conformance suite in containers of a minimal Debian with haproxy. */
abstract class DockerContract extends ProcessManagerContract {
  private final String network;
  private Path folder;

  DockerContract(String network) {
    this.network = network;
  }

  @AfterEach
  void removeContainers() {
    Engine.removeContainers(folder);
  }

  @Override
  protected ProcessManagerProvider provider() {
    return new DockerProvider(Engine.GRACE);
  }

  @Override
  protected String type() {
    return "docker+user";
  }

  @Override
  protected Map<String, String> settings(Path home) {
    folder = home.getParent();
    Map<String, String> settings = new HashMap<>(Engine.settings());
    settings.put("container_network", network);
    return settings;
  }

  /** Docker is the list: nodes whose containers somebody removes end with them, and keep their folders. */
  @Override
  protected Outage lostList() {
    return Outage.of("somebody removed the containers", () -> Engine.removeContainers(folder), () -> {});
  }

  @Override
  protected List<Outage> failingWrappers() {
    return List.of(failingDocker());
  }
}
