package dev.wnm.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.manager.NodeSpec;
import dev.wnm.spi.manager.OptionValues;
import dev.wnm.spi.model.NodePlacement;
import dev.wnm.spi.model.NodePorts;
import dev.wnm.spi.model.Version;
import dev.wnm.spi.program.LogPosition;
import dev.wnm.spi.program.NodeArguments;
import dev.wnm.spi.program.NodeFigure;
import dev.wnm.spi.program.NodePrograms;
import dev.wnm.spi.program.NodeReading;
import dev.wnm.spi.program.PortUse;
import dev.wnm.spi.program.SelfUpgrade;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AntNode2Test {
  private static final String WALLET = "0x1111111111111111111111111111111111111111";
  private static final AntNode2 PROGRAM = new AntNode2();

  @TempDir
  private Path folder;
  private Path logs;

  @BeforeEach
  void aLogFolder() throws IOException {
    logs = Files.createDirectory(folder.resolve("logs"));
  }

  private NodeSpec.Builder node() {
    NodePlacement placement = NodePlacement.of("antnode0001", folder).withBinary(folder.resolve("ant-node"));
    return NodeSpec.builder(3, placement, NodePorts.of(55_001).withBrowsers(OptionalInt.of(35_001))).program(PROGRAM).wallet(WALLET);
  }

  private void log(String day, String... lines) throws IOException {
    Files.write(logs.resolve("ant-node." + day + ".log"), List.of(lines), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static String line(String message, String fields) {
    return "{\"timestamp\":\"2026-11-28T14:25:57.339556Z\",\"level\":\"INFO\",\"message\":\"" + message + "\"," + fields
        + "\"target\":\"ant_node\",\"node_version\":\"0.23.1\",\"node_commit\":\"unknown\"}";
  }

  private NodeReading read(LogPosition from) throws IOException {
    return PROGRAM.read(node().build(), new TestView(), from, Instant.now());
  }

  @Test
  void isToldFromTheOldProgramByWhatItSaysOfItself() {
    assertThat(PROGRAM.identify("ant-node 0.23.1\n")).hasValueSatisfying(known ->
        assertThat(known.version()).contains(new Version("0.23.1")));
    assertThat(PROGRAM.identify("Autonomi Node v0.4.17\nNetwork version: ant/1.0/1\n")).isEmpty();
    assertThat(new Antnode().identify("ant-node 0.23.1\n")).isEmpty();
    assertThat(new Antnode().identify("Autonomi Node v0.4.17\n")).hasValueSatisfying(known ->
        assertThat(known.version()).contains(new Version("0.4.17")));
    assertThat(PROGRAM.identify("ant-node-and-more 1")).isEmpty();
  }

  @Test
  void bothAreFoundAndTheOldOneIsMeantWhereNothingSaysWhich() {
    assertThat(NodePrograms.all()).extracting(program -> program.name()).containsExactly("antnode", "ant-node");
    assertThat(NodePrograms.usual().name()).isEqualTo("antnode");
    assertThat(NodePrograms.keyFiles()).containsExactlyInAnyOrder("secret-key", "node_identity.key");
    assertThat(NodePrograms.ofFile(Path.of("/n/ant-node-0.23.1"))).contains(NodePrograms.named("ant-node").orElseThrow());
    assertThat(NodePrograms.ofFile(Path.of("/bin/bash"))).isEmpty();
  }

  @Test
  void itsCommandLineIsReadBackAsItWasMade() {
    NodeSpec node = node().build();

    NodeArguments read = new NodeArguments(node.commandLine());

    assertThat(read.program()).hasValueSatisfying(program -> assertThat(program.name()).isEqualTo("ant-node"));
    assertThat(read.rootDir()).contains(folder);
    assertThat(read.logDir()).contains(logs);
    assertThat(read.nodePort()).hasValue(55_001);
    assertThat(read.browserPort()).hasValue(35_001);
    assertThat(read.metricsPort()).isEmpty();
    assertThat(read.wallet()).contains(WALLET);
    assertThat(read.network()).contains("evm-arbitrum-one");
    assertThat(node.commandLine()).contains("--stop-on-upgrade", "--log-format", "json").doesNotContain("--config", "--bootstrap");
  }

  @Test
  void browsersPeersAndUpgradesFollowTheSettings() {
    NodeSpec told = node().ports(NodePorts.of(55_001)).options(OptionValues.NONE.with(AntNode2.SELF_UPGRADE, "off")
        .with(AntNode2.BOOTSTRAP, AntNode2.BOOTSTRAP.read("192.0.2.7:10000,[2001:db8::7]:10000").orElseThrow())).build();

    assertThat(told.commandLine()).contains("--disable-webrtc-direct").containsSubsequence("--bootstrap", "192.0.2.7:10000",
        "--bootstrap", "[2001:db8::7]:10000", "--config", folder.resolve("wnm-ant-node.toml").toString());
    assertThat(PROGRAM.settingsFiles(told)).containsOnlyKeys("wnm-ant-node.toml")
        .hasValueSatisfying(new Condition<>(text -> text.contains("check_interval_hours = 8760"), "a long interval"));
    assertThat(PROGRAM.settingsFiles(node().build())).isEmpty();
    assertThat(PROGRAM.selfUpgrade(told.options())).isEqualTo(SelfUpgrade.OFF);
    assertThat(PROGRAM.selfUpgrade(OptionValues.NONE)).isEqualTo(SelfUpgrade.ON);
    assertThat(new Antnode().selfUpgrade(OptionValues.NONE)).as("some releases do").isEqualTo(SelfUpgrade.UNKNOWN);
  }

  @Test
  void whatItSetsItselfIsNotGivenTwice() {
    NodeSpec told = node().startArgs(List.of("--port", "9", "--ipv4-only", "--log-level=debug", "--network-mode", "development")).build();

    assertThat(told.commandLine()).endsWith("--ipv4-only", "--network-mode", "development").doesNotContain("9", "--log-level=debug");
  }

  @Test
  void strayVariablesDoNotComeToItButThoseOfTheOperatorDo() {
    NodeSpec told = node().environment(Map.of("RUST_LOG", "debug")).build();

    assertThat(node().build().unwantedVariables()).contains("RUST_LOG", "ANT_IPV4_ONLY");
    assertThat(told.unwantedVariables()).doesNotContain("RUST_LOG").contains("ANT_IPV4_ONLY");
    assertThat(told.variables()).containsEntry("RUST_LOG", "debug").containsKey("XDG_DATA_HOME");
  }

  @Test
  void itHasTwoUdpPortsAndTime() {
    assertThat(PROGRAM.ports()).containsExactlyInAnyOrder(PortUse.NETWORK, PortUse.BROWSERS);
    assertThat(PROGRAM.hasMetricsPage()).isFalse();
    assertThat(PROGRAM.stopping().grace()).isGreaterThanOrEqualTo(Duration.ofSeconds(60));
    assertThat(PROGRAM.isOwnFile("chunks")).isTrue();
    assertThat(PROGRAM.isOwnFile("dear.txt")).isFalse();
  }

  @Test
  void nothingIsKnownOfANodeThatHasWrittenNothing() throws IOException {
    NodeReading reading = read(LogPosition.START);

    assertThat(reading.figures()).isEmpty();
    assertThat(reading.version()).isEmpty();
    assertThat(reading.silence()).isEmpty();
    assertThat(reading.position()).isEqualTo(LogPosition.START);
  }

  @Test
  void itsLogTellsWhatItsSummariesSay() throws IOException {
    log("2026-11-28", line("ant-node starting", "\"version\":\"0.23.1\","),
        line("Prune pass complete: records total=12 in_range=9 deleted=0", ""),
        line("endpoint traffic summary (cumulative)", "\"active_connections\":27,\"connections_opened\":31,"),
        line("chunk rpc traffic summary (cumulative)", "\"group\":2,\"get_success_tx_count\":5,\"put_success_tx_count\":3,"),
        line("relay traffic summary (cumulative)", "\"active_sessions\":3,\"sessions_created\":9,"),
        line("audit outcome summary (cumulative)", "\"group\":4,\"responsible_audit_pass\":5,\"subtree_audit_pass\":2,"
            + "\"responsible_audit_fail_timeout\":1,\"subtree_audit_fail_rejected\":3,\"audit_dropped_subtree\":7,"),
        line("evm rpc summary (cumulative)", "\"completed_payments_ok_count\":2,\"merkle_payment_ok_count\":1,"),
        "no json at all", "{\"message\":\"endpoint traffic summary (cumulative)\",\"active_connections\":\"many\"}");

    NodeReading reading = read(LogPosition.START);

    assertThat(reading.version()).contains(new Version("0.23.1"));
    assertThat(reading.startedAnew()).isTrue();
    assertThat(reading.figures()).containsEntry(NodeFigure.RELAY_SESSIONS, 3L).containsEntry(NodeFigure.AUDITS_PASSED, 7L)
        .containsEntry(NodeFigure.AUDITS_FAILED, 4L);
    assertThat(reading.figures()).containsEntry(NodeFigure.CONNECTED_PEERS, 27L).containsEntry(NodeFigure.RECORDS, 12L)
        .containsEntry(NodeFigure.REL_RECORDS, 9L).containsEntry(NodeFigure.GETS, 5L).containsEntry(NodeFigure.PUTS, 3L)
        .containsEntry(NodeFigure.PAYMENT_COUNT, 3L);
  }

  @Test
  void whetherItHasJoinedItSaysLongBeforeTheFirstSummary() throws IOException {
    log("2026-11-28", line("ant-node starting", ""), line("Bootstrap complete: connected to 2 peers, initiated 2 discovery requests", ""));

    assertThat(read(LogPosition.START).figures()).containsExactly(Map.entry(NodeFigure.CONNECTED_PEERS, 2L));
  }

  @Test
  void itsLogIsReadOnFromWhereTheLastLookEndedAndIntoTheNextDay() throws IOException {
    log("2026-11-28", line("ant-node starting", ""), line("endpoint traffic summary (cumulative)", "\"active_connections\":27,"));
    Files.writeString(logs.resolve("ant-node.2026-11-28.log"), "{\"message\":\"endpoint traffic su", StandardCharsets.UTF_8,
        StandardOpenOption.APPEND);
    NodeReading first = read(LogPosition.START);
    Files.writeString(logs.resolve("ant-node.2026-11-28.log"), "mmary (cumulative)\",\"active_connections\":28}\n",
        StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    NodeReading second = read(first.position());
    log("2026-11-29", line("chunk rpc traffic summary (cumulative)", "\"get_success_tx_count\":6,"));

    NodeReading third = read(second.position());

    assertThat(first.figures()).containsEntry(NodeFigure.CONNECTED_PEERS, 27L);
    assertThat(second.startedAnew()).isFalse();
    assertThat(second.figures()).containsEntry(NodeFigure.CONNECTED_PEERS, 28L);
    assertThat(third.figures()).containsEntry(NodeFigure.GETS, 6L).doesNotContainKey(NodeFigure.CONNECTED_PEERS);
    assertThat(third.position().file()).isEqualTo("ant-node.2026-11-29.log");
    assertThat(read(third.position()).figures()).doesNotContainKey(NodeFigure.GETS);
  }

  @Test
  void ofALogThatIsTooMuchTheEndCounts() throws IOException {
    String many = line("Added peer", "\"peer\":\"" + "x".repeat(500) + "\",");
    for (int i = 0; i < 2_000; i++) {
      log("2026-11-28", many);
    }
    log("2026-11-28", line("endpoint traffic summary (cumulative)", "\"active_connections\":4,"));

    NodeReading reading = read(LogPosition.START);

    assertThat(reading.figures()).containsEntry(NodeFigure.CONNECTED_PEERS, 4L);
    assertThat(reading.position().bytes()).isEqualTo(Files.size(logs.resolve("ant-node.2026-11-28.log")));
  }

  @Test
  void aLogThatSaysNothingForLongIsASilence() throws IOException {
    log("2026-11-28", line("ant-node starting", ""));
    NodeReading now = PROGRAM.read(node().build(), new TestView(), LogPosition.START, Instant.now());
    NodeReading later = PROGRAM.read(node().build(), new TestView(), LogPosition.START, Instant.now().plus(Duration.ofMinutes(20)));

    assertThat(now.silence()).isEmpty();
    assertThat(later.silence()).hasValueSatisfying(why -> assertThat(why).contains("has said nothing since"));
  }

  @Test
  void recordsAreCountedByTheirNamesAndPeersInTheSnapshot() throws IOException {
    Path shard = Files.createDirectories(folder.resolve("chunks/0a"));
    Files.createFile(shard.resolve("a".repeat(62) + "0a"));
    Files.createFile(shard.resolve(".tmp.x"));
    Files.createFile(folder.resolve("chunks/layout.json"));
    Files.writeString(folder.resolve("routing_snapshot.json"), "{\"saved_at_epoch_secs\":1,\"peers\":[{},{},{}]}");

    NodeReading reading = PROGRAM.read(node().build(), new TestView(), LogPosition.START, Instant.ofEpochSecond(3 * 60));

    assertThat(reading.figures()).containsEntry(NodeFigure.RECORDS, 1L).containsEntry(NodeFigure.TOTAL_PEERS, 3L);
    assertThat(PROGRAM.read(node().build(), new TestView(), LogPosition.START, Instant.ofEpochSecond(4 * 60)).figures())
        .as("not each minute").doesNotContainKeys(NodeFigure.RECORDS, NodeFigure.TOTAL_PEERS);
  }

  @Test
  void recordsAreUnknownWhereTheirFolderIsMissingAndNoneWhereItIsEmpty() throws IOException {
    Instant itsTurn = Instant.ofEpochSecond(3 * 60);
    assertThat(PROGRAM.read(node().build(), new TestView(), LogPosition.START, itsTurn).figures()).doesNotContainKey(NodeFigure.RECORDS);

    Files.createDirectories(folder.resolve("chunks"));
    assertThat(PROGRAM.read(node().build(), new TestView(), LogPosition.START, itsTurn).figures()).containsEntry(NodeFigure.RECORDS, 0L);
  }
}
