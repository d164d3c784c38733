package dev.wnm.testkit.antnode2;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.model.Version;
import dev.wnm.testkit.FreePorts;
import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stand-in lives, logs, upgrades itself and ends as ant-node does. */
@Execution(value = ExecutionMode.CONCURRENT, reason = "each test has nodes, folders and ports of its own")
class StandInAntNode2Test {
  private static final Pattern PEER_ID = Pattern.compile("\"peer_id\":\"([0-9a-f]{64})\"");
  /** Of 1952 bytes as {@link #bytes} makes them. */
  private static final String PATTERN_HASH = "5911647640bb78202432c804698cecb06bb11d5e98852e989e347c2719b95d04";
  private static final Version NEWER = new Version("0.24.0");

  @TempDir
  private Path folder;

  @Test
  void itMakesAntNodesFiles() throws Exception {
    try (RunningNode node = new RunningNode(folder, Map.of("snapshot_seconds", "0.1"), "--bootstrap", "127.0.0.1:1")
        .untilReady()) {
      eventually("it wrote its routing table", () -> Files.exists(node.file("routing_snapshot.json")));
      assertThat(node.text("node_identity.key")).startsWith("{\n  \"secret_key\": [\n").endsWith("\n  ]\n}");
      assertThat(node.text("node_identity.key").split(",")).hasSize(4032 + 1952);
      assertThat(node.text("chunks/layout.json")).contains("\"scheme\": \"suffix-hex\"");
      assertThat(node.file("chunks/.lock")).isEmptyFile();
      assertThat(node.file("pointers").toFile().list()).hasSize(256 + 1);
      for (String shared : List.of("commitment_retention.bin", "commitment_retention_pointers.bin", "webrtc-direct.multiaddr")) {
        assertThat(node.file(shared)).isNotEmptyFile();
      }
      for (String own : List.of("webrtc-direct.pem", "webrtc-direct.pem.lock", "routing_snapshot.json",
          "close_group_cache.json", "paid_list.mdb/data.mdb", "paid_list.mdb/lock.mdb")) {
        assertThat(Files.getPosixFilePermissions(node.file(own))).as(own)
            .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      }
      assertThat(Files.getPosixFilePermissions(node.file(".local/share/ant/upgrades")))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void itsKeyIsWrittenAsTheUmaskSays() throws Exception {
    Path antNode = StandInAntNode2.installInto(folder);
    RunningNode.start(folder, Map.of("exit_after", "0.01"), Map.of(), List.of("sh", "-c", "umask 027; exec \"$@\"", "sh",
        antNode.toString(), "--root-dir", folder.resolve("root").toString(), "--rewards-address", RunningNode.WALLET)).waitFor();

    assertThat(Files.getPosixFilePermissions(folder.resolve("root/node_identity.key")))
        .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
  }

  @ParameterizedTest
  @CsvSource({"0, af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262",
      "1, 2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213",
      "64, 4eed7141ea4a5cd4b788606bd23f46e212af9cacebacdc7d1f4c6dc7f2511b98",
      "65, de1e5fa0be70df6d2be8fffd0e99ceaa8eb6e8c93a63f2d8d1c30ecb6b263dee",
      "1023, 10108970eeda3eb932baac1428c7a2163b0e924c9a9e25b35bba72b28f70bd11",
      "1024, 42214739f095a406f3fc83deb889744ac00df831c10daa55189b5d121c855af7",
      "1025, d00278ae47eb27b34faecf67b4fe263f82d5412916c1ffd97c8cb7fb814b8444",
      "2048, e776b6028c7cd22a4d0ba182a8bf62205d2ef576467e838ed6f2529b85fba24a",
      "2049, 5f4d72f40d7a5f82b15ca2b2e44b1de3c2ef86c426c95c1af0b6879522563030",
      "3072, b98cb0ff3623be03326b373de6b9095218513e64f1ee2edd2525c7ad1e5cffd2",
      "5000, ee78d92070de3df1c57c37002abf0a6b1a6589acdeef4d8ffac7cf3d9e8f2836"})
  void itsHashIsBlake3(int length, String hash) throws Exception {
    Path antNode = StandInAntNode2.installInto(folder);
    String program = "require $ARGV[0]; print unpack 'H*', blake3(join '', map { chr $_ % 251 } 0 .. $ARGV[1] - 1)";
    Process perl = new ProcessBuilder("perl", "-e", program, antNode.toString(), Integer.toString(length)).start();

    assertThat(new String(perl.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)).isEqualTo(hash);
  }

  @Test
  void itsPeerIdIsTheHashOfItsPublicKey() throws Exception {
    Files.writeString(folder.resolve("node_identity.key"), "{\"secret_key\":" + bytes(4032) + ",\"public_key\":" + bytes(1952) + "}");
    try (RunningNode node = new RunningNode(folder, Map.of(), "-b", "127.0.0.1:1").untilReady()) {
      assertThat(node.file("routing_snapshot.json")).as("only after a while, and at the end").doesNotExist();
      assertThat(peerId(node)).isEqualTo(PATTERN_HASH);
      assertThat(node.text("webrtc-direct.multiaddr")).startsWith("/ip4/127.0.0.1/udp/").endsWith("/p2p/" + PATTERN_HASH + "\n");
      node.signal("TERM");
      node.exitCode();
      assertThat(node.text("routing_snapshot.json")).contains("\"owner\":\"" + PATTERN_HASH + "\"");
    }
  }

  @Test
  void itKeepsItsIdentity() throws Exception {
    String first;
    try (RunningNode node = new RunningNode(folder, Map.of()).untilReady()) {
      first = peerId(node);
    }
    Files.move(folder.resolve("logs"), folder.resolve("logs before"));
    try (RunningNode again = new RunningNode(folder, Map.of()).untilReady();
        RunningNode other = new RunningNode(folder.resolve("other"), Map.of()).untilReady()) {
      assertThat(peerId(again)).isEqualTo(first);
      assertThat(peerId(other)).isNotEqualTo(first);
    }
  }

  @Test
  void aBrokenKeyEndsIt() throws Exception {
    Files.writeString(folder.resolve("node_identity.key"), "{\"secret_key\":[1],\"public_key\":[2]}");
    try (RunningNode node = new RunningNode(folder, Map.of())) {
      assertThat(node.exitCode()).isEqualTo(1);
      assertThat(node.text("console.log")).contains("Failed to load node identity");
    }
  }

  @Test
  void withoutARootItHasAFolderByItsPeerIdInTheUsersHome() throws Exception {
    Path antNode = StandInAntNode2.installInto(folder);
    List<String> words = List.of(antNode.toString(), "--rewards-address", RunningNode.WALLET);
    Path nodes = folder.resolve(".local/share/ant/nodes");
    for (int start = 0; start < 2; start++) {
      RunningNode.start(folder, Map.of("exit_after", "0.01"), Map.of(), words).waitFor();
      try (Stream<Path> made = Files.list(nodes)) {
        assertThat(made).singleElement().satisfies(node -> assertThat(node.getFileName().toString()).matches("[0-9a-f]{64}"));
      }
    }
    Files.writeString(Files.createDirectories(nodes.resolve("b")).resolve("node_identity.key"), "");
    assertThat(RunningNode.start(folder, Map.of(), Map.of(), words).waitFor()).isEqualTo(1);
    assertThat(folder.resolve("console.log")).content().contains("Specify --root-dir to select one.");
  }

  @ParameterizedTest
  @CsvSource({"--ipv4-only, udp 00000000", "--network-mode=testnet, udp6 00000000000000000000000000000000"})
  void itHasTwoPortsOfUdpAndNoneOfTcp(String flag, String address) throws Exception {
    int webrtc = FreePorts.next();
    try (RunningNode node = new RunningNode(folder, Map.of(), flag, "--webrtc-port", "" + webrtc).untilReady()) {
      assertThat(node.sockets()).containsExactlyInAnyOrder(address + ":" + node.port(), "udp 00000000:" + webrtc);
    }
  }

  @Test
  void inDevelopmentItsNodePortIsOfThisMachineAlone() throws Exception {
    try (RunningNode node = new RunningNode(folder, Map.of(), "--network-mode", "development", "--disable-webrtc-direct")
        .untilReady()) {
      assertThat(node.sockets()).containsExactlyInAnyOrder("udp 0100007F:" + node.port(),
          "udp6 00000000000000000000000001000000:" + node.port());
    }
  }

  @Test
  void theListenerForBrowsersCanBeSwitchedOff() throws Exception {
    try (RunningNode node = new RunningNode(folder, Map.of(), "--disable-webrtc-direct", "--webrtc-port", "1").untilReady()) {
      assertThat(node.sockets()).hasSize(1);
      assertThat(node.file("webrtc-direct.pem")).doesNotExist();
    }
  }

  @Test
  void aTestReachesItOverUdp() throws Exception {
    try (RunningNode node = new RunningNode(folder, Map.of()).untilReady()) {
      assertThat(node.answers("7")).isTrue();
    }
  }

  @Test
  void aTakenPortEndsItAndLeavesItsKeyBehind() throws Exception {
    int port = FreePorts.next();
    try (DatagramSocket taken = new DatagramSocket(port);
        RunningNode node = new RunningNode(folder, taken.getLocalPort(), Map.of(), List.of())) {
      assertThat(node.exitCode()).isEqualTo(1);
      assertThat(node.text("console.log")).startsWith("Error: ")
          .contains("Failed to create dual-stack network nodes: Failed to create transport");
      assertThat(node.file("node_identity.key")).exists();
      assertThat(node.file("chunks")).doesNotExist();
    }
  }

  @Test
  void aTakenPortForBrowsersEndsIt() throws Exception {
    int port = FreePorts.next();
    try (DatagramSocket taken = new DatagramSocket(port);
        RunningNode node = new RunningNode(folder, Map.of(), "--webrtc-direct-port", "" + taken.getLocalPort())) {
      assertThat(node.exitCode()).isEqualTo(1);
      assertThat(node.text("console.log")).contains("failed to bind WebRTC Direct listener:", "Address already in use");
    }
  }

  @Test
  void aRootServesOneNodeAndTheNextOnceThatIsKilled() throws Exception {
    try (RunningNode node = new RunningNode(folder, Map.of()).untilReady()) {
      try (RunningNode second = new RunningNode(folder, FreePorts.next(), Map.of(), List.of())) {
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.text("console.log"))
            .contains("storage error: Another process already has the chunk store at " + folder + "/chunks open");
      }
      node.signal("KILL");
      node.exitCode();
    }
    Files.move(folder.resolve("logs"), folder.resolve("logs before"));
    try (RunningNode next = new RunningNode(folder, Map.of()).untilReady()) {
      assertThat(next.process().isAlive()).isTrue();
    }
  }

  @Test
  void itSaysNothingUnlessToldToLog() throws Exception {
    Path logs = folder.resolve("logs");
    try (RunningNode node = new RunningNode(folder, FreePorts.next(), Map.of(), List.of("--log-dir", logs.toString()))) {
      eventually("it listens", () -> node.sockets().size() == 2);
      node.signal("TERM");
      assertThat(node.exitCode()).isIn(0, 128 + 15);
      assertThat(node.text("console.log")).isEmpty();
      assertThat(logs).doesNotExist();
    }
  }

  @Test
  void itsTextIsColouredOnItsOutputUnlessNobodyWantsThat() throws Exception {
    Path antNode = StandInAntNode2.installInto(folder);
    List<String> words = List.of(antNode.toString(), "--root-dir", folder.toString(), "--rewards-address", RunningNode.WALLET,
        "--enable-logging");
    String time = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z";

    RunningNode.start(folder, Map.of("exit_after", "0.01"), Map.of(), words).waitFor();
    assertThat(Files.readString(folder.resolve("console.log"))).containsPattern("^\u001b\\[2m" + time
        + "\u001b\\[0m \u001b\\[32m INFO\u001b\\[0m \u001b\\[2mant_node\u001b\\[0m\u001b\\[2m:\u001b\\[0m ant-node starting ");
    RunningNode.start(folder, Map.of("exit_after", "0.01"), Map.of("NO_COLOR", "1"), words).waitFor();
    assertThat(Files.readString(folder.resolve("console.log")))
        .containsPattern("^" + time + "  INFO ant_node: ant-node starting version=\"0.23.1\" commit=\"unknown\"\n")
        .containsPattern("\n" + time + "  WARN ant_node: No bootstrap peers configured ");
    RunningNode.start(folder, Map.of("exit_after", "0.01"), Map.of("NO_COLOR", "1", "RUST_LOG", "warn"), words).waitFor();
    assertThat(Files.readString(folder.resolve("console.log"))).contains(" WARN ").doesNotContain(" INFO ");
  }

  @Test
  void itSumsUpFromTimeToTime() throws Exception {
    Map<String, String> settings = Map.of("summary_seconds", "0.1", "peers", "7", "metric_get_rx_count", "11",
        "metric_completed_payments_ok_count", "2");
    try (RunningNode node = new RunningNode(folder, settings, "-b", "127.0.0.1:1", "--ipv4-only").untilReady()) {
      eventually("it sums up", () -> node.log().contains("evm rpc summary"));
      assertThat(node.log()).containsPattern("\"level\":\"INFO\",\"message\":\"endpoint traffic summary \\(cumulative\\)\","
              + "\"endpoint\":\"0.0.0.0:" + node.port() + "\",.*\"active_connections\":7,.*\"target\":\"saorsa_transport::traffic\","
              + "\"node_version\":\"0.23.1\",\"node_commit\":\"unknown\"}\n")
          .containsPattern("\"chunk rpc traffic summary \\(cumulative\\)\",\"group\":1,.*\"get_rx_count\":11,\"put_rx_bytes\":0,")
          .containsPattern("\"evm rpc summary \\(cumulative\\)\",\"completed_payments_ok_count\":2,")
          .contains("relay traffic summary (cumulative)", "audit outcome summary (cumulative)");
      StandInAntNode2.configure(folder, Map.of("metric_get_rx_count", "12"));
      eventually("it counts on", () -> node.log().contains("\"get_rx_count\":12,"));
    }
  }

  @Test
  void itCountsTheRecordsThatItHas() throws Exception {
    Path shard = Files.createDirectories(folder.resolve("chunks/ab"));
    Files.writeString(shard.resolve("0".repeat(62) + "ab"), "");
    Files.writeString(shard.resolve("f".repeat(62) + "ab"), "");
    Files.writeString(shard.resolve(".tmp.1"), "");
    try (RunningNode node = new RunningNode(folder, Map.of("metric_in_range", "1")).untilReady()) {
      eventually("it counted", () -> node.log().contains("Prune pass complete: records total=2 in_range=1 "));
      assertThat(node.log()).contains("(2 chunks)");
      Files.delete(shard.resolve("f".repeat(62) + "ab"));
      StandInAntNode2.configure(folder, Map.of("prune_seconds", "0.1"));
      eventually("it counts again", () -> node.log().contains("Prune pass complete: records total=1 in_range=1 "));
    }
  }

  @Test
  void eachDayHasItsFileAndTheOldestGo() throws Exception {
    try (RunningNode node = new RunningNode(folder, Map.of("log_date", "2026-01-01"), "--log-max-files", "2").untilReady()) {
      for (String day : List.of("2026-01-02", "2026-01-03")) {
        StandInAntNode2.configure(folder, Map.of("log_date", day, "summary_seconds", "0.1"));
        eventually("it logs on " + day, () -> node.text("logs/ant-node." + day + ".log").contains("summary"));
      }
      assertThat(node.file("logs").toFile().list())
          .containsExactlyInAnyOrder("ant-node.2026-01-02.log", "ant-node.2026-01-03.log");
    }
  }

  @Test
  void withoutBootstrapPeersItJoinsNothingAndStaysUp() throws Exception {
    try (RunningNode node = new RunningNode(folder, Map.of("summary_seconds", "0.1")).untilReady()) {
      assertThat(node.log()).contains("\"level\":\"WARN\",\"message\":\"No bootstrap peers configured ");
      eventually("it sums up", () -> node.log().contains("\"active_connections\":0,"));
      assertThat(node.file("routing_snapshot.json")).doesNotExist();
    }
  }

  @Test
  void itJoinsByAPeersFileBesideItsBinary() throws Exception {
    Files.writeString(folder.resolve("bootstrap_peers.toml"), "# peers\npeers = [\n  \"192.0.2.1:10000\", # one\n  '[::1]:1',\n]\n");
    try (RunningNode node = new RunningNode(folder, Map.of()).untilReady()) {
      assertThat(node.log()).contains("\"Bootstrap peers loaded from discovered config\",\"count\":2,");
      assertThat(node.text("close_group_cache.json").split("\"addresses\"")).hasSize(1 + 12);
      node.signal("TERM");
      node.exitCode();
      assertThat(node.text("routing_snapshot.json").split("\"addresses\"")).hasSize(1 + 12);
    }
  }

  @Test
  void aPeersFileOfAnotherKindIsNone() throws Exception {
    Files.writeString(folder.resolve("bootstrap_peers.toml"), "quic = [\"/ip4/192.0.2.1/udp/10000/quic\"]\n");
    try (RunningNode node = new RunningNode(folder, Map.of()).untilReady()) {
      assertThat(node.log()).contains("No bootstrap peers configured");
    }
  }

  @ParameterizedTest
  @CsvSource({"TERM, SIGTERM", "INT, SIGINT"})
  void itStopsInGoodOrderWithCode0(String signal, String named) throws Exception {
    try (RunningNode node = new RunningNode(folder, Map.of("stop_seconds", "0.3")).untilReady()) {
      node.signal(signal);
      node.signal(signal);
      assertThat(node.exitCode()).isZero();
      assertThat(node.log()).containsPattern("(?s)Received " + named + ".*Node shutdown complete.*Goodbye!");
      assertThat(node.file("close_group_cache.json")).exists();
    }
  }

  @Test
  void aHangUpIsOnlyNoted() throws Exception {
    try (RunningNode node = new RunningNode(folder, Map.of()).untilReady()) {
      node.signal("HUP");
      eventually("it notes that", () -> node.log().contains("Received SIGHUP (config reload not yet supported)"));
      assertThat(node.process().isAlive()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"USR1, 10", "USR2, 12", "KILL, 9"})
  void otherSignalsEndItAtOnce(String signal, int number) throws Exception {
    try (RunningNode node = new RunningNode(folder, Map.of()).untilReady()) {
      node.signal(signal);
      assertThat(node.exitCode()).isEqualTo(128 + number);
    }
  }

  @Test
  void itUpgradesItselfAndStopsWhenToldToStopOnUpgrade() throws Exception {
    StandInAntNode2.installInto(folder.resolve("newer"), NEWER);
    try (RunningNode node = new RunningNode(folder, Map.of("upgrade_to", "newer/ant-node"), "--stop-on-upgrade")) {
      assertThat(node.exitCode()).isZero();
      assertThat(node.successors()).isEmpty();
      assertThat(StandInAntNode2.versionOf(node.binary())).contains(NEWER);
      assertThat(node.binary()).isExecutable();
      assertThat(StandInAntNode2.versionOf(node.file("ant-node.backup"))).contains(StandInAntNode2.VERSION);
    }
  }

  @Test
  void itUpgradesItselfAndHandsOverToASuccessor() throws Exception {
    Path newer = StandInAntNode2.installInto(folder.resolve("newer"), NEWER);
    try (RunningNode node = new RunningNode(folder, Map.of("upgrade_to", newer.toString()))) {
      assertThat(node.exitCode()).isZero();
      eventually("the successor is ready", () -> node.log().contains("\"version\":\"0.24.0\"")
          && node.log().indexOf("waiting for shutdown", node.log().indexOf("\"version\":\"0.24.0\"")) > 0);
      assertThat(node.successors()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"0.23.1, ''", "0.22.0, ''", "0.24.0-rc.1, --upgrade-channel=beta", "0.24.0-beta.1, ''"})
  void aReleaseThatIsNotForItIsLeftAlone(String version, String flag) throws Exception {
    StandInAntNode2.installInto(folder.resolve("newer"), new Version(version));
    assertStays("newer/ant-node", flag.isEmpty() ? List.of() : List.of(flag));
  }

  @ParameterizedTest
  @CsvSource({"check_interval_hours = 8760", "github_repo = 'nobody/nothing'"})
  void aConfigFileKeepsItFromUpgradingItself(String line) throws Exception {
    StandInAntNode2.installInto(folder.resolve("newer"), NEWER);
    Path config = Files.writeString(folder.resolve("config.toml"), "[upgrade]\n" + line + "\nenabled = true\n");
    assertStays("newer/ant-node", List.of("--config", config.toString()));
  }

  private void assertStays(String newer, List<String> flags) throws IOException {
    Map<String, String> settings = Map.of("upgrade_to", newer, "summary_seconds", "0.1");
    try (RunningNode node = new RunningNode(folder, settings, flags.toArray(String[]::new)).untilReady()) {
      eventually("it went on", () -> node.log().split("evm rpc summary").length > 3);
      assertThat(StandInAntNode2.versionOf(node.binary())).contains(StandInAntNode2.VERSION);
      assertThat(node.process().isAlive()).isTrue();
    }
  }

  private static String bytes(int count) {
    return IntStream.range(0, count).mapToObj(i -> Integer.toString(i % 251)).collect(Collectors.joining(",", "[", "]"));
  }

  private static String peerId(RunningNode node) {
    Matcher line = PEER_ID.matcher(node.log());
    assertThat(line.find()).isTrue();
    return line.group(1);
  }
}
