package dev.wnm.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcReaderTest {
  private static final String LIMITED_V1 = """
      9:name=systemd:/
      4:memory:/pods/wnm
      0::/
      """;

  @TempDir Path root;

  @Test
  void bootAndLoadAreRead() {
    ProcReader reader = ProcTree.typical(root).reader();

    assertThat(reader.bootId()).isEqualTo("4f2d2d61-9f0a-4d6c-8f0f-6a4c39a2b7de");
    assertThat(reader.bootedAt()).isEqualTo(Instant.ofEpochSecond(1_795_222_397));
    assertThat(reader.loadAverages()).containsExactly(1.25, 0.5, 12.75);
  }

  @Test
  void guestTimeIsNotCountedTwice() {
    assertThat(ProcTree.typical(root).reader().counters())
        .containsEntry(Counter.CPU_TOTAL, 9_550L)
        .containsEntry(Counter.CPU_IDLE, 8_000L)
        .containsEntry(Counter.CPU_IO_WAIT, 300L);
  }

  @Test
  void onlyWholeDisksAreCountedAndEachOnce() {
    assertThat(ProcTree.typical(root).reader().counters())
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
  void allInterfacesAreCountedLoopbackIncluded() {
    assertThat(ProcTree.typical(root).reader().counters())
        .containsEntry(Counter.NET_READ_BYTES, 3_245L + 124_516_722 + 100)
        .containsEntry(Counter.NET_WRITE_BYTES, 3_245L + 1_130_927 + 10);
  }

  @Test
  void noDisksAreNoTraffic() {
    assertThat(ProcTree.typical(root).with("proc/diskstats", "").reader().counters())
        .containsEntry(Counter.DISK_READ_BYTES, 0L).containsEntry(Counter.DISK_WRITE_BYTES, 0L);
  }

  @Test
  void memoryIsWhatIsNotAvailable() {
    assertThat(ProcTree.typical(root).reader().usedMemoryPercent()).isEqualTo(25);
  }

  @Test
  void anOldKernelDoesNotSayWhatIsAvailable() {
    String meminfo = "MemTotal: 8000000 kB\nMemFree: 500000 kB\nBuffers: 100000 kB\nCached: 3400000 kB\n";

    assertThat(ProcTree.typical(root).with("proc/meminfo", meminfo).reader().usedMemoryPercent()).isEqualTo(50);
  }

  @Test
  void aControlGroupNearerToItsLimitThanTheMachineCounts() {
    ProcTree.typical(root)
        .with("proc/self/cgroup", "0::/system.slice/cron.service\n")
        .with("sys/fs/cgroup/system.slice/cron.service/memory.max", "max\n")
        .with("sys/fs/cgroup/system.slice/memory.max", "1000000000\n")
        .with("sys/fs/cgroup/system.slice/memory.current", "900000000\n")
        .with("sys/fs/cgroup/system.slice/memory.stat", "anon 5\ninactive_file 80000000\nactive_file 20000000\n");

    assertThat(new ProcTree(root).reader().usedMemoryPercent()).isCloseTo(80, within(0.001));
  }

  @Test
  void anEmptyControlGroupDoesNotHideThatTheMachineIsFull() {
    ProcTree.typical(root)
        .with("proc/self/cgroup", "0::/\n")
        .with("sys/fs/cgroup/memory.max", "1000000000\n")
        .with("sys/fs/cgroup/memory.current", "10000000\n");

    assertThat(new ProcTree(root).reader().usedMemoryPercent()).isEqualTo(25);
  }

  @Test
  void controlGroupsOfVersion1AreUnderstood() {
    ProcTree.typical(root)
        .with("proc/self/cgroup", LIMITED_V1)
        .with("sys/fs/cgroup/memory/pods/wnm/memory.limit_in_bytes", "2000000000\n")
        .with("sys/fs/cgroup/memory/pods/wnm/memory.usage_in_bytes", "1500000000\n")
        .with("sys/fs/cgroup/memory/pods/wnm/memory.stat",
            "inactive_file 9\ntotal_inactive_file 300000000\ntotal_active_file 0\n");

    assertThat(new ProcTree(root).reader().usedMemoryPercent()).isCloseTo(60, within(0.001));
  }

  @Test
  void inAContainerTheMountIsTheGroupItself() {
    ProcTree.typical(root)
        .with("proc/self/cgroup", LIMITED_V1)
        .with("sys/fs/cgroup/memory/memory.limit_in_bytes", "2000000000\n")
        .with("sys/fs/cgroup/memory/memory.usage_in_bytes", "1000000000\n");

    assertThat(new ProcTree(root).reader().usedMemoryPercent()).isCloseTo(50, within(0.001));
  }

  @Test
  void aLimitAboveTheMachinesMemoryIsNone() {
    ProcTree.typical(root)
        .with("proc/self/cgroup", LIMITED_V1)
        .with("sys/fs/cgroup/memory/pods/wnm/memory.limit_in_bytes", "9223372036854771712\n")
        .with("sys/fs/cgroup/memory/pods/wnm/memory.usage_in_bytes", "9000000000000000000\n");

    assertThat(new ProcTree(root).reader().usedMemoryPercent()).isEqualTo(25);
  }

  @Test
  void aGroupNamedOutsideItsMountIsNotLookedAt() {
    ProcTree.typical(root)
        .with("proc/self/cgroup", "0::/../../../outside\n")
        .with("outside/memory.max", "1000\n")
        .with("outside/memory.current", "1000\n");

    assertThat(new ProcTree(root).reader().usedMemoryPercent()).isEqualTo(25);
  }

  @Test
  void whatIsMissingCountsAsNothing() {
    ProcReader reader = new ProcTree(root).reader();

    assertThat(reader.bootId()).isEmpty();
    assertThat(reader.bootedAt()).isEqualTo(Instant.EPOCH);
    assertThat(reader.loadAverages()).containsExactly(0.0, 0.0, 0.0);
    assertThat(reader.usedMemoryPercent()).isZero();
    assertThat(reader.counters()).isEqualTo(Map.of(Counter.DISK_READ_BYTES, 0L, Counter.DISK_WRITE_BYTES, 0L,
        Counter.NET_READ_BYTES, 0L, Counter.NET_WRITE_BYTES, 0L));
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

    assertThat(reader.loadAverages()).hasSize(3);
    assertThat(reader.usedMemoryPercent()).isBetween(0.0, 100.0);
    assertThat(reader.bootedAt()).isAfterOrEqualTo(Instant.EPOCH);
    assertThat(reader.counters().values()).allMatch(value -> value >= 0);
  }
}
