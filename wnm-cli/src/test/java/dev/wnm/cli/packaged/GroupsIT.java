package dev.wnm.cli.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.testkit.Eventually;
import dev.wnm.testkit.Executables;
import dev.wnm.testkit.docker.DockerEngine;
import dev.wnm.testkit.docker.GroupImage;
import dev.wnm.testkit.net.SecondHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Thirty nodes in three container groups, from the first cycle to the teardown, in each kind of network. */
@Order(1)
class GroupsIT {
  private static final int NODES = 30;
  private static final int SIZE = 10;
  private static final int MOST_CYCLES = 15;

  private TestHost host;
  private SecondHost outside;
  private String image;
  /** The first word of each call of docker. */
  private Path calls;

  @BeforeEach
  void anImage() throws IOException {
    DockerEngine.running();
    host = TestHost.keepingAJvm();
    outside = SecondHost.create();
    Path context = host.temporary().resolve("image");
    host.done("--dockerfile", "--output_dir", context.toString());
    image = GroupImage.build(context);
    calls = host.temporary().resolve("docker-calls");
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    containers().forEach(name -> docker("rm", "--force", name));
    outside.close();
    host.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"published", "routed", "host"})
  void thirtyNodesLiveInThreeGroups(String network) throws IOException {
    init(network);
    cyclesUntil("30 nodes run", () -> host.nodes("RUNNING").size() == NODES);
    assertPlanned();
    Eventually.eventually("a survey that every node answers asks docker whether it is there, and once for all groups",
        () -> callsOf("--force_action", "survey").equals(List.of("version", "inspect")));
    assertThat(outside.reached(ports())).as("ports that answer another host").isEqualTo(ports());
    assertThat(host.done("--report", "node-status-details", "--service_name", "antnode0012").out())
        .contains("Supervision: s6: up ");

    docker("kill", containerOf("a2"));
    host.seemIdle();
    host.done();
    assertThat(outside.reached(ports())).as("ports that answer after a2 was killed").isEqualTo(ports());
    docker("rm", "--force", containerOf("a3"));
    host.seemIdle();
    host.done();
    assertThat(outside.reached(ports())).as("ports that answer after a3 was removed").isEqualTo(ports());
    assertThat(host.nodes("RUNNING")).hasSize(NODES);

    String newImage = docker("commit", containerOf("a1"), "wnm-test-newer:" + host.portStart()).stdout().strip();
    assertThat(host.done("--force_action", "upgrade_image", "--docker_image", newImage).out())
        .isEqualTo("made 3 groups anew from " + newImage + "\n");
    assertThat(images()).containsOnly(newImage);
    assertThat(outside.reached(ports())).as("ports that answer after the roll-out").isEqualTo(ports());

    host.done("--node_cap", "24", "--max_concurrent_removals", "6");
    cyclesUntil("24 nodes are left", () -> host.nodes().size() == 24);
    assertThat(outside.reached(ports())).hasSize(24);

    String colony = host.colonyId();
    assertThat(host.done("--force_action", "teardown", "--confirm").err()).doesNotContain("WARNING");
    assertThat(host.nodes()).isEmpty();
    assertThat(containers()).isEmpty();
    assertThat(host.colony().rows("SELECT * FROM container")).isEmpty();
    assertThat(host.storage()).isEmptyDirectory();
    assertThat(run("iptables-save").stdout()).doesNotContain("--comment " + colony);
    docker("image", "rm", newImage);
  }

  private List<String> callsOf(String... words) {
    try {
      Files.deleteIfExists(calls);
      host.done(words);
      return Files.readAllLines(calls);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void init(String network) throws IOException {
    Path docker = Executables.write(host.temporary().resolve("docker"), "#!/bin/sh\necho \"$1\" >>" + calls + "\nexec docker \"$@\"\n");
    List<String> words = new ArrayList<>(List.of("--init", "--process_manager", "s6overlay+user", "--docker_image", image, "--docker_path", docker.toString(),
        "--container_network", network, "--min_container_count", "3", "--max_node_per_container", Integer.toString(SIZE),
        "--ant_uid", "4242", "--ant_gid", "4343", "--rewards_address", TestHost.WALLET,
        "--port_start", Integer.toString(host.portStart()), "--metrics_port_start", Integer.toString(host.metricsPortStart()),
        "--rpc_port_start", Integer.toString(host.rpcPortStart()), "--node_cap", Integer.toString(NODES),
        "--max_concurrent_starts", "15", "--max_concurrent_operations", "30"));
    words.addAll(TestHost.WIDE_LIMITS);
    words.addAll(TestHost.NO_DELAYS);
    host.done(words.toArray(String[]::new));
  }

  private void cyclesUntil(String what, BooleanSupplier reached) {
    for (int i = 0; i < MOST_CYCLES && !reached.getAsBoolean(); i++) {
      host.seemIdle();
      host.done();
    }
    assertThat(reached.getAsBoolean()).as(what + ": " + host.nodes()).isTrue();
  }

  private void assertPlanned() {
    JsonArray groups =
        JsonParser.parseString(host.done("--report", "container-ports", "--json").out()).getAsJsonArray();
    assertThat(groups).hasSize(3).allSatisfy(group -> {
      assertThat(group.getAsJsonObject().get("nodes").getAsInt()).isEqualTo(SIZE);
      assertThat(group.getAsJsonObject().get("running").getAsInt()).isEqualTo(SIZE);
      assertThat(group.getAsJsonObject().get("state").getAsString()).isEqualTo("running");
    });
    assertThat(host.nodes()).allSatisfy(node -> {
      assertThat(node.port()).isEqualTo(host.portStart() * 1_000 + node.id());
      assertThat(node.rootDir()).isEqualTo(host.storage().resolve("a" + ((node.id() - 1) / SIZE + 1)).resolve(node.service()));
    });
    assertThat(host.nodes()).extracting(NodeRow::id).containsExactlyElementsOf(IntStream.rangeClosed(1, NODES).boxed().toList());
  }

  private Set<Integer> ports() {
    return host.nodes("RUNNING").stream().map(NodeRow::port).collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> images() {
    return containers().stream().map(name -> docker("inspect", "--format", "{{.Config.Image}}", name).stdout().strip())
        .collect(Collectors.toSet());
  }

  private String containerOf(String group) {
    return containers().stream().filter(name -> name.endsWith("-" + group)).findFirst().orElseThrow();
  }

  private List<String> containers() {
    return docker("ps", "--all", "--format", "{{.Names}}", "--filter", "label=dev.wnm.colony=" + host.colonyId()).stdout().lines()
        .toList();
  }

  private static CommandResult docker(String... words) {
    List<String> argv = new ArrayList<>(List.of("docker"));
    argv.addAll(List.of(words));
    return run(argv.toArray(String[]::new));
  }

  private static CommandResult run(String... words) {
    try {
      return new ProcessCommandRunner().run(Command.of(words).within(Duration.ofMinutes(3))).orThrow();
    } catch (CommandFailedException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }
}
