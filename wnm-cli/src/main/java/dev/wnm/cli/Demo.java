package dev.wnm.cli;

import com.google.gson.JsonObject;
import dev.wnm.core.config.Platform;
import dev.wnm.spi.model.Version;
import dev.wnm.testkit.antnode2.StandInAntNode2;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

/**
 * {@code --demo}: the whole main job in a throw-away folder, with stand-ins for antnode that really listen on their ports.
 * Each step is a command line that an operator could type; what it prints is shown as it is. Nothing is left behind, also
 * when a signal ends it early.
 */
final class Demo {
  private static final String WALLET = "0x1111111111111111111111111111111111111111";
  private static final Version OLD = new Version("0.23.0");
  private static final Version NEW = new Version("0.23.1");
  private static final int LOWEST_PORT_START = 41;
  private static final int PORT_STARTS = 20;

  private final Platform real;
  private final PrintStream out;
  private final CountDownLatch curtain = new CountDownLatch(1);
  private final CountDownLatch cleared = new CountDownLatch(1);

  Demo(Platform real, PrintStream out) {
    this.real = real;
    this.out = out;
  }

  ExitCode run() throws IOException {
    Path folder = Files.createTempDirectory("wnm-demo-");
    DemoStage stage = new DemoStage(real, folder, out, curtain);
    Runtime.getRuntime().addShutdownHook(new Thread(this::endEarly, "wnm-demo-end"));
    try {
      out.println("The whole job of wnm with three stand-in nodes, in " + folder + ", which is deleted at the end.");
      return show(stage) ? ExitCode.DONE : ExitCode.FAILED;
    } finally {
      stage.clear();
      cleared.countDown();
    }
  }

  private static boolean show(DemoStage stage) throws IOException {
    Path bin = Files.createDirectories(stage.folder().resolve(".local/bin"));
    StandInAntNode2.installInto(bin, OLD);
    stage.say("1. Set the machine up: at most 3 nodes, run by the setsid back end. The limits on CPU, memory, disk and load are",
        "   set wide, so that the demo also runs on a busy machine, and the delays short, so that it is soon over.");
    if (!init(stage)) {
      return false;
    }
    stage.say("2. Each cycle measures the machine, looks at the nodes, decides, and acts: here it adds one node after",
        "   the other, because everything allows it and fewer than 3 are there.");
    if (!grow(stage, 3) || !stage.cyclesUntil(areRunning(3, OLD))) {
      return false;
    }
    stage.say("3. With nothing left to do, a cycle surveys the nodes. A report shows what their processes, ports and logs tell.");
    if (!stage.step() || !stage.step("--report", "node-status")) {
      return false;
    }
    StandInAntNode2.installInto(bin, NEW);
    stage.say("4. A newer ant-node is put in place (" + OLD + " becomes " + NEW + "). One node is upgraded by hand; a later cycle",
        "   confirms the version that it really runs, and the cycles upgrade the others one by one.");
    if (!stage.step("--force_action", "upgrade", "--service_name", "antnode0001") || !stage.pause()
        || !stage.cyclesUntil(areRunning(3, NEW))
        || !stage.step("--report", "node-status-details", "--service_name", "antnode0001")) {
      return false;
    }
    stage.say("5. The cap falls to 1: the cycles stop what is too much, the youngest first, and delete its data",
        "   when delay_remove is over.");
    if (!stage.step("--node_cap", "1") || !stage.pause() || !stage.cyclesUntil(areRunning(1, NEW))
        || !stage.step("--report", "node-status")) {
      return false;
    }
    stage.say("6. Everything goes: processes, data, logs.");
    if (!stage.step("--force_action", "teardown", "--confirm")) {
      return false;
    }
    stage.say("That was all. For real nodes: wnm --init --rewards_address YOUR_WALLET, then wnm every minute from cron.");
    return true;
  }

  /** A cycle for each node. Where a cycle adds none, since other programs use all of the CPU, the node is added by hand. */
  private static boolean grow(DemoStage stage, int count) {
    for (int wanted = 1; wanted <= count; wanted++) {
      if (!stage.step()) {
        return false;
      }
      if (stage.nodes().size() < wanted) {
        stage.say("   This machine is busy with other things, and a cycle adds no node then. So this one is added by hand.");
        if (!stage.step("--force_action", "add")) {
          return false;
        }
      }
      if (!stage.pause()) {
        return false;
      }
    }
    return true;
  }

  /** Takes the first port plan whose ports nothing else holds. */
  private static boolean init(DemoStage stage) {
    for (int start = LOWEST_PORT_START; start < LOWEST_PORT_START + PORT_STARTS; start++) {
      List<String> words = List.of("--init", "--rewards_address", WALLET, "--process_manager", "setsid+user",
          "--node_cap", "3", "--port_start", Integer.toString(start), "--webrtc_port_start", Integer.toString(start - 20),
          "--bootstrap", "127.0.0.1:" + start + "001", "--environment", StandInAntNode2.variable("summary_seconds") + "=1",
          "--cpu_less_than", "99", "--cpu_remove", "100", "--mem_less_than", "99", "--mem_remove", "100",
          "--hd_less_than", "99", "--hd_remove", "100", "--desired_load_average", "900", "--max_load_average_allowed", "1000",
          "--max_concurrent_starts", "1", "--max_concurrent_upgrades", "1", "--max_concurrent_operations", "1",
          "--delay_start", "1", "--delay_upgrade", "1", "--delay_remove", "1",
          "--upgrade_settling_time", "0");
      DemoStage.Run run = stage.run(words);
      if (run.done() || !run.text().contains("in use by something else")) {
        stage.show(words);
        stage.print(run);
        return run.done();
      }
    }
    stage.say("No free ports were found for the demo.");
    return false;
  }

  private static Predicate<List<JsonObject>> areRunning(int count, Version version) {
    return nodes -> nodes.size() == count && nodes.stream().allMatch(node -> node.get("status").getAsString().equals("RUNNING")
        && node.get("version").getAsString().equals(version.text()));
  }

  /** On a signal the step under way is finished, then everything is removed; only then may the JVM end. */
  private void endEarly() {
    curtain.countDown();
    try {
      cleared.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
