package dev.wnm.managers.antctl;

import dev.wnm.spi.manager.ProcessManagerProvider;
import dev.wnm.testkit.antctl.StandInAntctl;
import dev.wnm.testkit.docker.ContainerOptions;
import dev.wnm.testkit.docker.TestContainer;
import dev.wnm.testkit.docker.TestImages;
import dev.wnm.testkit.manager.Outage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.io.TempDir;

/** Nodes turn by turn in two containers, each with an antctl and a registry of its own, hence each with an antnode1. */
@Order(1) // it takes longest
class AntctlInContainersContractTest extends InContainersContract {
  private static List<TestContainer> containers;
  private static Path shared;
  private int asked;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    shared = folder.toRealPath();
    Path temporary = Path.of(System.getProperty("java.io.tmpdir")).toRealPath();
    Path antctl = StandInAntctl.installInto(shared.resolve("bin"));
    StandInAntctl.configure(antctl, Map.of("start_pause", "0.2", "retry_pause", "0.05", "stop_timeout", "2", "run_as_self", "1",
        "daemon_reload", "1")); // no systemd runs here that wnm could tell to
    ContainerOptions options = ContainerOptions.idle(TestImages.systemdHost()).withHostNetwork().withMount(temporary);
    containers = Stream.of("antctl-one", "antctl-two")
        .map(prefix -> TestContainer.start(options.withPrefix(prefix))).toList();
  }

  @AfterAll
  static void end() {
    containers.forEach(TestContainer::close);
  }

  /** Numbers begin anew in each test. */
  @AfterEach
  void reset() {
    containers.forEach(container -> container.exec(shared.resolve("bin/antctl").toString(), "reset", "--force"));
  }

  @Override
  protected ProcessManagerProvider provider() {
    return new AntctlProvider(Host::ofThisProcess, OnThisMachine.LIMITS);
  }

  @Override
  protected Map<String, String> settings(Path home) {
    return Map.of("antctl_path", shared.resolve("bin/antctl").toString(),
        "antctl_containers", containers.get(0).name() + "," + containers.get(1).name());
  }

  @Override
  protected String group() {
    return containers.get(asked++ % containers.size()).name();
  }

  /** Each container has a registry of its own. */
  @Override
  protected Outage lostList() {
    String registry = "/var/antctl/node_registry.json";
    return Outage.of("the registries of antctl are gone",
        () -> containers.forEach(container -> container.exec("mv", registry, registry + ".aside")),
        () -> containers.forEach(container -> container.exec("mv", registry + ".aside", registry)));
  }
}
