package dev.wnm.cli.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import dev.wnm.testkit.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines for InfluxDB in a database that NTracking's {@code influx-resources.sh} has filled, or will fill. */
class NTrackingIT {
  private static final List<String> MEASUREMENTS = List.of("nodes", "nodes_totals", "nodes_network");
  /** A minute before, and a minute after, so that both programs' points stay apart. */
  private static final long MINUTE_NANOS = 60_000_000_000L;

  @TempDir
  private Path folder;
  private TestHost host;
  private InfluxServer influx;

  @BeforeEach
  void twoNodesOfWhichOneIsStopped() throws IOException {
    host = TestHost.keepingAJvm();
    influx = InfluxServer.start(folder);
    List<String> words = new ArrayList<>(TestHost.WIDE_LIMITS);
    words.addAll(TestHost.NO_DELAYS);
    host.done(host.initWords(words));
    host.done("--force_action", "add", "--count", "2");
    Eventually.eventually("both nodes are known to run", () -> {
      host.seemIdle();
      host.done("--node_cap", "2");
      return host.nodes("RUNNING").size() == 2;
    });
  }

  @AfterEach
  void close() throws IOException {
    influx.close();
    host.close();
  }

  @Test
  void goIntoOneBucketWithNTrackingsOwnInEitherOrder() throws IOException {
    List<String> theirs = theirs(0);
    host.done("--node_cap", "1", "--force_action", "stop", "--service_name", "antnode0002");
    String ours = host.done("--report", "influx-resources", "--latency_host", "127.0.0.1").out();
    assertThat(withoutFiguresOfTheMachine(
        host.done("--report", "influx-resources", "--report_format", "influx-ntracking", "--latency_host", "127.0.0.1").out()))
        .isEqualTo(withoutFiguresOfTheMachine(ours));
    List<String> later = theirs(1);

    influx.createDatabase("theirs_first");
    assertThat(influx.write("theirs_first", String.join("\n", theirs))).isEmpty();
    Map<String, String> types = influx.fieldTypes("theirs_first", "nodes");
    assertThat(influx.write("theirs_first", ours)).isEmpty();
    influx.createDatabase("ours_first");
    assertThat(influx.write("ours_first", ours)).isEmpty();
    assertThat(types).as("no field of ours is unknown to their dashboard").containsAllEntriesOf(influx.fieldTypes("ours_first", "nodes"));
    assertThat(influx.write("ours_first", String.join("\n", later))).isEmpty();

    for (String measurement : MEASUREMENTS) {
      assertThat(influx.fieldTypes("ours_first", measurement)).as(measurement)
          .isEqualTo(influx.fieldTypes("theirs_first", measurement));
    }
    assertThat(types).containsEntry("rewards", "float").containsEntry("networ_size", "integer").containsEntry("status", "string");
  }

  @Test
  void areReadBackAsTheyWereMeant() throws IOException {
    host.done("--node_cap", "1", "--force_action", "stop", "--service_name", "antnode0002");
    influx.createDatabase("telegraf");
    assertThat(influx.write("telegraf", host.done("--report", "influx-resources", "--latency_host", "127.0.0.1").out())).isEmpty();

    Map<String, JsonElement> first = influx.rows("telegraf", "SELECT * FROM nodes WHERE id = '0001'").get(0);
    assertThat(first.get("status").getAsString()).isEqualTo("Running");
    assertThat(first.get("PeerId").getAsString()).isEqualTo(host.nodes().get(0).peerId());
    assertThat(first.get("rewards").getAsDouble()).isNotNegative();
    assertThat(first.get("records").getAsLong()).isPositive();
    assertThat(first).as("what nobody knows").doesNotContainKeys("gets", "shunned_count");
    assertThat(influx.rows("telegraf", "SELECT * FROM nodes WHERE id = '0002'").get(0).get("status").getAsString()).isEqualTo("Stopped");
    assertThat(influx.rows("telegraf", "SELECT latency FROM nodes").get(0).get("latency").getAsDouble()).isPositive();
    assertThat(influx.rows("telegraf", "SELECT nodes_running, nodes_killed FROM nodes_totals").get(0).get("nodes_killed").getAsInt())
        .isEqualTo(1);
    Map<String, JsonElement> disk = influx.rows("telegraf", "SELECT total_disk, Disk_percent FROM nodes_totals").get(0);
    assertThat(disk.get("total_disk").getAsLong()).isNotNegative();
    assertThat(disk.get("Disk_percent").getAsLong()).isBetween(1L, 100L);
    assertThat(influx.rows("telegraf", "SELECT size FROM nodes_network").get(0).get("size").getAsLong()).isPositive();
  }

  /** Time, latency and the use of its disk are other ones a moment later. */
  private static String withoutFiguresOfTheMachine(String lines) {
    return lines.replaceAll("(latency=\\S+)? \\d+\n", "\n").replaceAll("Disk_percent=\\d+", "Disk_percent=");
  }

  /** So that the tests above would see a conflict. */
  @Test
  void ofThePythonWnmsShapeAreRefusedThereAndTakenInADatabaseOfTheirOwn() throws IOException {
    String compat = host.done("--report", "influx-resources", "--report_format", "influx-compat").out();
    influx.createDatabase("telegraf");
    influx.createDatabase("python");
    assertThat(influx.write("telegraf", String.join("\n", theirs(0)))).isEmpty();

    assertThat(influx.write("telegraf", compat)).contains("field type conflict").contains("rewards");
    assertThat(influx.write("python", compat)).isEmpty();
    assertThat(influx.fieldTypes("python", "nodes")).containsEntry("rewards", "string").containsEntry("network_size", "integer");
  }

  @Test
  void tellOfAHostThatDoesNotAnswerAndGoOnWithoutALatency() {
    WnmRun run = host.done("--report", "influx-resources", "--latency_host", "no-such-host.invalid");

    assertThat(run.out()).contains("nodes,id=0001 ").doesNotContain("latency");
    assertThat(run.err()).contains("the latency is left out").contains("no-such-host.invalid");
  }

  /** What the script makes of the same nodes: the same names, types and order, and a 0 wherever it finds nothing. */
  private List<String> theirs(int minute) throws IOException {
    long time = System.currentTimeMillis() / 10_000 * 10_000_000_000L - 5 * MINUTE_NANOS + minute * 10 * MINUTE_NANOS;
    List<String> lines = new ArrayList<>();
    for (NodeRow node : host.nodes()) {
      boolean runs = answers(node.metricsPort());
      String said = runs ? get(node.metricsPort(), "/metrics") : "";
      lines.add(String.join("", "nodes,id=%04d ".formatted(node.id()), "PeerId=\"", runs ? node.peerId() : "NotReachableStoppedNode",
          "\",status=\"", runs ? "Running" : "Stopped", "\",version=\"0.4.16\"",
          ",gets=", value(said, "libp2p_kad_query_result_get_record_ok_total"), "i,puts=", value(said, "ant_node_put_record_ok_total"),
          "i,up_time=", value(said, "ant_node_uptime"), "i,rewards=", value(said, "ant_node_current_reward_wallet_balance"),
          ",records=", value(said, "ant_networking_records_stored"), "i,connected_peers=", value(said, "ant_networking_connected_peers"),
          "i,networ_size=", value(said, "ant_networking_estimated_network_size"), "i,open_connections=",
          value(said, "ant_networking_open_connections"), "i,total_peers=", value(said, "ant_networking_peers_in_routing_table"),
          "i,shunned_count=", value(said, "ant_networking_shunned_count_total"), "i,bad_peers=",
          value(said, "ant_networking_bad_peers_count_total"), "i,mem=", value(said, "ant_networking_process_memory_used_mb"),
          ",cpu=", value(said, "ant_networking_process_cpu_usage_percentage"), ",rel_records=",
          value(said, "ant_networking_relevant_records"), "i,max_records=", value(said, "ant_networking_max_records"),
          "i,payment_count=", value(said, "ant_networking_received_payment_count"), "i,live_time=", value(said, "ant_networking_live_time"),
          "i,shunned_closedgroup=", value(said, "ant_networking_shunned_by_close_group"), "i,shunned_oldclosedgroup=",
          value(said, "ant_networking_shunned_by_old_close_group"), "i ", Long.toString(time)));
    }
    lines.add("nodes_totals rewards=.000000000000000000,nodes_running=2i,nodes_killed=0i " + time);
    lines.add("nodes_totals total_disk=12i,Disk_percent=14i " + time);
    lines.add("nodes_network size=1835008i " + time);
    lines.add("nodes latency=11.214 " + time);
    return lines;
  }

  private static String value(String metrics, String name) {
    return metrics.lines().filter(line -> !line.startsWith("#") && Set.of(line.split("[{ ]", 2)[0]).contains(name))
        .map(line -> line.substring(line.lastIndexOf(' ') + 1)).findFirst().orElse("0");
  }

  private static boolean answers(int port) {
    try {
      return !get(port, "/metadata").isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  private static String get(int port, String path) throws IOException {
    try {
      return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
          HttpResponse.BodyHandlers.ofString()).body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
