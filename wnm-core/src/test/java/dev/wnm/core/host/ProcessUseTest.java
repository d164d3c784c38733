package dev.wnm.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.model.NodeMetric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessUseTest {
  private static final long PID = 42;

  @TempDir
  private Path proc;

  @BeforeEach
  void aProcess() throws IOException {
    Path process = Files.createDirectory(proc.resolve(Long.toString(PID)));
    Files.writeString(proc.resolve("uptime"), "1000.50 1900.00\n");
    Files.writeString(process.resolve("status"), "Name:\tant-node\nVmPeak:\t 1800000 kB\nVmRSS:\t   76172 kB\n");
    // Started 900 s after the boot; 100 ticks in user mode and 50 in the kernel since.
    Files.writeString(process.resolve("stat"),
        "42 (ant (node)) S 1 42 42 0 -1 4194560 100 0 0 0 100 50 0 0 20 0 6 0 90000 1800000000 19000\n");
  }

  @Test
  void memoryProcessorsAndTimeAreRead() {
    assertThat(ProcessUse.in(proc, 2).of(PID))
        .containsEntry(NodeMetric.MEM, 7800L).as("hundredths of a megabyte")
        .containsEntry(NodeMetric.UPTIME, 100L)
        .containsEntry(NodeMetric.CPU, 74L).as("hundredths of a percent of both processors: 1.5 s of 100.5 s");
  }

  @Test
  void ofAProcessThatIsGoneNothingIsKnown() {
    assertThat(ProcessUse.in(proc, 2).of(43)).isEmpty();
  }

  @Test
  void whatMakesNoSenseIsNotKnown() throws IOException {
    Files.writeString(proc.resolve("42/stat"), "42 (x) S 1\n");
    Files.writeString(proc.resolve("42/status"), "VmRSS:\tmuch\n");

    assertThat(ProcessUse.in(proc, 2).of(PID)).isEmpty();
  }
}
