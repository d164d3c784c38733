package dev.wnm.core.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.core.model.NodeMetric;
import dev.wnm.core.model.NodeMetrics;
import dev.wnm.spi.model.Version;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenMetricsReaderTest {
  /** What may stand in a page, with a number for each tilde. */
  private static final List<String> LINES = List.of("", "# HELP ant_node_uptime Seconds.", "# TYPE ant_node_uptime gauge",
      "ant_node_uptime ~", "ant_node_uptime{} ~ 1795222397", "ant_node_uptime\t~", "ant_node_uptimes ~", "ant_node_uptim ~",
      "ant_node_uptime:x ~", " ant_node_uptime ~", "ant_node_uptime", "ant_node_uptime{a=\"1\" ~", "Ant_node_uptime ~",
      "ant_networking_records_stored ~", "ant_networking_records_storeD ~", "ant_node_put_record_ok_total{t=\"~\"} ~",
      "ant_node_current_reward_wallet_balance ~", "ant_node_current_reward_wallet_balances ~", "go_goroutines ~", "ant_",
      "ant_node_antnode_version_info{antnode_version=\"0.4.~\"} 1", "ant_networking_peer_id_info{peer_id=\"12D3~\"} 1",
      "ant_networking_process_memory_used_mb 9~.5", "ant_node_\u00fcptime ~", "ant_node_uptime{a=\"" + "x".repeat(8_200) + "\"} ~",
      "libp2p_swarm_connections{ant_node_uptime=\"~\"} ~", "# EOF");

  @Test
  void everyMetricOfANodeIsRead() {
    NodeAnswer answer = read(SampleAnswers.metrics());

    assertThat(answer.isFromNode()).isTrue();
    assertThat(answer.toMetrics().values()).isEqualTo(Map.ofEntries(
        Map.entry(NodeMetric.UPTIME, 86_410L),
        Map.entry(NodeMetric.RECORDS, 1_204L),
        Map.entry(NodeMetric.SHUNNED, 1L),
        Map.entry(NodeMetric.CONNECTED_PEERS, 88L),
        Map.entry(NodeMetric.PUTS, 48L),
        Map.entry(NodeMetric.MEM, 9_781L),
        Map.entry(NodeMetric.CPU, 29L),
        Map.entry(NodeMetric.OPEN_CONNECTIONS, 91L),
        Map.entry(NodeMetric.TOTAL_PEERS, 362L),
        Map.entry(NodeMetric.BAD_PEERS, 2L),
        Map.entry(NodeMetric.REL_RECORDS, 640L),
        Map.entry(NodeMetric.MAX_RECORDS, 16_384L),
        Map.entry(NodeMetric.PAYMENT_COUNT, 5L),
        Map.entry(NodeMetric.LIVE_TIME, 172_800L),
        Map.entry(NodeMetric.NETWORK_SIZE, 2_064_384L)));
    assertThat(answer.toMetrics().rewards()).contains(new BigInteger("9223372036854775807"));
  }

  @Test
  void versionAndPeerIdAreReadFromTheMetadata() {
    NodeAnswer answer = read(SampleAnswers.metadata());

    assertThat(answer.version()).contains(new Version("0.4.18-rc.1"));
    assertThat(answer.peerId()).isEqualTo("12D3KooWQ8sTestPeerOfTheWeaveNodeManagerSuite1111111");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "ant_node_uptime 1.26e3                                 | 1260",
      "ant_node_uptime 1.26E+03                               | 1260",
      "ant_node_uptime 99.999                                 | 99",
      "ant_node_uptime +7                                     | 7",
      "ant_node_uptime -0.0                                   | 0",
      "ant_node_uptime{} 5                                    | 5",
      "ant_node_uptime\t5                                     | 5",
      "ant_node_uptime   5   1795222397.5                     | 5",
      "ant_node_uptime 5 # {trace_id=\"a\"} 9 1795222397      | 5",
      "ant_node_uptime{a=\"}\",b=\"x,y=\\\"z\\\" {\"} 5       | 5",
      "ant_node_uptime{ a = \"1\" , b=\"2\", } 5              | 5",
      "ant_node_uptime{path=\"C:\\\\dir\\\\\"} 5              | 5",
      "ant_node_uptime 9223372036854775807                    | 9223372036854775807"})
  void samplesAreReadInAllTheirForms(String line, long uptime) {
    assertThat(read(line + "\n").toMetrics().find(NodeMetric.UPTIME)).hasValue(uptime);
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "ant_node_uptime NaN", "ant_node_uptime +Inf", "ant_node_uptime -Inf", "ant_node_uptime", "ant_node_uptime ",
      "ant_node_uptime -5", "ant_node_uptime -0.5", "ant_node_uptime -Infinity", "ant_node_uptime 9223372036854775808", "ant_node_uptime 1e999999999",
      "ant_node_uptime 1e-999999999", "ant_node_uptime 12abc", "ant_node_uptime 0x10", "ant_node_uptime{a=\"1\" 5",
      "ant_node_uptime{a=\"1} 5", "ant_node_uptime{a=1} 5", "ant_node_uptime{=\"1\"} 5", "ant_node_uptime{a=\"1\"b=\"2\"} 5",
      "ant_node_uptime_x 5", "# ant_node_uptime 5"})
  void whatIsNoSaneNumberIsAbsentAndNotZero(String line) {
    assertThat(read(line + "\n").toMetrics().find(NodeMetric.UPTIME)).isEqualTo(OptionalLong.empty());
  }

  @Test
  void aMetricThatIsNotThereIsAbsent() {
    assertThat(read("ant_node_uptime 5\n").toMetrics())
        .isEqualTo(new NodeMetrics(Map.of(NodeMetric.UPTIME, 5L), Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "-1", "+Inf", "many"})
  void rewardsThatAreNoSaneNumberAreAbsentAndNotZero(String value) {
    assertThat(read("ant_node_current_reward_wallet_balance " + value + "\nant_node_uptime 5\n").toMetrics().rewards()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "-1"})
  void aSumOfWhichAPartIsNoSaneNumberIsAbsent(String value) {
    assertThat(read("ant_node_put_record_ok_total{t=\"a\"} 5\nant_node_put_record_ok_total{t=\"b\"} " + value + "\n")
        .toMetrics().find(NodeMetric.PUTS)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sn_node_uptime 5", "sn_networking_records_stored 7", "ant_build_info{version=\"1.10\"} 1",
      "go_goroutines 12", "ant_networking_peer_id_info{peer_id=\"12D3KooW\"} 1", ""})
  void aPageWithNoneOfANodesMetricsIsNoNodes(String page) {
    assertThat(read(page + "\n").isFromNode()).isFalse();
  }

  @Test
  void aPageWithCarriageReturnsWithoutAnEndMarkIsRead() {
    assertThat(read("# TYPE ant_networking_connected_peers gauge\r\nant_networking_connected_peers 4.1e1 1767225600\r\n"
        + "ant_node_current_reward_wallet_balance 9223372036854775807\r\n"
        + "ant_networking_process_cpu_usage_percentage NaN\r\nant_node_uptime 900\r\n").toMetrics())
        .isEqualTo(new NodeMetrics(Map.of(NodeMetric.CONNECTED_PEERS, 41L, NodeMetric.UPTIME, 900L),
            Optional.of(new BigInteger("9223372036854775807"))));
  }

  @Test
  void labelValuesAreUnescaped() {
    assertThat(Sample.parse("ant_x{a=\"q\\\"b\\\\n\\n{},=\"} 1").orElseThrow().labels()).containsEntry("a", "q\"b\\n\n{},=");
  }

  @Test
  void rewardsMayBeLargerThanALong() {
    assertThat(read("ant_node_current_reward_wallet_balance 123456789012345678901234567890\n").toMetrics().rewards())
        .contains(new BigInteger("123456789012345678901234567890"));
    assertThat(read("ant_node_current_reward_wallet_balance 1.5e30\n").toMetrics().rewards())
        .contains(new BigInteger("1500000000000000000000000000000"));
  }

  @Test
  void nothingAfterTheEndMarkIsRead() {
    assertThat(read("ant_node_uptime 5\n# EOF\nant_networking_records_stored 5\n").toMetrics().values())
        .containsOnlyKeys(NodeMetric.UPTIME);
  }

  @Test
  void aPeerIdThatIsNoneIsLeftOut() {
    assertThat(read("ant_networking_peer_id_info{peer_id=\"'; DROP TABLE node; --\"} 1\n").peerId()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "unknown", "0", "0.4.7\\n"})
  void aVersionThatIsNoneIsLeftOut(String version) {
    assertThat(read("ant_node_antnode_version_info{antnode_version=\"" + version + "x\"} 1\n").version()).isEmpty();
  }

  @Property(tries = 200)
  void theTextMayComeInPiecesOfAnySize(@ForAll @IntRange(min = 1, max = 5_000) int size) {
    byte[] bytes = SampleAnswers.metrics().getBytes(StandardCharsets.UTF_8);
    NodeAnswer answer = new NodeAnswer();
    OpenMetricsReader reader = new OpenMetricsReader(answer);
    for (int from = 0; from < bytes.length; from += size) {
      reader.accept(bytes, from, Math.min(bytes.length, from + size));
    }

    assertThat(reader.isWhole()).isTrue();
    assertThat(answer.toMetrics()).isEqualTo(read(SampleAnswers.metrics()).toMetrics());
  }

  /** Lines that are skipped by their first bytes are those of which nothing would have been made. */
  @Property(tries = 500)
  void nothingElseIsReadThanWhenEveryLineIsParsed(@ForAll Random random, @ForAll @IntRange(min = 1, max = 300) int size) {
    StringBuilder text = new StringBuilder();
    int lines = random.nextInt(40);
    for (int i = 0; i < lines; i++) {
      text.append(LINES.get(random.nextInt(LINES.size())).replace("~", Integer.toString(random.nextInt(1_000))))
          .append(random.nextInt(4) == 0 ? "\r\n" : i == lines - 1 && random.nextBoolean() ? "" : "\n");
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    NodeAnswer answer = new NodeAnswer();
    OpenMetricsReader reader = new OpenMetricsReader(answer);
    for (int from = 0; from < bytes.length; from += size) {
      reader.accept(bytes, from, Math.min(bytes.length, from + size));
    }
    NodeAnswer expected = new NodeAnswer();
    // A line without its end counts for nothing, but for the mark of the end.
    for (String line : text.substring(0, text.lastIndexOf("\n") + 1).split("\n")) {
      if (line.startsWith("# EOF")) {
        break;
      }
      if (line.startsWith("ant_") && line.length() <= 8_192) {
        Sample.parse(line).ifPresent(expected::accept);
      }
    }

    assertThat(answer.toMetrics()).as(text.toString()).isEqualTo(expected.toMetrics());
    assertThat(answer.isFromNode()).isEqualTo(expected.isFromNode());
    assertThat(answer.version()).isEqualTo(expected.version());
    assertThat(answer.peerId()).isEqualTo(expected.peerId());
    assertThat(reader.isWhole()).isEqualTo(text.toString().lines().anyMatch(line -> line.startsWith("# EOF")));
  }

  @Property
  void anyBytesAreBorne(@ForAll byte[] bytes) {
    readBytes(bytes);
  }

  @Property
  void anyTextBehindASeriesNameIsBorne(@ForAll String text) {
    readBytes(("ant_node_uptime" + text + "\nant_node_current_reward_wallet_balance " + text + "\n"
        + "ant_node_antnode_version_info{antnode_version=\"" + text + "\"} 1\n"
        + "ant_networking_peer_id_info{peer_id=" + text + "} 1\n").getBytes(StandardCharsets.UTF_8));
  }

  private static NodeAnswer read(String text) {
    return readBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private static NodeAnswer readBytes(byte[] bytes) {
    NodeAnswer answer = new NodeAnswer();
    new OpenMetricsReader(answer).accept(bytes, 0, bytes.length);
    answer.toMetrics();
    answer.version();
    answer.peerId();
    answer.beginning();
    return answer;
  }
}
