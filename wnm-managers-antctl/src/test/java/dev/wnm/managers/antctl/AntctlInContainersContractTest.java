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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Nodes turn by turn in two containers, each with an antctl and a registry of its own, hence each with an antnode1. */
@Order(1) // it takes longest
@Execution(value = ExecutionMode.CONCURRENT, reason = "each test has two containers that no other has at the same time")
class AntctlInContainersContractTest extends InContainersContract {
  /** Those that no test has; as many are made as tests run side by side. */
  private static final Queue<List<TestContainer>> FREE = new ConcurrentLinkedQueue<>();
  private static Path shared;

  private final List<TestContainer> containers = taken();
  /** After all else: what the suite clears up it still does in these. */
  @RegisterExtension
  final AfterEachCallback last = context -> giveBack();
  private int asked;

  @BeforeAll
  static void install(@TempDir Path folder) throws IOException {
    shared = folder.toRealPath();
    Path antctl = StandInAntctl.installInto(shared.resolve("bin"));
    StandInAntctl.configure(antctl, Map.of("start_pause", "0.2", "retry_pause", "0.05", "stop_timeout", "2", "run_as_self", "1",
        "daemon_reload", "1")); // no systemd runs here that wnm could tell to
  }

  @AfterAll
  static void end() {
    FREE.forEach(containers -> containers.forEach(TestContainer::close));
  }

  private static List<TestContainer> taken() {
    List<TestContainer> free = FREE.poll();
    return free != null ? free : Stream.of("antctl-one", "antctl-two").map(AntctlInContainersContractTest::container).toList();
  }

  private static TestContainer container(String prefix) {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
    return TestContainer.start(
        ContainerOptions.idle(TestImages.systemdHost()).withHostNetwork().withMount(temporary).withPrefix(prefix));
  }

  /** Numbers begin anew in each test. */
  private void giveBack() {
    containers.forEach(container -> container.exec(shared.resolve("bin/antctl").toString(), "reset", "--force"));
    FREE.add(containers);
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
