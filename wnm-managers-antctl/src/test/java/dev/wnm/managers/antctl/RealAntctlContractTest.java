package dev.wnm.managers.antctl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.manager.BulkTeardown;
import dev.wnm.spi.manager.Firewall;
import dev.wnm.spi.manager.FoundNode;
import dev.wnm.spi.manager.ManagerContext;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OptionValues;
import dev.wnm.spi.manager.ProcessManager;
import dev.wnm.spi.manager.ProcessState;
import dev.wnm.spi.manager.Progress;
import dev.wnm.spi.manager.ReadsListings;
import dev.wnm.spi.model.Container;
import dev.wnm.spi.model.Version;
import dev.wnm.testkit.Eventually;
import dev.wnm.testkit.FreePorts;
import dev.wnm.testkit.antnode.StandInAntnode;
import dev.wnm.testkit.docker.ContainerOptions;
import dev.wnm.testkit.docker.TestContainer;
import dev.wnm.testkit.docker.TestImages;
import dev.wnm.testkit.manager.ContractMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * The conformance suite with the real antctl that {@code WNM_ANTCTL} names, in a container with systemd. The nodes are
 * stand-ins all the same, in their native form, since antctl knows a process by its program; docs/antctl.md says how to build
 * antctl.
 */
@EnabledIfEnvironmentVariable(named = "WNM_ANTCTL", matches = "/.*",
    disabledReason = "SKIPPED: WNM_ANTCTL names no real antctl; docs/antctl.md says how to build one")
class RealAntctlContractTest extends InContainersContract {
  private static TestContainer machine;
  private static Path binaries;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    binaries = folder;
    Path temporary = Path.of(System.getProperty("java.io.tmpdir")).toRealPath();
    Path antctl = Path.of(System.getenv("WNM_ANTCTL")).toRealPath();
    machine = TestContainer.start(ContainerOptions.systemd(TestImages.systemdHost()).withPrefix("antctl-real")
        .withHostNetwork().withMount(temporary).withMount(antctl)
        // Else antctl, though root, sees no program of a process that runs as another account.
        .withEngineArguments("--cap-add", "SYS_PTRACE"));
  }

  @AfterAll
  static void end() {
    machine.close();
  }

  /** Numbers begin anew in each test. */
  @AfterEach
  void reset() {
    machine.exec(System.getenv("WNM_ANTCTL"), "-v", "reset", "--force");
  }

  @Test
  void aClusterMadeByHandIsFoundAndNotTouched(@TempDir Path folder) throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path antnode = installAntnode(folder.resolve("bin"), StandInAntnode.VERSION);
    String prefix = folder.resolve("cluster").toString();
    int port = FreePorts.run(2);
    int metrics = FreePorts.run(2);
    byHand("add", "--count", "2", "--path", antnode.toString(), "--data-dir-path", prefix, "--log-dir-path", prefix + "-logs",
        "--node-port", port + "-" + (port + 1), "--metrics-port", metrics + "-" + (metrics + 1), "--rewards-address",
        "0x00455d78f850b0358E8cea5be24d415E01E107CF", "--no-upnp", "evm-arbitrum-sepolia-test");
    byHand("add", "--path", antnode.toString(), "--rewards-address", "0x00455d78f850b0358E8cea5be24d415E01E107CF",
        "evm-arbitrum-one");
    byHand("-v", "start", "--interval", "0", "--service-name", "antnode2");
    byHand("-v", "remove", "--service-name", "antnode3");
    String listing = byHand("status", "--json");
    String started = machine.exec("systemctl", "show", "--property=ExecMainStartTimestampMonotonic", "antnode2").stdout();
    ManagerContext context = new ManagerContext(ContractMachine.COLONY, new ProcessCommandRunner(), Firewall.NONE,
        Clock.systemUTC(), folder, folder, Progress.SILENT).with(OptionValues.read(AntctlOptions.all(), settings(folder.resolve("home"))));

    ProcessManager manager = provider().create(type(), context);
    List<FoundNode> found = manager.survey();

    assertThat(found).extracting(node -> node.facts().service()).containsExactly("antnode1", "antnode2");
    assertThat(found).extracting(node -> node.metricsPort().orElse(0)).containsExactly(metrics, metrics + 1);
    assertThat(found).extracting(node -> node.nodePort().orElse(0)).containsExactly(port, port + 1);
    assertThat(found).allSatisfy(node -> {
      assertThat(node.network()).contains("evm-arbitrum-sepolia-test");
      assertThat(node.version()).contains(StandInAntnode.VERSION);
      assertThat(node.facts().rootDir()).isEqualTo(Path.of(prefix, node.facts().service()));
      assertThat(node.facts().logDir()).isEqualTo(Path.of(prefix + "-logs", node.facts().service()));
      assertThat(node.facts().container().map(Container::name)).contains(machine.name());
    });
    assertThat(found.get(0).state()).isInstanceOf(ProcessState.Stopped.class);
    assertThat(found.get(1).state()).isInstanceOf(ProcessState.Running.class);
    assertThat(manager.capability(ReadsListings.class).orElseThrow().read(listing)).extracting(node -> node.facts().service())
        .containsExactly("antnode1", "antnode2");
    assertThat(machine.exec("systemctl", "show", "--property=ExecMainStartTimestampMonotonic", "antnode2").stdout())
        .isEqualTo(started);
  }

  @Test
  void aNewNodeIsNotStartedAsTheCrashedOneThatHadItsName(@TempDir Path folder) throws Exception {
    AntctlBench bench = new AntctlBench(folder);
    bench.settings.putAll(settings(bench.home));
    Path antnode = installAntnode(folder.resolve("bin"), StandInAntnode.VERSION);
    NodeSpec asked = bench.ask(1).toBuilder().group(Optional.of(machine.name())).source(antnode).build();
    ProcessManager manager = provider().create(type(), bench.context());
    NodeSpec crashing = asked.withFacts(AntctlBench.done(manager.create(asked.toBuilder()
        .environment(Map.of(StandInAntnode.variable("exit_at_start"), "3")).build())).facts());
    AntctlBench.failed(manager.start(crashing));
    AntctlBench.done(manager.capability(BulkTeardown.class).orElseThrow().teardown(List.of(crashing)));

    NodeSpec fresh = bench.ask(2).toBuilder().group(Optional.of(machine.name())).source(antnode).build();
    NodeSpec made = fresh.withFacts(AntctlBench.done(manager.create(fresh)).facts());

    assertThat(made.service()).isEqualTo(crashing.service());
    AntctlBench.done(manager.start(made));
    Eventually.eventually("it answers", () -> bench.pages.version(made.host(), made.ports().metrics().orElseThrow()).isPresent());
  }

  /** As the operator would in the container. @return what it printed */
  private static String byHand(String... words) {
    List<String> argv = new ArrayList<>(List.of(System.getenv("WNM_ANTCTL")));
    argv.addAll(List.of(words));
    return machine.exec(argv.toArray(String[]::new)).stdout();
  }

  @Override
  protected Map<String, String> settings(Path home) {
    try {
      // Another account is to run what is in there.
      Files.setPosixFilePermissions(home.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.of("antctl_path", System.getenv("WNM_ANTCTL"), "antctl_containers", machine.name());
  }

  @Override
  protected Path installAntnode(Path folder, Version version) throws IOException {
    Path built = binaries.resolve(version.text()).resolve(StandInAntnode.FILE_NAME);
    if (!Files.exists(built)) {
      StandInAntnode.buildNativeInto(Files.createDirectories(built.getParent()), version);
    }
    Files.createDirectories(folder);
    return Files.copy(built, folder.resolve(StandInAntnode.FILE_NAME), StandardCopyOption.COPY_ATTRIBUTES,
        StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  protected String group() {
    return machine.name();
  }

  /** antctl waits three seconds, then asks the node over RPC, which a stand-in does not answer. */
  @Override
  protected Duration startTakes() {
    return Duration.ofSeconds(20);
  }
}
