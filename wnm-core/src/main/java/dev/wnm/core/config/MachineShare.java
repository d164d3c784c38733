package dev.wnm.core.config;

import dev.wnm.core.model.MachineSize;
import dev.wnm.core.model.NodeNeed;
import dev.wnm.spi.internal.Human;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** How much of a machine its operator leaves to nodes, and the limits that follow. */
public enum MachineShare {
  QUARTER("a quarter", 25, new Limits(30, 50, 60, 75, 75, 90, 0.3, 0.6)),
  /** The built-in defaults, but for the number of nodes. */
  HALF("half", 50, new Limits(50, 70, 60, 75, 75, 90, 0.6, 1.0)),
  MOST("most of it", 75, new Limits(75, 90, 75, 85, 80, 90, 0.9, 1.5));

  /** The settings, beside the number of nodes, that {@link #limits} has values for. */
  public static final List<Option<?>> OPTIONS = List.of(Options.CPU_LESS_THAN, Options.CPU_REMOVE, Options.MEM_LESS_THAN, Options.MEM_REMOVE,
      Options.HD_LESS_THAN, Options.HD_REMOVE, Options.DESIRED_LOAD_AVERAGE, Options.MAX_LOAD_AVERAGE_ALLOWED);

  /**
   * An idle node takes 0.2 % of a core; what one of the live network takes was never measured. With this many half a machine of four
   * CPUs gets the Python wnm's 20 nodes; where it is too much, the limits on CPU and load brake long before.
   */
  private static final int NODES_OF_A_CPU = 10;
  /** More is for whoever gives numbers of his own. */
  private static final int MOST_NODES = 1_000;
  /** On a single CPU any other program would else keep nodes away. */
  private static final double LOWEST_LOAD = 0.5;
  private static final double BETWEEN_LOADS = 0.4;

  private final String words;
  private final int percent;
  private final Limits limits;

  MachineShare(String words, int percent, Limits limits) {
    this.words = words;
    this.percent = percent;
    this.limits = limits;
  }

  /** Percentages of the whole machine; loads for each CPU. */
  private record Limits(int cpuLessThan, int cpuRemove, int memoryLessThan, int memoryRemove, int diskLessThan, int diskRemove,
      double desiredLoad, double mostLoad) {}

  /** Such as {@code half}. */
  public String words() {
    return words;
  }

  /**
   * The settings that follow: the number of nodes, and each limit that is none of the built-in defaults.
   *
   * @param size how large the machine is; what is not known of it limits nothing
   * @param need what each node is reckoned to need
   * @param defaults settings with the built-in defaults
   */
  public List<Proposal> limits(MachineSize size, NodeNeed need, Settings defaults) {
    List<Proposal> proposals = new ArrayList<>(List.of(nodes(size, need)));
    double load = Math.max(LOWEST_LOAD, rounded(limits.desiredLoad * size.cpus()));
    List<Proposal> others = List.of(
        ofWhole(Options.CPU_LESS_THAN, limits.cpuLessThan), ofWhole(Options.CPU_REMOVE, limits.cpuRemove),
        ofWhole(Options.MEM_LESS_THAN, limits.memoryLessThan), ofWhole(Options.MEM_REMOVE, limits.memoryRemove),
        ofWhole(Options.HD_LESS_THAN, limits.diskLessThan), ofWhole(Options.HD_REMOVE, limits.diskRemove),
        Proposal.of(Options.DESIRED_LOAD_AVERAGE, load, "of " + size.cpus() + " CPUs"),
        Proposal.of(Options.MAX_LOAD_AVERAGE_ALLOWED, Math.max(load + BETWEEN_LOADS, rounded(limits.mostLoad * size.cpus())),
            "of " + size.cpus() + " CPUs"));
    others.stream().filter(proposal -> !proposal.text().equals(defaults.asText().get(proposal.option().name()))).forEach(proposals::add);
    return proposals;
  }

  private static Proposal ofWhole(Option<Integer> option, int value) {
    return Proposal.of(option, value, "of the whole machine, whoever uses it");
  }

  /** By what is scarcest. */
  private Proposal nodes(MachineSize size, NodeNeed need) {
    long fit = (long) size.cpus() * NODES_OF_A_CPU;
    String why = size.cpus() + " CPUs, at " + NODES_OF_A_CPU + " nodes each";
    OptionalLong inMemory = fitting(size.memoryBytes(), need.memoryBytes());
    if (inMemory.isPresent() && inMemory.getAsLong() < fit) {
      fit = inMemory.getAsLong();
      why = Human.bytes(size.memoryBytes().getAsLong()) + " of memory, at " + Human.bytes(need.memoryBytes()) + " a node";
    }
    OptionalLong onDisk = fitting(size.freeDiskBytes(), need.diskBytes());
    if (onDisk.isPresent() && onDisk.getAsLong() < fit) {
      fit = onDisk.getAsLong();
      why = Human.bytes(size.freeDiskBytes().getAsLong()) + " of free disk, at " + Human.bytes(need.diskBytes()) + " a node";
    }
    return Proposal.of(Options.NODE_CAP, (int) Math.max(1, Math.min(MOST_NODES, fit * percent / 100)), percent + " % of " + why);
  }

  private static OptionalLong fitting(OptionalLong room, long need) {
    return room.isEmpty() || need == 0 ? OptionalLong.empty() : OptionalLong.of(room.getAsLong() / need);
  }

  private static double rounded(double load) {
    return Math.round(load * 10) / 10.0;
  }
}
