package dev.wnm.core.config;

import dev.wnm.spi.manager.Traits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * How fast a new colony may go, by the machine's cores and by what runs the nodes. The built-in defaults are those of the Python wnm
 * (one node at a time, 300 s apart), which fit the smallest machine.
 *
 * <p>What a start costs was measured with ant-node 0.23.1 and without data on two shared cores: 0.2 to 0.3 s of processor time in the
 * first 20 s, 65 to 78 MB of memory, and 0.1 to 0.5 s until it is ready, 6.9 s where it finds no peer. What a new node of the live
 * network does in its first minutes was never measured. So one start for every two cores at most, and each cycle measures the machine,
 * its load average over a minute among that, before it begins more: the limits on CPU, memory, disk and load brake as ever.
 */
public final class PaceProposal {
  private static final int CORES_OF_A_START = 2;
  private static final int CORES_OF_AN_UPGRADE = 4;
  /** With more at once the disk and the line count, not the cores; nobody has measured those. */
  private static final int MOST_STARTS = 8;
  private static final int MOST_UPGRADES = 4;
  /** Four times what the slowest start took that was measured, and over before the next cycle of a minute. */
  private static final Duration LOOK_AFTER = Duration.ofSeconds(30);
  /** On a single core the next start waits until the load average over a minute tells of this one. */
  private static final Duration LOOK_AFTER_ON_ONE_CORE = Duration.ofSeconds(60);
  /** Nodes have data then, and the program is one that they have not run yet. */
  private static final Duration LOOK_AFTER_UPGRADE = Duration.ofSeconds(60);

  private final Settings settings;
  private final int cores;
  private final String onCores;
  private final List<Proposal> proposals = new ArrayList<>();

  private PaceProposal(Settings settings, int cores) {
    this.settings = settings;
    this.cores = cores;
    onCores = cores == 1 ? "the machine has one CPU" : "the machine has " + cores + " CPUs";
  }

  /**
   * What is proposed instead of built-in defaults; nothing for what is given.
   *
   * @param settings of the colony that is made
   * @param cores that wnm and the nodes may use, 1 or more
   * @param concurrency of its process manager
   */
  public static List<Proposal> of(Settings settings, int cores, Traits.Concurrency concurrency) {
    PaceProposal pace = new PaceProposal(settings, cores);
    pace.proposeNumbers(concurrency);
    pace.propose(Options.DELAY_START, cores == 1 ? LOOK_AFTER_ON_ONE_CORE : LOOK_AFTER,
        cores == 1 ? "the load of a start shows on a single CPU before the next" : "a node is ready within seconds");
    pace.propose(Options.DELAY_UPGRADE, LOOK_AFTER_UPGRADE, "a node is ready within seconds, with data somewhat later");
    return List.copyOf(pace.proposals);
  }

  private void proposeNumbers(Traits.Concurrency concurrency) {
    OptionalInt ofAGroup = settings.registry().startsOfAGroup(settings.get(Options.PROCESS_MANAGER));
    boolean sideBySide = concurrency == Traits.Concurrency.PARALLEL && ofAGroup.isEmpty();
    int starts = proposeNumber(Options.MAX_CONCURRENT_STARTS,
        sideBySide ? Math.min(cores / CORES_OF_A_START, MOST_STARTS) : ofAGroup.orElse(1) * groups(ofAGroup),
        sideBySide ? onCores : "so many groups start side by side");
    int upgrades = proposeNumber(Options.MAX_CONCURRENT_UPGRADES, sideBySide ? Math.min(cores / CORES_OF_AN_UPGRADE, MOST_UPGRADES) : 1, onCores);
    proposeNumber(Options.MAX_CONCURRENT_OPERATIONS, Math.max(starts, upgrades), "as many as may start, or be upgraded, at once");
  }

  /** As many as the cap can come to need. */
  private int groups(OptionalInt startsOfAGroup) {
    return startsOfAGroup.isEmpty() ? 1 : Math.min(ResourceOptions.MOST_NODES / startsOfAGroup.getAsInt(),
        settings.groupBlocks().groups());
  }

  /** What holds then: what is given, else so many, but one at least and no more than all operations that are given. */
  private int proposeNumber(Option<Integer> option, int wanted, String why) {
    int most = settings.isGiven(Options.MAX_CONCURRENT_OPERATIONS) ? settings.get(Options.MAX_CONCURRENT_OPERATIONS)
        : ResourceOptions.MOST_NODES;
    int number = Math.min(Math.max(1, wanted), most);
    propose(option, number, why);
    return settings.isGiven(option) ? settings.get(option) : number;
  }

  private <T> void propose(Option<T> option, T value, String why) {
    if (!settings.isGiven(option) && !settings.get(option).equals(value)) {
      proposals.add(Proposal.of(option, value, why));
    }
  }
}
