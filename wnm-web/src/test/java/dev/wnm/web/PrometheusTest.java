package dev.wnm.web;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wnm.testkit.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus that scrapes a real server as {@code docs/web.md} has it, asked what the board of Grafana and the alert rules ask. */
class PrometheusTest {
  private static final Path DASHBOARD = Path.of("../docs/monitoring/wnm-dashboard.json");
  private static final Path GUIDE = Path.of("../docs/web.md");
  private static final Pattern METRIC = Pattern.compile("wnm_[a-z_0-9]*[a-z0-9]\\b(?!_)");

  @TempDir
  private static Path home;
  private static ServedColony served;
  private static Process prometheus;
  private static int port;

  @BeforeAll
  static void itHasScrapedTwice() throws Exception {
    served = new ServedColony(Files.createDirectories(home.resolve("colony"))).grown();
    port = FreePorts.next();
    Path config = Files.writeString(home.resolve("prometheus.yml"), """
        global: {scrape_interval: 1s}
        rule_files: [%s]
        scrape_configs:
          - job_name: wnm
            static_configs:
              - targets: ["127.0.0.1:%d"]
        """.formatted(AlertRulesTest.RULES.toAbsolutePath().normalize(), served.port()));
    prometheus = new ProcessBuilder("prometheus", "--config.file=" + config, "--storage.tsdb.path=" + home.resolve("data"),
        "--web.listen-address=127.0.0.1:" + port)
        .redirectErrorStream(true).redirectOutput(home.resolve("prometheus.log").toFile()).start();
    eventually("it has scraped twice", () -> prometheus.isAlive() && !asked("count_over_time(wnm_cycles_total[1m]) >= 2").isEmpty()
        ? Optional.of(true) : Optional.empty());
  }

  @AfterAll
  static void itEnds() throws Exception {
    prometheus.destroy();
    if (!prometheus.waitFor(20, TimeUnit.SECONDS)) {
      prometheus.destroyForcibly().waitFor();
    }
    served.close();
  }

  /** The series that it answers to an expression. */
  private static JsonArray asked(String expression) {
    try {
      HttpResponse<String> answer = served.client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/query?query="
          + URLEncoder.encode(expression, StandardCharsets.UTF_8))).build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() == 503) {
        return new JsonArray();
      }
      assertThat(answer.statusCode()).as(expression + ": " + answer.body()).isEqualTo(200);
      return JsonParser.parseString(answer.body()).getAsJsonObject().getAsJsonObject("data").getAsJsonArray("result");
    } catch (IOException notUpYet) {
      return new JsonArray();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** As Grafana asks when all machines are chosen. */
  private static List<String> queriesOfTheBoard() throws IOException {
    List<String> queries = new ArrayList<>();
    for (JsonElement panel : JsonParser.parseString(Files.readString(DASHBOARD)).getAsJsonObject().getAsJsonArray("panels")) {
      panel.getAsJsonObject().getAsJsonArray("targets")
          .forEach(target -> queries.add(target.getAsJsonObject().get("expr").getAsString().replace("$instance", ".*")));
    }
    assertThat(queries).hasSizeGreaterThan(14).allSatisfy(query -> assertThat(query).contains("instance=~\".*\""));
    return queries;
  }

  @Test
  void eachQueryOfTheBoardFindsSomething() throws IOException {
    for (String query : queriesOfTheBoard()) {
      // Nothing was done since it looks: what is above 0 only in that case finds nothing, and its parts do.
      String whole = query.contains("increase(") ? query.replaceFirst(" > 0$", "") : query;
      assertThat(asked(whole)).as(query).isNotEmpty();
      asked(query);
    }
  }

  @Test
  void eachVariableOfTheBoardHasValues() {
    assertThat(asked("wnm_nodes_most").get(0).getAsJsonObject().getAsJsonObject("metric").get("instance").getAsString())
        .isEqualTo("127.0.0.1:" + served.port());
  }

  @Test
  void boardRulesAndGuideNameOnlyMetricsThatThereAre() throws IOException {
    Set<String> there = new TreeSet<>();
    Pattern.compile("# TYPE (\\S+) ").matcher(served.get("/metrics").body()).results().forEach(type -> there.add(type.group(1)));
    assertThat(named(queriesOfTheBoard().stream())).hasSizeGreaterThan(12).isSubsetOf(there);
    assertThat(named(Files.readString(AlertRulesTest.RULES).lines().filter(line -> line.strip().startsWith("expr:")))).hasSizeGreaterThan(7).isSubsetOf(there);
    assertThat(named(Files.readString(GUIDE).lines().filter(line -> line.startsWith("| `wnm_")).map(line -> line.replace("wnm_node_…", ""))))
        .hasSizeGreaterThan(8).isSubsetOf(there);
  }

  private static Set<String> named(Stream<String> texts) {
    Set<String> names = new TreeSet<>();
    texts.forEach(text -> METRIC.matcher(text).results().forEach(found -> names.add(found.group())));
    return names;
  }

  @Test
  void itTakesTheRulesAndReadsTheServerWithoutComplaint() throws Exception {
    HttpResponse<String> rules = served.client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/rules")).build(),
        HttpResponse.BodyHandlers.ofString());
    assertThat(rules.body()).contains("WnmNodeDead", "WnmSilent").doesNotContain("\"health\":\"err\"");
    JsonObject up = asked("up{job=\"wnm\"}").get(0).getAsJsonObject();
    assertThat(up.getAsJsonArray("value").get(1).getAsString()).isEqualTo("1");
    assertThat(asked("scrape_samples_scraped{job=\"wnm\"} == 0")).isEmpty();
  }

  /** A rule that names a disk as no colony calls it would never fire. */
  @Test
  void theRulesOnDisksFindTheDisksOfAColony() {
    assertThat(asked("wnm_resource_used{resource=~\"disk( of .*)?\"} < on (instance, resource) wnm_resource_limit{resource=~\"disk( of .*)?\",kind=\"pressure\"}"))
        .isNotEmpty();
  }
}
