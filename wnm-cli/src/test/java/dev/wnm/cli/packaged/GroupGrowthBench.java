package dev.wnm.cli.packaged;

import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.testkit.docker.DockerEngine;
import dev.wnm.testkit.docker.GroupImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Prints what whole runs over container groups of stand-ins take. No test: {@code docs/bench.md} says how to run it. */
class GroupGrowthBench {
  private static final int NODES = Integer.getInteger("wnm.nodes", 200);
  private static final int GROUPS = Integer.getInteger("wnm.groups", 5);
  /** Nobody on the machine needs them: in a routed network they are the containers'. */
  private static final List<String> PORTS =
      List.of("--port_start", "48", "--metrics_port_start", "50", "--rpc_port_start", "52");

  @Test
  void figures() throws Exception {
    DockerEngine.running();
    try (TestHost host = TestHost.create()) {
      Path calls = host.temporary().resolve("docker-calls");
      try {
        init(host, calls);
        measure(host, calls, NODES + " nodes in " + GROUPS + " groups", "--node_cap", Integer.toString(NODES));
        measure(host, calls, "a survey", "--force_action", "survey");
        // Until a cycle has seen them run, an order to stop passes new nodes over.
        measure(host, calls, "a cycle that sees them run");
        measure(host, calls, "all stopped", "--force_action", "stop", "--count", Integer.toString(NODES));
        measure(host, calls, "all started", "--force_action", "start", "--count", Integer.toString(NODES));
        measure(host, calls, "teardown", "--force_action", "teardown", "--confirm");
      } finally {
        new ProcessCommandRunner().run(Command.of("sh", "-c", "docker rm --force $(docker ps --all --quiet --filter label=dev.wnm.colony="
            + host.colonyId() + ")").within(Duration.ofMinutes(5)));
      }
    }
  }

  private static void init(TestHost host, Path calls) throws IOException {
    Path context = host.temporary().resolve("image");
    host.done("--dockerfile", "--output_dir", context.toString());
    String image = GroupImage.build(context);
    Path docker = Files.writeString(host.temporary().resolve("docker"), "#!/bin/sh\necho \"$1\" >>" + calls + "\nexec docker \"$@\"\n");
    Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<String> words = new ArrayList<>(List.of("--init", "--process_manager", "s6overlay+user", "--docker_image", image,
        "--docker_path", docker.toString(), "--container_network", "routed", "--min_container_count", Integer.toString(GROUPS),
        "--max_node_per_container", Integer.toString((NODES + GROUPS - 1) / GROUPS), "--ant_uid", "4242", "--ant_gid", "4343",
        "--rewards_address", TestHost.WALLET, "--node_cap", Integer.toString(NODES), "--max_concurrent_starts", Integer.toString(NODES),
        "--max_concurrent_operations", Integer.toString(NODES)));
    words.addAll(PORTS);
    words.addAll(TestHost.WIDE_LIMITS);
    words.addAll(TestHost.NO_DELAYS);
    System.out.print(host.done(words.toArray(String[]::new)).out());
    // The containers themselves are not what is measured.
    host.run("--force_action", "add", "--count", Integer.toString(GROUPS));
  }

  private static void measure(TestHost host, Path calls, String what, String... words) throws IOException {
    Files.writeString(calls, "");
    if (words.length > 0 && words[0].equals("--node_cap")) {
      host.seemIdle();
    }
    long begin = System.nanoTime();
    WnmRun run = host.run(words);
    double seconds = (System.nanoTime() - begin) / 1e9;
    List<String> lines = Files.readAllLines(calls);
    System.out.printf(Locale.ROOT, "%-26s %6.2f s, %3d calls of docker, %2d of them exec; %d nodes run; exit %d%n", what, seconds,
        lines.size(), lines.stream().filter(line -> line.startsWith("exec")).count(), host.nodes("RUNNING").size()
            + host.nodes("RESTARTING").size(), run.exit());
    if (run.exit() != 0) {
      System.out.println(run);
    }
  }
}
