package dev.wnm.managers.support;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.manager.LogPart;
import dev.wnm.spi.manager.LogRequest;
import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.spi.program.NodePrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeLogTest {
  private static final int ALL = 1_000;

  @TempDir
  private Path home;
  private Path logs;

  @BeforeEach
  void makeFolder() throws IOException {
    logs = Files.createDirectories(home.resolve("antnode0001/logs"));
  }

  @Test
  void theLastLinesAreThoseOfTheLogFile() throws IOException {
    write("antnode.log", line(1), line(2), line(3));

    assertThat(antnode(LogRequest.last(2)).lines()).containsExactly(line(2), line(3));
  }

  @Test
  void whatCameLaterIsToldAloneByThePosition() throws IOException {
    write("antnode.log", line(1), line(2));
    LogPart first = antnode(LogRequest.last(1));
    assertThat(antnode(after(first)).lines()).isEmpty();
    write("antnode.log", line(3), "of its ünfinished line only the end is mis");

    LogPart second = antnode(after(first));
    assertThat(second.lines()).as("whole lines alone").containsExactly(line(3));
    write("antnode.log", "sing");
    assertThat(antnode(after(second)).lines()).containsExactly("of its ünfinished line only the end is mis" + "sing");
  }

  @Test
  void aFileThatWasRotatedUnderTheSameNameIsReadFromItsBeginning() throws IOException {
    write("antnode.log", line(1), line(2));
    LogPart first = antnode(LogRequest.last(ALL));
    Files.move(logs.resolve("antnode.log"), logs.resolve("antnode_1.log"));
    assertThat(antnode(after(first)).lines()).as("in between there is none").isEmpty();
    write("antnode.log", line(3), line(4), line(5));

    assertThat(antnode(after(first)).lines()).as("it is longer than the old one").containsExactly(line(3), line(4), line(5));
  }

  @Test
  void oneOfTheSameLengthIsAnotherFileWhenItWasWrittenSince() throws IOException {
    write("critical_failure.log", line(1));
    Files.setLastModifiedTime(logs.resolve("critical_failure.log"), FileTime.from(Instant.now().minusSeconds(60)));
    LogPart first = antnode(LogRequest.last(ALL));
    Files.delete(logs.resolve("critical_failure.log"));
    write("critical_failure.log", line(2));

    assertThat(antnode(after(first)).lines()).containsExactly(line(2));
  }

  @Test
  void theFilesOfEachDayAreReadOneAfterTheOther() throws IOException {
    write("ant-node.2026-11-29.log", json(1), json(2));
    LogPart first = antNode(LogRequest.last(1));
    assertThat(first.lines()).containsExactly(json(2));
    write("ant-node.2026-11-29.log", json(3));
    write("ant-node.2026-11-30.log", json(4));

    assertThat(antNode(after(first)).lines()).containsExactly(json(3), json(4));
    assertThat(antNode(LogRequest.last(3)).lines()).as("also at first").containsExactly(json(2), json(3), json(4));
  }

  @Test
  void whatItPrintedIsToldInItsPlaceByTheTimeWhenItDidSo() throws IOException {
    write("antnode.log", "[" + Instant.now().minusSeconds(50) + " INFO ant_node] one", "[" + Instant.now().plusSeconds(50) + " INFO ant_node] two");
    write("console.log", "thread 'main' panicked");

    assertThat(antnode(LogRequest.last(ALL)).lines()).satisfiesExactly(one -> assertThat(one).endsWith("one"),
        panic -> assertThat(panic).contains("panicked"), two -> assertThat(two).endsWith("two"));
  }

  @Test
  void olderLinesAreLeftOutWithWhatBelongsToThem() throws IOException {
    write("antnode.log", "[" + Instant.now().minusSeconds(7_300) + " INFO ant_node] old", "  and more of it",
        "[" + Instant.now().minusSeconds(3_000) + " INFO ant_node] young", "  and more of that");

    assertThat(antnode(LogRequest.last(ALL).within(Duration.ofHours(2))).lines()).hasSize(2).last().isEqualTo("  and more of that");
  }

  @Test
  void whereThereIsNoneThatIsSaid() throws IOException {
    LogPart none = antnode(LogRequest.last(ALL));
    assertThat(none.lines()).isEmpty();
    assertThat(none.reason()).isEqualTo("there is none in " + logs);

    write("antnode.log", line(1));
    assertThat(antnode(after(none)).lines()).as("and it is followed all the same").containsExactly(line(1));
  }

  @Test
  void ofMoreThanIsReadAtOnceTheEndCountsAndTheRestIsSaid() throws IOException {
    write("antnode.log", line(1));
    LogPart first = antnode(LogRequest.last(ALL));
    write("antnode.log", "x".repeat(700_000), line(2));

    LogPart second = antnode(after(first));
    assertThat(second.lines()).hasSize(2).first().isEqualTo(line(2));
    assertThat(second.lines().get(1)).contains("and before these lines", "kB of " + logs.resolve("antnode.log"));
    assertThat(antnode(after(second)).lines()).isEmpty();
  }

  @Test
  void aPositionOfAnotherBackEndIsRefused() {
    assertThatThrownBy(() -> antnode(LogRequest.last(1).after("17", Duration.ZERO))).hasMessageContaining("'17'");
  }

  private static LogRequest after(LogPart part) {
    return LogRequest.last(1).after(part.position(), Duration.ZERO);
  }

  private LogPart antnode(LogRequest request) {
    return read("antnode", request);
  }

  private LogPart antNode(LogRequest request) {
    return read("ant-node", request);
  }

  private LogPart read(String program, LogRequest request) {
    Path root = home.resolve("antnode0001");
    NodeSpec node = NodeSpec.builder(1, NodePlacement.of("antnode0001", root).withLogDir(logs).withBinary(root.resolve(program)),
        NodePorts.of(12_001, 13_001)).program(NodePrograms.named(program).orElseThrow()).source(root.resolve(program)).user("ant").bootstrapCache(home).build();
    return new NodeLogs(DirectFiles.asMyself(new ProcessCommandRunner()), NodeLogs::consoleOf).part(node, List.of(), NodeLog.Printed.NOTHING, request);
  }

  private void write(String name, String... lines) throws IOException {
    String text = String.join("\n", lines);
    Files.writeString(logs.resolve(name), lines[lines.length - 1].endsWith("mis") ? text : text + "\n", CREATE, APPEND);
  }

  private static String line(int number) {
    return "[2026-11-30T06:00:0" + number + ".000000Z INFO ant_node] line " + number;
  }

  private static String json(int number) {
    return "{\"timestamp\":\"2026-11-30T06:00:0" + number + ".000000Z\",\"level\":\"INFO\",\"message\":\"line " + number + "\"}";
  }
}
