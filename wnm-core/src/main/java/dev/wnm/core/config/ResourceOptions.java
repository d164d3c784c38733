package dev.wnm.core.config;

import java.util.EnumSet;
import java.util.List;

/** How much of the machine the nodes may take. */
interface ResourceOptions {
  int MOST_NODES = 64_000;
  int HIGHEST_LOAD = 100_000;

  Option<Integer> NODE_CAP = Option.integer("node_cap", 0, MOST_NODES).initially(20).mustFit(Fitness.PORTS)
      .heededBy(RunMode.thatUseSettings(), EnumSet.of(RunMode.CONTAINER_PORTS))
      .help("The most nodes on this machine; 0 empties it.");
  Option<Integer> CPU_LESS_THAN = Option.percent("cpu_less_than", 0).initially(50)
      .help("Add nodes only while CPU use is below this; 100 is no limit.");
  Option<Integer> CPU_REMOVE = Option.percent("cpu_remove", 1).initially(70)
      .help("Stop nodes while CPU use is above this; 100 is no limit.");
  Option<Integer> MEM_LESS_THAN = Option.percent("mem_less_than", 0).initially(60)
      .help("Add nodes only while memory use is below this; 100 is no limit.");
  Option<Integer> MEM_REMOVE = Option.percent("mem_remove", 1).initially(75)
      .help("Stop nodes while memory use is above this; 100 is no limit.");
  Option<Integer> HD_LESS_THAN = Option.percent("hd_less_than", 0).initially(75)
      .help("Add nodes only while disk use is below this; 100 is no limit.");
  Option<Integer> HD_REMOVE = Option.percent("hd_remove", 1).initially(90)
      .help("Remove nodes with their data while disk use is above this; 100 is no limit.");
  Option<Double> DESIRED_LOAD_AVERAGE = Option.decimal("desired_load_average", HIGHEST_LOAD)
      .initially("CPUs × 0.6", d -> d.platform().cpuCount() * 6 / 10.0)
      .help("Add nodes only while all three load averages are below this.");
  Option<Double> MAX_LOAD_AVERAGE_ALLOWED = Option.decimal("max_load_average_allowed", HIGHEST_LOAD)
      .initially("CPUs", d -> (double) d.platform().cpuCount())
      .help("Stop nodes while any load average is above this.");
  Option<Long> HDIO_READ_LESS_THAN = rate("hdio_read_less_than")
      .help("Add nodes only while disks read less; 0 is no limit.");
  Option<Long> HDIO_READ_REMOVE = rate("hdio_read_remove")
      .help("Stop nodes while disks read more; 0 is no limit.");
  Option<Long> HDIO_WRITE_LESS_THAN = rate("hdio_write_less_than")
      .help("Add nodes only while disks write less; 0 is no limit.");
  Option<Long> HDIO_WRITE_REMOVE = rate("hdio_write_remove")
      .help("Stop nodes while disks write more; 0 is no limit.");
  Option<Long> NETIO_READ_LESS_THAN = rate("netio_read_less_than")
      .help("Add nodes only while the network receives less; 0 is no limit.");
  Option<Long> NETIO_READ_REMOVE = rate("netio_read_remove")
      .help("Stop nodes while the network receives more; 0 is no limit.");
  Option<Long> NETIO_WRITE_LESS_THAN = rate("netio_write_less_than")
      .help("Add nodes only while the network sends less; 0 is no limit.");
  Option<Long> NETIO_WRITE_REMOVE = rate("netio_write_remove")
      .help("Stop nodes while the network sends more; 0 is no limit.");
  Option<Long> CRISIS_BYTES = Option.bytes("crisis_bytes").initially(2_000_000_000L)
      .help("The disk space that a node may come to need, for the metric node_hd_crisis.");

  OptionGroup RESOURCES = new OptionGroup("How much of the machine the nodes may take", List.of(NODE_CAP, CPU_LESS_THAN,
      CPU_REMOVE, MEM_LESS_THAN, MEM_REMOVE, HD_LESS_THAN, HD_REMOVE, DESIRED_LOAD_AVERAGE, MAX_LOAD_AVERAGE_ALLOWED,
      HDIO_READ_LESS_THAN, HDIO_READ_REMOVE, HDIO_WRITE_LESS_THAN, HDIO_WRITE_REMOVE, NETIO_READ_LESS_THAN,
      NETIO_READ_REMOVE, NETIO_WRITE_LESS_THAN, NETIO_WRITE_REMOVE, CRISIS_BYTES));

  private static OptionDraft<Long> rate(String name) {
    return Option.bytes(name).unit("bytes/s").initially(0L);
  }
}
