package dev.wnm.cli.packaged;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandFailedException;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.testkit.docker.DockerEngine;
import dev.wnm.testkit.docker.GroupImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two daemons from a supervisord.conf, beside a node in a group: seen, operated, read and explained by the packaged program. */
class CompanionsIT {
  private TestHost host;
  private WnmRun following;

  @BeforeEach
  void aGroupWithCompanions() throws IOException {
    DockerEngine.running();
    host = TestHost.keepingAJvm();
    Path file = Files.writeString(host.temporary().resolve("supervisord.conf"), """
        [supervisord]
        [program:registry]
        command=/bin/sh -c "echo begins; trap 'echo reread' HUP; while :; do sleep 0.1; done"
        [program:proxy]
        command=/bin/sh -c "exec sleep 1000"
        """);
    Path companions = host.temporary().resolve("companions");
    host.done("--convert_supervisord", file.toString(), "--output_dir", companions.toString(), "--depends", "proxy:registry");
    Path context = host.temporary().resolve("image");
    host.done("--dockerfile", "--output_dir", context.toString(), "--companions", companions.toString());
    List<String> words = new ArrayList<>(List.of("--init", "--process_manager", "s6overlay+user", "--docker_image", GroupImage.build(context),
        "--max_node_per_container", "5", "--node_cap", "5", "--ant_uid", "4242", "--ant_gid", "4343", "--rewards_address", TestHost.WALLET,
        "--port_start", Integer.toString(host.portStart()), "--metrics_port_start", Integer.toString(host.metricsPortStart()),
        "--rpc_port_start", Integer.toString(host.rpcPortStart())));
    words.addAll(TestHost.WIDE_LIMITS);
    words.addAll(TestHost.NO_DELAYS);
    host.done(words.toArray(String[]::new));
    host.done("--force_action", "add");
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    if (following != null) {
      following.killed();
    }
    containers().forEach(name -> docker("rm", "--force", name));
    host.close();
  }

  private List<String> containers() {
    return docker("ps", "--all", "--filter", "label=dev.wnm.colony=" + host.colonyId(), "--format", "{{.Names}}").stdout().lines().toList();
  }

  private static CommandResult docker(String... words) {
    List<String> all = new ArrayList<>(List.of("docker"));
    all.addAll(List.of(words));
    try {
      return new ProcessCommandRunner().run(Command.of(all).within(Duration.ofMinutes(2)));
    } catch (CommandFailedException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  private JsonObject service(String name) {
    for (var service : JsonParser.parseString(host.done("--report", "companions", "--json").out()).getAsJsonArray().get(0).getAsJsonObject()
        .get("services").getAsJsonArray()) {
      if (service.getAsJsonObject().get("service").getAsString().equals(name)) {
        return service.getAsJsonObject();
      }
    }
    return new JsonObject();
  }

  private boolean isUp(String name) {
    return service(name).has("state") && service(name).get("state").getAsString().equals("up");
  }

  @Test
  void theyAreSeenOperatedReadAndExplained() throws Exception {
    eventually("both are up", () -> isUp("registry") && isUp("proxy"));
    assertThat(host.done("--report", "companions").out()).contains("Service      State", "\na1/registry  up", "said: begins");
    assertThat(service("registry").get("memory_bytes").getAsLong()).isPositive();
    String proxy = service("proxy").get("pid").getAsString();

    following = host.wnm().start("--logs", "a1/registry", "--lines", "1", "--follow");
    eventually("what there is is shown", () -> following.out().equals("begins\n"));
    WnmRun reload = host.done("--force_action", "reload", "--service_name", "a1/registry");
    assertThat(reload.out()).isEqualTo("reloaded a1/registry (HUP)\n");
    assertThat(reload.err()).containsPattern("audit: \\S+ wanted reload of a1/registry: HUP");
    eventually("what comes is shown", () -> following.out().equals("begins\nreread\n"));
    following.process().destroy();
    assertThat(following.ended().err()).as("what a TERM leaves").doesNotContain("defect");
    eventually("nobody waits for lines in the container",
        () -> !docker("exec", containers().get(0), "pgrep", "-f", "wnm-companions logs").succeeded());

    assertThat(host.done("--force_action", "stop", "--service_name", "a1/registry").out()).isEqualTo("stopped a1/registry (down)\n");
    assertThat(service("registry").get("state").getAsString()).isEqualTo("down");
    assertThat(service("proxy").get("pid").getAsString()).as("one that depends on it").isEqualTo(proxy);
    assertThat(host.done("--force_action", "start", "--service_name", "*/registry").out()).isEqualTo("started a1/registry (up)\n");
    assertThat(host.done("--explain", "a1/registry").out()).contains("registry is up since ", "made from supervisord.conf line ",
        " reload registry done: HUP", " stop registry done: down");
    assertThat(host.run("--logs", "a1/nomad").err()).contains("wnm: a1/nomad: not found; there are proxy, registry");
    assertThat(host.run("--force_action", "reload", "--service_name", "a1/nomad").exit()).isEqualTo(1);

    docker("kill", containers().get(0));
    assertThat(host.done("--report", "companions").out()).isEqualTo("a1: not known: its container does not run\n");
    assertThat(docker("inspect", "--format", "{{.State.Running}}", containers().get(0)).stdout().strip()).as("a report starts nothing")
        .isEqualTo("false");
  }
}
