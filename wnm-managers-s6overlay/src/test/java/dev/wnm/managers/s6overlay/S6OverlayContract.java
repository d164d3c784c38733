package dev.wnm.managers.s6overlay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.managers.s6overlay.image.OfflineImage;
import dev.wnm.spi.manager.GroupLayout;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.ProcessManagerProvider;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.spi.model.ProcessFacts;
import dev.wnm.testkit.docker.DockerEngine;
import dev.wnm.testkit.manager.Outage;
import dev.wnm.testkit.manager.ProcessManagerContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLockTarget;

/** The conformance suite in a group of ten nodes: each test has a colony, and so a container, of its own. */
@ResourceLock(value = DockerEngine.RESOURCE, mode = ResourceAccessMode.READ, target = ResourceLockTarget.CHILDREN)
abstract class S6OverlayContract extends ProcessManagerContract {
  private static final int SIZE = 10;
  private final BlockOfPorts ports = BlockOfPorts.free(SIZE);
  private final String network;
  private Path folder;

  S6OverlayContract(String network) {
    this.network = network;
  }

  @BeforeAll
  static void startDocker() {
    DockerEngine.running();
  }

  @AfterEach
  void removeContainers() {
    Colonies.removeContainers(folder);
    ports.close();
  }

  @Override
  protected ProcessManagerProvider provider() {
    return new S6OverlayProvider();
  }

  @Override
  protected String type() {
    return "s6overlay+user";
  }

  @Override
  protected GroupLayout groups() {
    return new GroupLayout(1, SIZE, ports.node(), ports.metrics());
  }

  @Override
  protected Map<String, String> settings(Path home) {
    folder = home.getParent();
    Map<String, String> settings = new HashMap<>(Colonies.settings(network));
    try {
      settings.put("docker_image", OfflineImage.id());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return settings;
  }

  @Override
  protected NodePorts ports(int id) {
    return ports.of(id);
  }

  @Override
  protected boolean pidsAreOfThisMachine() {
    return false;
  }

  /** What ends is the whole group; s6 looks after single nodes. */
  @Override
  protected void endFromOutside(NodeSpec node) {
    Colonies.docker("kill", machine.colony() + "-" + node.group().orElseThrow());
  }

  /** The registry of a group is the list from which its container starts nodes. */
  @Override
  protected Outage lostList() {
    Path registry = machine.nodeStorage().resolve(group()).resolve(".wnm");
    Path aside = registry.resolveSibling(".wnm-aside");
    return Outage.of("the registry of the group is gone", () -> Files.move(registry, aside), () -> {
      if (Files.isDirectory(registry)) {
        for (String left : registry.toFile().list()) {
          Files.delete(registry.resolve(left));
        }
        Files.delete(registry);
      }
      Files.move(aside, registry);
    });
  }

  @Test
  void whatANodeInItsContainerUsesAndHoldsIsTold() {
    NodeSpec node = up(create(ask(1)));

    assertThat(state(node)).isInstanceOfSatisfying(ProcessState.Running.class, running -> {
      ProcessFacts facts = running.facts();
      assertThat(facts.udpPorts()).hasValueSatisfying(ports -> assertThat(ports).containsAll(node.ports().udp()));
      assertThat(facts.memoryBytes().orElseThrow()).isBetween(1L << 20, 1L << 30);
      assertThat(facts.cpu()).hasValueSatisfying(cpu -> assertThat(cpu).isBetween(Duration.ZERO, Duration.ofMinutes(5)));
      assertThat(facts.up()).hasValueSatisfying(up -> assertThat(up).isBetween(Duration.ZERO, Duration.ofMinutes(10)));
      assertThat(facts.threads().orElseThrow()).isPositive();
      assertThat(facts.openFiles().orElseThrow()).as("standard ones and a socket").isGreaterThan(3);
    });
  }

  @Override
  protected List<Outage> failingWrappers() {
    return List.of(failingDockerExec(), failingDocker());
  }
}
