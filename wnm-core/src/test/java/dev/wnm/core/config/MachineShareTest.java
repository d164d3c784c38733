package dev.wnm.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.wnm.core.model.MachineSize;
import dev.wnm.core.model.NodeNeed;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MachineShareTest {
  private static final long GB = 1_000_000_000;
  private static final NodeNeed NEED = new NodeNeed(150_000_000, 2 * GB);

  @TempDir
  private Path home;
  private Machine machine;

  @BeforeEach
  void aFreshMachine() {
    machine = new Machine(home);
  }

  private List<Proposal> limits(MachineShare share, MachineSize size) {
    return share.limits(size, NEED, Settings.defaults(machine.platform().withCpuCount(size.cpus())));
  }

  private static MachineSize size(int cpus, long memory, long disk) {
    return new MachineSize(cpus, OptionalLong.of(memory), OptionalLong.of(disk));
  }

  @ParameterizedTest
  @CsvSource({
      "HALF,    4,  64, 500,  20, '50 % of 4 CPUs, at 10 nodes each'",
      "QUARTER, 4,  64, 500,  10, '25 % of 4 CPUs, at 10 nodes each'",
      "MOST,    4,  3,  500,  15, '75 % of 3.0 GB of memory, at 150 MB a node'",
      "HALF,    16, 64, 40,   10, '50 % of 40.0 GB of free disk, at 2.0 GB a node'",
      "QUARTER, 1,  0,  0,    1,  '25 % of 0 B of memory, at 150 MB a node'",
      "MOST,  1000, 9999, 99999, 1000, '75 % of 1000 CPUs, at 10 nodes each'"})
  void whatIsScarcestSaysHowManyNodes(MachineShare share, int cpus, long memory, long disk, String nodes, String why) {
    Proposal first = limits(share, size(cpus, memory * GB, disk * GB)).get(0);
    assertThat(first.words()).containsExactly("--node_cap", nodes);
    assertThat(first.why()).isEqualTo(why);
  }

  @Test
  void whatIsNotKnownLimitsNothing() {
    assertThat(limits(MachineShare.HALF, new MachineSize(4, OptionalLong.empty(), OptionalLong.empty())).get(0).text()).isEqualTo("20");
  }

  @Test
  void halfTheMachineHasTheBuiltInLimits() {
    assertThat(Proposal.words(limits(MachineShare.HALF, size(4, 64 * GB, 500 * GB)))).isEqualTo("--node_cap 20");
    assertThat(Proposal.words(limits(MachineShare.QUARTER, size(4, 64 * GB, 500 * GB))))
        .isEqualTo("--node_cap 10 --cpu_less_than 30 --cpu_remove 50 --desired_load_average 1.2 --max_load_average_allowed 2.4");
    assertThat(Proposal.words(limits(MachineShare.MOST, size(4, 64 * GB, 500 * GB)))).isEqualTo("--node_cap 30 --cpu_less_than 75"
        + " --cpu_remove 90 --mem_less_than 75 --mem_remove 85 --hd_less_than 80 --desired_load_average 3.6 --max_load_average_allowed 6.0");
  }

  @ParameterizedTest
  @EnumSource
  void theLimitsGoTogetherOnAMachineOfAnySize(MachineShare share) {
    for (int cpus = 1; cpus <= 128; cpus++) {
      List<Proposal> limits = limits(share, size(cpus, 64 * GB, 500 * GB));
      String[] words = limits.stream().flatMap(limit -> limit.words().stream()).collect(Collectors.toList()).toArray(String[]::new);
      assertThatCode(() -> machine.settings(words)).as(Proposal.words(limits)).doesNotThrowAnyException();
      assertThat(limits).allSatisfy(limit -> assertThat(limit.why()).isNotBlank());
      assertThat(limits.stream().skip(1)).extracting(Proposal::option).isSubsetOf(MachineShare.OPTIONS);
    }
  }
}
