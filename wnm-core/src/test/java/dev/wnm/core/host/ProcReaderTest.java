package dev.wnm.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcReaderTest {
  private static final String LIMITED_V1 = """
      9:name=systemd:/
      4:memory:/pods/wnm
      0::/
      """;

  @TempDir Path root;
  private final Doubts doubts = new Doubts();

  @Test
  void bootAndLoadAreRead() {
    ProcReader reader = ProcTree.typical(root).reader();

    assertThat(reader.bootId(doubts)).isEqualTo("4f2d2d61-9f0a-4d6c-8f0f-6a4c39a2b7de");
    assertThat(reader.bootedAt()).isEqualTo(Instant.ofEpochSecond(1_795_222_397));
    assertThat(reader.loadAverages(doubts)).extracting(OptionalDouble::getAsDouble).containsExactly(1.25, 0.5, 12.75);
  }

  @Test
  void guestTimeIsNotCountedTwice() {
    assertThat(ProcTree.typical(root).reader().counters(doubts))
        .containsEntry(Counter.CPU_TOTAL, 9_550L)
        .containsEntry(Counter.CPU_IDLE, 8_000L)
        .containsEntry(Counter.CPU_IO_WAIT, 300L);
  }

  @Test
  void onlyWholeDisksAreCountedAndEachOnce() {
    assertThat(ProcTree.typical(root).reader().counters(doubts))
        .containsEntry(Counter.DISK_READ_BYTES, (2_000 + 3_000) * 512L)
        .containsEntry(Counter.DISK_WRITE_BYTES, (1_000 + 500) * 512L);
  }

  @Test
  void disksAreToldByTheirNamesWhereTheirDevicesAreHidden() {
    WholeDisks disks = new WholeDisks(root.resolve("sys/block"));

    assertThat(List.of("sda", "sdab", "hdc", "vda", "xvdb", "nvme0n1", "nvme10n2", "mmcblk0")).allMatch(disks::contains);
    assertThat(List.of("", "sda1", "xvdb2", "nvme0n1p1", "nvme0c0n1", "mmcblk0p1", "mmcblk0boot0", "loop0", "ram0",
        "zram0", "dm-0", "md127", "sr0", "fd0", "nbd0")).noneMatch(disks::contains);
  }

  @Test
  void aDiskMayHaveASlashInItsName() {
    ProcTree.typical(root).with("sys/block/cciss!c0d0/device/model", "");

    assertThat(new WholeDisks(root.resolve("sys/block")).contains("cciss/c0d0")).isTrue();
  }

  @Test
  void onlyInterfacesThatLeadOutAreCountedAndEachOnce() {
    ProcTree tree = ProcTree.typical(root).with("proc/net/dev", """
            lo: 1 1 0 0 0 0 0 0 1 1 0 0 0 0 0 0
          eth0: 100 1 0 0 0 0 0 0 10 1 0 0 0 0 0 0
       docker0: 40 1 0 0 0 0 0 0 4 1 0 0 0 0 0 0
       veth1a2: 30 1 0 0 0 0 0 0 3 1 0 0 0 0 0 0
      my-bridge: 20 1 0 0 0 0 0 0 2 1 0 0 0 0 0 0
        """).with("sys/class/net/eth0/device/vendor", "").with("sys/class/net/my-bridge/bridge/id", "");
    assertThat(tree.reader().counters(doubts))
        .containsEntry(Counter.NET_READ_BYTES, 100L).containsEntry(Counter.NET_WRITE_BYTES, 10L);
  }

  @Test
  void interfacesAreToldByTheirNamesWhereNoneIsADeviceAsInAContainer() {
    assertThat(ProcTree.typical(root).reader().counters(doubts))
        .containsEntry(Counter.NET_READ_BYTES, 124_516_722L)
        .containsEntry(Counter.NET_WRITE_BYTES, 1_130_927L);
    assertThat(List.of("eth0", "ens3", "enp0s31f6", "wlan0", "venet0", "bond0")).noneMatch(Interfaces::isInnerByName);
    assertThat(List.of("lo", "lo0", "veth12ab", "docker0", "br-5f3a", "br0", "virbr0", "tun0", "wg0", "cni0", "utun3"))
        .allMatch(Interfaces::isInnerByName);
  }

  @Test
  void disksOfWhichNothingIsToldAreUnknown() {
    assertThat(ProcTree.typical(root).with("proc/diskstats", "").reader().counters(doubts))
        .doesNotContainKeys(Counter.DISK_READ_BYTES, Counter.DISK_WRITE_BYTES);
    assertThat(doubts.sentences()).containsEntry(Sense.DISK_TRAFFIC, "disk traffic is unknown: /proc/diskstats is empty");
  }

  @Test
  void anEmptyMeminfoIsUnknownAndNamed() {
    assertThat(ProcTree.typical(root).with("proc/meminfo", "").reader().usedMemoryPercent(Set.of(), doubts)).isEmpty();
    assertThat(doubts.sentences()).containsEntry(Sense.MEMORY, "memory use is unknown: /proc/meminfo is empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"MemTotal: 0 kB\nMemAvailable: 0 kB\n", "MemTotal: 8 kB\nMemAvailable: 9 kB\n",
      "MemTotal: -8 kB\nMemAvailable: 4 kB\n", "MemTotal: 8 kB\n", "nonsense"})
  void memoryThatCannotBeTrueIsUnknown(String meminfo) {
    assertThat(ProcTree.typical(root).with("proc/meminfo", meminfo).reader().usedMemoryPercent(Set.of(), doubts)).isEmpty();
    assertThat(doubts.sentences().get(Sense.MEMORY)).contains("/proc/meminfo says");
  }

  @Test
  void aLoadAverageThatIsNoNumberIsUnknownAndQuoted() {
    assertThat(ProcTree.typical(root).with("proc/loadavg", "-1.00 x\u001b[31m 0.5").reader().loadAverages(doubts))
        .containsOnly(OptionalDouble.empty());
    assertThat(doubts.sentences()).containsEntry(Sense.LOAD, "the load average is unknown: /proc/loadavg says '-1.00 x [31m 0.5'");
  }

  @Test
  void aLimitOnWnmAloneSaysNothingOfNodesElsewhere() {
    ProcTree.typical(root)
        .with("proc/self/cgroup", "0::/system.slice/wnm.service\n")
        .with("proc/77/cgroup", "0::/system.slice/antnode0001.service\n")
        .with("sys/fs/cgroup/system.slice/wnm.service/memory.max", "1000000000\n")
        .with("sys/fs/cgroup/system.slice/wnm.service/memory.current", "990000000\n");

    assertThat(new ProcTree(root).reader().usedMemoryPercent(Set.of(77L), doubts)).hasValue(25);
  }

  @Test
  void aLimitOnWnmCountsForNodesThatLiveUnderItToo() {
    ProcTree.typical(root)
        .with("proc/self/cgroup", "0::/system.slice/wnm.service\n")
        .with("proc/77/cgroup", "0::/system.slice/wnm.service\n")
        .with("sys/fs/cgroup/system.slice/wnm.service/memory.max", "1000000000\n")
        .with("sys/fs/cgroup/system.slice/wnm.service/memory.current", "990000000\n");

    assertThat(new ProcTree(root).reader().usedMemoryPercent(Set.of(77L), doubts).orElseThrow()).isCloseTo(99, within(0.001));
  }

  @Test
  void memoryIsWhatIsNotAvailable() {
    assertThat(ProcTree.typical(root).reader().usedMemoryPercent(Set.of(), doubts)).hasValue(25);
  }

  @Test
  void anOldKernelDoesNotSayWhatIsAvailable() {
    String meminfo = "MemTotal: 8000000 kB\nMemFree: 500000 kB\nBuffers: 100000 kB\nCached: 3400000 kB\n";

    assertThat(ProcTree.typical(root).with("proc/meminfo", meminfo).reader().usedMemoryPercent(Set.of(), doubts)).hasValue(50);
  }

  @Test
  void aControlGroupNearerToItsLimitThanTheMachineCounts() {
    ProcTree.typical(root)
        .with("proc/self/cgroup", "0::/system.slice/cron.service\n")
        .with("sys/fs/cgroup/system.slice/cron.service/memory.max", "max\n")
        .with("sys/fs/cgroup/system.slice/memory.max", "1000000000\n")
        .with("sys/fs/cgroup/system.slice/memory.current", "900000000\n")
        .with("sys/fs/cgroup/system.slice/memory.stat", "anon 5\ninactive_file 80000000\nactive_file 20000000\n");

    new ProcTree(root).with("proc/77/cgroup", "0::/system.slice/antnode0001.service\n");
    assertThat(new ProcTree(root).reader().usedMemoryPercent(Set.of(77L), doubts).orElseThrow()).isCloseTo(80, within(0.001));
  }

  @Test
  void anEmptyControlGroupDoesNotHideThatTheMachineIsFull() {
    ProcTree.typical(root)
        .with("proc/self/cgroup", "0::/\n")
        .with("sys/fs/cgroup/memory.max", "1000000000\n")
        .with("sys/fs/cgroup/memory.current", "10000000\n");

    assertThat(new ProcTree(root).reader().usedMemoryPercent(Set.of(), doubts)).hasValue(25);
  }

  @Test
  void controlGroupsOfVersion1AreUnderstood() {
    ProcTree.typical(root)
        .with("proc/self/cgroup", LIMITED_V1)
        .with("sys/fs/cgroup/memory/pods/wnm/memory.limit_in_bytes", "2000000000\n")
        .with("sys/fs/cgroup/memory/pods/wnm/memory.usage_in_bytes", "1500000000\n")
        .with("sys/fs/cgroup/memory/pods/wnm/memory.stat",
            "inactive_file 9\ntotal_inactive_file 300000000\ntotal_active_file 0\n");

    new ProcTree(root).with("proc/77/cgroup", LIMITED_V1);
    assertThat(new ProcTree(root).reader().usedMemoryPercent(Set.of(77L), doubts).orElseThrow()).isCloseTo(60, within(0.001));
  }

  @Test
  void inAContainerTheMountIsTheGroupItself() {
    ProcTree.typical(root)
        .with("proc/self/cgroup", LIMITED_V1)
        .with("sys/fs/cgroup/memory/memory.limit_in_bytes", "2000000000\n")
        .with("sys/fs/cgroup/memory/memory.usage_in_bytes", "1000000000\n");

    assertThat(new ProcTree(root).reader().usedMemoryPercent(Set.of(), doubts).orElseThrow()).isCloseTo(50, within(0.001));
  }

  @Test
  void aLimitAboveTheMachinesMemoryIsNone() {
    ProcTree.typical(root)
        .with("proc/self/cgroup", LIMITED_V1)
        .with("sys/fs/cgroup/memory/pods/wnm/memory.limit_in_bytes", "9223372036854771712\n")
        .with("sys/fs/cgroup/memory/pods/wnm/memory.usage_in_bytes", "9000000000000000000\n");

    assertThat(new ProcTree(root).reader().usedMemoryPercent(Set.of(), doubts)).hasValue(25);
  }

  @Test
  void aGroupNamedOutsideItsMountIsNotLookedAt() {
    ProcTree.typical(root)
        .with("proc/self/cgroup", "0::/../../../outside\n")
        .with("outside/memory.max", "1000\n")
        .with("outside/memory.current", "1000\n");

    assertThat(new ProcTree(root).reader().usedMemoryPercent(Set.of(), doubts)).hasValue(25);
  }

  @Test
  void whatIsMissingIsUnknownAndNamed() {
    ProcReader reader = new ProcTree(root).reader();

    assertThat(reader.bootId(doubts)).isEmpty();
    assertThat(reader.bootedAt()).isEqualTo(Instant.EPOCH);
    assertThat(reader.loadAverages(doubts)).containsOnly(OptionalDouble.empty());
    assertThat(reader.usedMemoryPercent(Set.of(), doubts)).isEmpty();
    assertThat(reader.counters(doubts)).isEmpty();
    assertThat(doubts.sentences()).containsOnlyKeys(Sense.REBOOTS, Sense.LOAD, Sense.MEMORY, Sense.CPU, Sense.DISK_TRAFFIC,
        Sense.NETWORK_TRAFFIC).containsEntry(Sense.CPU, "CPU use is unknown: /proc/stat cannot be read");
  }

  @Property(tries = 50)
  void strangeTextIsBorne(@ForAll byte[] bytes) throws Exception {
    Path tree = Files.createTempDirectory(Path.of("target"), "proc");
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    ProcReader reader = ProcTree.typical(tree)
        .with("proc/stat", "cpu " + text + "\nbtime " + text)
        .with("proc/loadavg", text)
        .with("proc/meminfo", "MemTotal: " + text + "\nMemAvailable: " + text)
        .with("proc/diskstats", "8 0 sda " + text)
        .with("proc/net/dev", text + ":" + text)
        .with("proc/self/cgroup", "0::" + text.replace('\0', ' ') + "\n4:memory:" + text.replace('\0', ' '))
        .reader();

    assertThat(reader.loadAverages(doubts)).hasSize(3);
    reader.usedMemoryPercent(Set.of(), doubts).ifPresent(percent -> assertThat(percent).isBetween(0.0, 100.0));
    assertThat(reader.bootedAt()).isAfterOrEqualTo(Instant.EPOCH);
    assertThat(reader.counters(doubts).values()).allMatch(value -> value >= 0);
  }
}
