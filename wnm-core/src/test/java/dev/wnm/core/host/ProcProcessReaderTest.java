package dev.wnm.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.model.ProcessFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcProcessReaderTest {
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

  private ProcessFacts facts(long pid) {
    return new ProcProcessReader(proc).of(pid);
  }

  private void open(long pid, int files) throws IOException {
    Path folder = Files.createDirectories(proc.resolve(Long.toString(pid)).resolve("fd"));
    for (int i = 0; i < files; i++) {
      Files.createFile(folder.resolve(Integer.toString(i)));
    }
  }

  @Test
  void memoryProcessorsThreadsFilesAndTimeAreRead() throws IOException {
    open(PID, 20);

    assertThat(facts(PID)).isEqualTo(ProcessFacts.NONE.withMemoryBytes(76_172 * 1024).withCpu(Duration.ofMillis(1_500))
        .withUp(Duration.ofMillis(100_500)).withThreads(6).withOpenFiles(20));
  }

  @Test
  void aProcessThatStartedAnotherIsMeasuredWithThat() throws IOException {
    open(PID, 3);
    Path children = Files.createDirectories(proc.resolve("42/task/42")).resolve("children");
    Files.writeString(children, "43 ");
    Path child = Files.createDirectory(proc.resolve("43"));
    Files.writeString(child.resolve("status"), "VmRSS:\t   1000 kB\n");
    Files.writeString(child.resolve("stat"), "43 (node) S 42 43 43 0 -1 4194560 100 0 0 0 10 0 0 0 20 0 2 0 90100 1800000000 19000\n");
    open(43, 4);

    assertThat(facts(PID)).isEqualTo(ProcessFacts.NONE.withMemoryBytes(77_172 * 1024).withCpu(Duration.ofMillis(1_600))
        .withUp(Duration.ofMillis(100_500)).withThreads(8).withOpenFiles(7));
  }

  private void start(int pid, String state) throws IOException {
    Path child = Files.createDirectory(proc.resolve(Integer.toString(pid)));
    Files.writeString(child.resolve("status"), state.equals("Z") ? "Name:\tnode\n" : "VmRSS:\t   1000 kB\n");
    Files.writeString(child.resolve("stat"),
        pid + " (node) " + state + " 42 43 43 0 -1 4194560 100 0 0 0 10 0 0 0 20 0 1 0 90100 1800000000 19000\n");
    if (!state.equals("Z")) {
      open(pid, 1);
    }
  }

  private void started(int... pids) throws IOException {
    Files.writeString(Files.createDirectories(proc.resolve("42/task/42")).resolve("children"),
        Arrays.stream(pids).mapToObj(Integer::toString).collect(Collectors.joining(" ")));
  }

  @Test
  void whatHasEndedAndIsNotHeardOfYetUsesNothing() throws IOException {
    open(PID, 3);
    started(43, 44);
    start(43, "Z");
    start(44, "S");

    assertThat(facts(PID)).isEqualTo(ProcessFacts.NONE.withMemoryBytes(77_172 * 1024).withCpu(Duration.ofMillis(1_600))
        .withUp(Duration.ofMillis(100_500)).withThreads(7).withOpenFiles(4));
    assertThat(facts(43)).isEqualTo(ProcessFacts.NONE);
  }

  @Test
  void whatHundredsOfProcessesUseIsNotKnownRatherThanInPart() throws IOException {
    open(PID, 3);
    int[] children = IntStream.rangeClosed(100, 162).toArray();
    for (int child : children) {
      start(child, "S");
    }
    started(children);
    assertThat(facts(PID).threads()).as("64 of them, all told").hasValue(6 + 63);

    start(163, "S");
    started(IntStream.rangeClosed(100, 163).toArray());
    assertThat(facts(PID)).as("one more").isEqualTo(ProcessFacts.NONE.withUp(Duration.ofMillis(100_500)));
  }

  @Test
  void filesOfAProcessThatDoesNotShowThemAreNotKnown() {
    assertThat(facts(PID).openFiles()).isEmpty();
    assertThat(facts(PID).threads()).hasValue(6);
  }

  @Test
  void ofAProcessThatIsGoneNothingIsKnown() {
    assertThat(facts(43)).isEqualTo(ProcessFacts.NONE);
  }

  @Test
  void whatMakesNoSenseIsNotKnown() throws IOException {
    Files.writeString(proc.resolve("42/stat"), "42 (x) S 1\n");
    Files.writeString(proc.resolve("42/status"), "VmRSS:\tmuch\n");

    assertThat(facts(PID)).isEqualTo(ProcessFacts.NONE);
  }
}
