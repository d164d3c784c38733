package org.example;

import dev.wnm.core.model.StorageList;
import dev.wnm.core.colony.Colony;
import dev.wnm.core.colony.ColonyBuilder;
import dev.wnm.core.colony.OwnProcess;
import dev.wnm.core.config.Options;
import dev.wnm.core.cycle.CycleReport;
import dev.wnm.core.cycle.ManualResult;
import dev.wnm.core.cycle.Order;
import dev.wnm.core.model.Node;
import dev.wnm.core.model.NodeStatus;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A program that keeps a small fleet of nodes: sets a colony up, runs cycles until its nodes run, tells of them, and removes them
 * again. Called with a folder of its own, an antnode, a wallet address, and the thousands at which node and metrics ports begin.
 */
public final class SmallFleet {
  private SmallFleet() {}

  public static void main(String[] args) throws Exception {
    OwnProcess.prepare();
    Path folder = Path.of(args[0]).toAbsolutePath();
    ColonyBuilder builder = Colony.builder()
        .database(folder.resolve("colony.db"))
        .progress(System.out::println)
        .setting(Options.PROCESS_MANAGER, "setsid+user")
        .setting(Options.NODE_STORAGE, StorageList.of(folder.resolve("nodes")))
        .setting(Options.ANTNODE_PATH, Path.of(args[1]))
        .setting(Options.REWARDS_ADDRESS, args[2])
        .setting(Options.PORT_START, Integer.valueOf(args[3]))
        .setting(Options.METRICS_PORT_START, Integer.valueOf(args[4]))
        .setting(Options.NODE_CAP, 2)
        .setting(Options.DELAY_START, Duration.ofSeconds(1))
        .setting(Options.NO_UPNP, true)
        // This fleet comes before all else on its machine: only 100 % is too much.
        .setting(Options.CPU_LESS_THAN, 100).setting(Options.CPU_REMOVE, 100)
        .setting(Options.MEM_LESS_THAN, 100).setting(Options.MEM_REMOVE, 100)
        .setting(Options.HD_LESS_THAN, 100).setting(Options.HD_REMOVE, 100)
        .setting(Options.DESIRED_LOAD_AVERAGE, 900.0).setting(Options.MAX_LOAD_AVERAGE_ALLOWED, 1_000.0);
    try (Colony colony = builder.initialize()) {
      // Cycles add nodes by themselves where the machine has room; an order does not wait for that.
      ManualResult added = colony.force(Order.add(2));
      added.lines().forEach(System.out::println);
      while (colony.nodes().stream().filter(node -> node.status() == NodeStatus.RUNNING).count() < 2) {
        CycleReport report = colony.cycle();
        System.out.println(report.summary());
        Thread.sleep(1_000);
      }
      for (Node node : colony.nodes()) {
        System.out.println(node.service() + " runs with peer id " + node.peerId());
      }
      ManualResult removed = colony.force(Order.teardown());
      System.out.println(removed.failed() ? "not all could be removed" : "all are removed");
    }
  }
}
