package dev.wnm.managers.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.spi.manager.OperationFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a copy of {@code /proc} made by hand, for what cannot be had at will. */
class LinuxProcessTableTest {
  private static final List<String> NODE = List.of("/n/antnode0001/antnode", "--root-dir", "/n/antnode0001");

  @TempDir Path proc;
  private LinuxProcessTable table;

  @BeforeEach
  void ourselves() throws IOException {
    process(1, "init", 'S', "/n/init", "pid:[1]", List.of("init"));
    Files.createSymbolicLink(proc.resolve("self"), Path.of("1"));
    table = new LinuxProcessTable(proc);
  }

  @Test
  void aProcessWithARootDirIsACandidateWithAllThatTellsItApart() throws Exception {
    process(4711, "antnode", 'S', "/n/antnode0001/antnode", "pid:[1]", NODE);

    assertThat(table.candidates()).singleElement().satisfies(process -> {
      assertThat(process.pid()).isEqualTo(4711);
      assertThat(process.startedAt()).isEqualTo("987654");
      assertThat(process.program()).isEqualTo("antnode");
      assertThat(process.executable()).contains(Path.of("/n/antnode0001/antnode"));
      assertThat(process.argv()).isEqualTo(NODE);
    });
  }

  @Test
  void anExecutableThatWasReplacedKeepsItsName() throws IOException {
    process(5, "antnode", 'S', "/n/antnode0001/antnode (deleted)", "pid:[1]", NODE);

    assertThat(table.find(5).orElseThrow().executable()).contains(Path.of("/n/antnode0001/antnode"));
  }

  @Test
  void aProgramsNameMayHoldBlanksAndBrackets() throws IOException {
    process(5, "a) S 1 (b", 'S', "/n/antnode", "pid:[1]", NODE);

    assertThat(table.find(5).orElseThrow().program()).isEqualTo("a) S 1 (b");
    assertThat(table.find(5).orElseThrow().startedAt()).isEqualTo("987654");
  }

  @Test
  void zombiesAndTheDeadAreNoProcesses() throws Exception {
    process(5, "antnode", 'Z', "/n/antnode", "pid:[1]", NODE);
    process(6, "antnode", 'X', "/n/antnode", "pid:[1]", NODE);
    process(7, "antnode", 'Z', "/n/antnode", "pid:[1]", List.of());

    assertThat(table.candidates()).isEmpty();
    assertThat(table.find(5)).isEmpty();
    assertThat(table.find(7)).isEmpty();
    assertThat(table.find(8)).isEmpty();
  }

  @Test
  void aProcessInAContainerIsNotOursThoughItsPathsReadTheSame() throws Exception {
    process(5, "antnode", 'S', "/n/antnode0001/antnode", "pid:[2]", NODE);

    assertThat(table.candidates()).isEmpty();
  }

  @Test
  void whatTheSystemHidesOfAnotherAccountsProcessIsAbsentAndNoError() throws Exception {
    process(5, "antnode", 'S', "/n/antnode0001/antnode", "pid:[1]", NODE);
    Files.delete(proc.resolve("5/exe"));
    Files.delete(proc.resolve("5/ns/pid"));

    assertThat(table.candidates()).singleElement().satisfies(process -> assertThat(process.executable()).isEmpty());
    assertThat(table.environment(5)).isEmpty();
  }

  @Test
  void processesThatCannotBeListedAreAFailureAndNotNone() {
    ProcessTable elsewhere = new LinuxProcessTable(proc.resolve("not-mounted"));

    assertThatThrownBy(elsewhere::candidates).isInstanceOf(OperationFailedException.class)
        .hasMessageContaining("not-mounted").hasMessageContaining("cannot be listed");
  }

  @Test
  void variablesAreReadAsTheyWereGiven() throws IOException {
    process(5, "antnode", 'S', "/n/antnode", "pid:[1]", NODE);
    Files.writeString(proc.resolve("5/environ"), "A=1\0B=x=y z\0broken\0=empty\0C=\0");

    assertThat(table.environment(5)).isEqualTo(Map.of("A", "1", "B", "x=y z", "C", ""));
  }

  private void process(int pid, String program, char state, String exe, String pids, List<String> argv) throws IOException {
    Path process = Files.createDirectories(proc.resolve(Integer.toString(pid)));
    Files.createDirectory(process.resolve("ns"));
    Files.createSymbolicLink(process.resolve("ns/pid"), Path.of(pids));
    Files.createSymbolicLink(process.resolve("exe"), Path.of(exe));
    Files.writeString(process.resolve("cmdline"), argv.isEmpty() ? "" : String.join("\0", argv) + "\0");
    Files.writeString(process.resolve("stat"), pid + " (" + program + ") " + state
        + " 1 5 5 0 -1 4194560 1 0 0 0 3 4 0 0 20 0 9 0 987654 1000000 100 18446744073709551615\n");
  }
}
