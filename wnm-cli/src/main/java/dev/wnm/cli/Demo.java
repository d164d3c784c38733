package dev.wnm.cli;

import dev.wnm.core.config.Platform;
import dev.wnm.core.cycle.Pause;
import dev.wnm.core.model.Version;
import dev.wnm.testkit.antnode.StandInAntnode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code --demo}: the whole main job in a throw-away folder, with stand-ins for antnode that really listen on their ports.
 * Each step is a command line that an operator could type; what it prints is shown as it is.
 */
final class Demo {
  private static final String WALLET = "0x1111111111111111111111111111111111111111";
  /** Longer than the delays that the demo sets, so that each cycle finds the last one's work settled. */
  private static final Duration BETWEEN_CYCLES = Duration.ofMillis(1_200);
  private static final int LOWEST_PORT_START = 41;

  private final Platform real;
  private final PrintStream out;

  Demo(Platform real, PrintStream out) {
    this.real = real;
    this.out = out;
  }

  ExitCode run() throws IOException {
    Path folder = Files.createTempDirectory("wnm-demo-");
    Platform platform = new Platform(real.os(), folder, real.user(), real.root(), real.cpuCount(),
        Map.of("PATH", real.environment().getOrDefault("PATH", "/usr/bin:/bin"), "HOME", folder.toString()), folder);
    boolean ended = false;
    try {
      out.println("The whole job of wnm with three stand-in nodes, in " + folder + ", which is deleted at the end.");
      ended = show(platform, folder);
      return ended ? ExitCode.DONE : ExitCode.FAILED;
    } finally {
      if (!ended) {
        silently(platform, List.of("--force_action", "teardown", "--confirm"));
      }
      delete(folder);
    }
  }

  private boolean show(Platform platform, Path folder) throws IOException {
    Path antnode = StandInAntnode.installInto(Files.createDirectories(folder.resolve(".local/bin")), new Version("0.4.16"));
    say("1. Set the machine up: at most 3 nodes, run by the setsid back end. The limits on CPU, memory, disk and load are",
        "   set wide, so that the demo also runs on a busy machine, and the delays short, so that it is soon over.");
    return init(platform)
        && explain("2. Each cycle measures the machine, looks at the nodes, decides, and acts: here it adds one node after",
            "   the other, because everything allows it and fewer than 3 are there.")
        && grow(platform, 3)
        && explain("3. With nothing left to do, a cycle surveys the nodes. A report shows what they answered.")
        && cycles(platform, 1)
        && step(platform, "--report", "node-status")
        && explain("4. A newer antnode is put in place (" + newer(antnode) + "). One node is upgraded by hand; a later cycle",
            "   confirms the version that it really runs, and the cycles upgrade the others one by one.")
        && step(platform, "--force_action", "upgrade", "--service_name", "antnode0001")
        && cycles(platform, 3)
        && step(platform, "--report", "node-status-details", "--service_name", "antnode0001")
        && explain("5. The cap falls to 1: the cycles stop what is too much, the youngest first, and delete its data",
            "   when delay_remove is over.")
        && step(platform, "--node_cap", "1")
        && cycles(platform, 4)
        && step(platform, "--report", "node-status")
        && explain("6. Everything goes: processes, data, logs.")
        && step(platform, "--force_action", "teardown", "--confirm")
        && explain("That was all. For real nodes: wnm --init --rewards_address YOUR_WALLET, then wnm every minute from cron.");
  }

  /** Takes the first port plan whose ports nothing else holds. */
  private boolean init(Platform platform) {
    for (int start = LOWEST_PORT_START; start < LOWEST_PORT_START + 20; start++) {
      List<String> words = List.of("--init", "--rewards_address", WALLET, "--process_manager", "setsid+user",
          "--node_cap", "3", "--port_start", Integer.toString(start), "--metrics_port_start", Integer.toString(start - 25),
          "--rpc_port_start", Integer.toString(start + 21 > 64 ? start - 5 : start + 21),
          "--cpu_less_than", "99", "--cpu_remove", "100", "--mem_less_than", "99", "--mem_remove", "100",
          "--hd_less_than", "99", "--hd_remove", "100", "--desired_load_average", "900", "--max_load_average_allowed", "1000",
          "--delay_start", "1", "--delay_upgrade", "1", "--delay_remove", "1");
      ByteArrayOutputStream printed = new ByteArrayOutputStream();
      PrintStream capture = new PrintStream(printed, true, StandardCharsets.UTF_8);
      boolean done = new Program(platform, InputStream.nullInputStream(), capture, capture).run(words) == ExitCode.DONE;
      String text = printed.toString(StandardCharsets.UTF_8);
      if (done || !text.contains("in use by something else")) {
        show(words);
        out.print(text.indent(4));
        return done;
      }
    }
    out.println("    no free ports were found for the demo");
    return false;
  }

  /** A cycle for each node. Where a cycle adds none, since other programs use all of the CPU, the node is added by hand. */
  private boolean grow(Platform platform, int nodes) {
    for (int wanted = 1; wanted <= nodes; wanted++) {
      if (!cycles(platform, 1)) {
        return false;
      }
      if (countNodes(platform) < wanted) {
        explain("   This machine is busy with other things, and a cycle adds no node then. So this one is added by hand.");
        if (!step(platform, "--force_action", "add")) {
          return false;
        }
        Pause.REAL.of(BETWEEN_CYCLES);
      }
    }
    return true;
  }

  private static long countNodes(Platform platform) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream capture = new PrintStream(printed, true, StandardCharsets.UTF_8);
    new Program(platform, InputStream.nullInputStream(), capture, capture).run(List.of("--report", "node-status"));
    return printed.toString(StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("antnode")).count();
  }

  private boolean cycles(Platform platform, int count) {
    for (int i = 0; i < count; i++) {
      if (!step(platform)) {
        return false;
      }
      Pause.REAL.of(BETWEEN_CYCLES);
    }
    return true;
  }

  private boolean step(Platform platform, String... words) {
    show(List.of(words));
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream capture = new PrintStream(printed, true, StandardCharsets.UTF_8);
    ExitCode code = new Program(platform, InputStream.nullInputStream(), capture, capture).run(List.of(words));
    out.print(printed.toString(StandardCharsets.UTF_8).indent(4));
    return code == ExitCode.DONE;
  }

  private static void silently(Platform platform, List<String> words) {
    PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    new Program(platform, InputStream.nullInputStream(), nowhere, nowhere).run(words);
  }

  private static String newer(Path antnode) throws IOException {
    StandInAntnode.installInto(antnode.getParent(), new Version("0.4.17"));
    return "0.4.16 becomes 0.4.17";
  }

  private void show(List<String> words) {
    List<String> line = new ArrayList<>(List.of("$ wnm"));
    line.addAll(words);
    out.println();
    out.println(String.join(" ", line));
  }

  private boolean explain(String... lines) {
    say(lines);
    return true;
  }

  private void say(String... lines) {
    out.println();
    Stream.of(lines).forEach(out::println);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
