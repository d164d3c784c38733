package dev.wnm.web;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.spi.manager.ProcessState;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus is told, looked at by its own tool. */
class MetricsTest {
  @TempDir
  private Path home;
  private ServedColony served;

  @BeforeEach
  void aColony() throws Exception {
    served = new ServedColony(home);
  }

  @AfterEach
  void nothingIsServedAnyMore() {
    served.close();
  }

  private String metrics() {
    HttpResponse<String> answer = served.get("/metrics");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain; version=0.0.4");
    return answer.body();
  }

  private String metricsOnce(Predicate<String> isSo) {
    return eventually("the metrics are as they should be", () -> Optional.of(metrics()).filter(isSo));
  }

  @Test
  void promtoolHasNothingToSayAgainstThem() throws Exception {
    assertThat(Promtool.accepts(metrics(), home, "check", "metrics")).as("before the first cycle").isBlank();
    served.grown();
    String grown = metricsOnce(text -> text.contains("wnm_cycle_last_duration_seconds"));
    assertThat(Promtool.accepts(grown, home, "check", "metrics")).isBlank();
  }

  @Test
  void theyTellOfMachineColonyNodesAndWnm() throws Exception {
    served.grown();
    assertThat(metricsOnce(text -> text.contains("wnm_nodes{status=\"RUNNING\"} 2"))).contains("wnm_nodes{status=\"DEAD\"} 0", "wnm_nodes_most 2",
        "wnm_resource_used{resource=\"CPU\"} 10", "wnm_resource_limit{kind=\"room\",resource=\"CPU\",setting=\"cpu_less_than\"}",
        "wnm_node_up{group=\"\",node=\"antnode0001.service\"} 1", "wnm_node_connected_peers{group=\"\",node=\"antnode0001.service\"} 9",
        "wnm_operations_total{ending=\"done\",kind=\"add\"} 2", "wnm_cycles_failed_total 0");
  }

  @Test
  void onlyCountersEndInTotalAndAllOfThemDo() throws Exception {
    served.grown();
    List<MatchResult> types = Pattern.compile("# TYPE (\\S+) (\\S+)").matcher(
        metricsOnce(text -> text.contains("wnm_cycle_last_duration_seconds"))).results().toList();
    assertThat(types).hasSizeGreaterThan(20).allSatisfy(type -> {
      assertThat(type.group(2)).isIn("gauge", "counter");
      assertThat(type.group(1).endsWith("_total")).as(type.group()).isEqualTo(type.group(2).equals("counter"));
    });
  }

  @Test
  void whatIsUnknownIsLeftOut() throws Exception {
    assertThat(metrics()).as("no cycle has run").doesNotContain("wnm_cycle_last_timestamp_seconds", "wnm_cycle_last_duration_seconds", "wnm_node_up");
    served.grown();
    served.forgetMemory();
    served.machine.garble(1);
    served.machine.pretend(1, new ProcessState.Unknown("nobody knows"));
    for (int i = 0; i < 3; i++) {
      served.cycle();
    }
    served.advance(Duration.ofMinutes(1));
    String text = metricsOnce(now -> now.contains("wnm_nodes{status=\"UNKNOWN\"} 1"));
    assertThat(series(text, "wnm_node_up")).isEqualTo(Set.of("wnm_node_up{group=\"\",node=\"antnode0002.service\"}"));
    assertThat(series(text, "wnm_node_connected_peers")).hasSize(1);
    assertThat(series(text, "wnm_node_uptime_seconds")).hasSize(1);
    assertThat(text).doesNotContain("wnm_resource_used{resource=\"memory\"}", "NaN").contains("wnm_resource_limit{kind=\"room\",resource=\"memory\"");
    assertThat(Promtool.accepts(text, home, "check", "metrics")).isBlank();
  }

  /** Whether they came up is looked at in the next cycle. */
  @Test
  void ofNodesThatWereJustStartedItIsNotYetSaidThatTheyAreUpOrDown() throws Exception {
    served.cycle();
    String text = metricsOnce(now -> now.contains("wnm_nodes{status=\"RESTARTING\"} 2"));
    assertThat(series(text, "wnm_node_up")).isEmpty();
    assertThat(series(text, "wnm_node_info")).hasSize(2);
  }

  @Test
  void aStoppedNodeIsDown() throws Exception {
    served.grown();
    served.post("orders", "{\"action\": \"disable\", \"nodes\": [1]}");
    assertThat(metricsOnce(now -> now.contains("wnm_nodes{status=\"DISABLED\"} 1"))).contains("wnm_node_up{group=\"\",node=\"antnode0001.service\"} 0",
        "wnm_node_up{group=\"\",node=\"antnode0002.service\"} 1");
  }

  private static Set<String> series(String metrics, String name) {
    return metrics.lines().filter(line -> line.startsWith(name + "{")).map(line -> line.substring(0, line.lastIndexOf(' '))).collect(Collectors.toSet());
  }

  @Test
  void allSeriesOfAMetricStandTogetherAndNoneComesTwice() throws Exception {
    served.grown();
    List<String> names = metrics().lines().filter(line -> !line.startsWith("#")).map(line -> line.substring(0, line.lastIndexOf(' '))).toList();
    assertThat(names).doesNotHaveDuplicates();
    assertThat(metrics().lines().filter(line -> line.startsWith("# TYPE"))).doesNotHaveDuplicates();
  }
}
