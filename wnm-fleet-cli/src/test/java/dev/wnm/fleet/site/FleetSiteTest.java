package dev.wnm.fleet.site;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.HostStateJson;
import dev.wnm.fleet.model.WantedProgram;
import dev.wnm.fleet.rollout.Gate;
import dev.wnm.fleet.rollout.RollOut;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.transport.Received;
import dev.wnm.fleet.transport.ScriptedDesk;
import dev.wnm.fleet.view.HostBook;
import dev.wnm.runner.ProcessCommandRunner;
import dev.wnm.spi.command.Command;
import dev.wnm.spi.command.CommandResult;
import dev.wnm.testkit.ManualClock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FleetSiteTest {
  private static final HostName A1 = new HostName("a1");
  private static final HostName B2 = new HostName("b2");
  @TempDir
  Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ManualClock clock = new ManualClock(Instant.now());
  private volatile boolean isAway;
  private FleetSite site;

  @BeforeEach
  void serve() throws Exception {
    HostBook book = new HostBook(Set.of(A1, B2));
    book.hear(new Received(A1, HostStateJson.write(new ScriptedDesk("a1").state()), Instant.now()));
    RollOut rollOut = new RollOut("r1", new RollOut.Order(new WantedProgram("0.4.17", "ab".repeat(32)), new Gate("running>=97%"), Duration.ofMinutes(30),
        Duration.ofDays(1), 50), List.of(List.of(A1), List.of(B2)), 0, RollOut.Stage.SOAKING, Instant.now(), RollOut.State.RUNNING, "", "anna", Map.of(A1, 3), Map.of());
    site = FleetSite.open(() -> {
      if (isAway) {
        throw new FleetException("the fleet's server does not answer");
      }
      return new Sight(Instant.now(), book.rows(Instant.now()), Optional.of(rollOut));
    }, clock, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), folder.resolve("tokens"), Duration.ofMillis(200));
    eventually("the fleet was looked at", () -> get("/api/v1/fleet").statusCode() == 200);
  }

  @AfterEach
  void end() {
    site.close();
  }

  @Test
  void hostsAndTheRollOutAreThereAsTheyAreBelievedToBe() {
    JsonObject fleet = fleet();

    JsonObject a1 = fleet.getAsJsonArray("hosts").get(0).getAsJsonObject();
    assertThat(a1.get("belief").getAsString()).isEqualTo("well");
    assertThat(a1.get("room").getAsInt()).isEqualTo(12);
    assertThat(a1.getAsJsonObject("state").getAsJsonObject("outlook").get("sentence").getAsString()).contains("<b>ä</b>");
    JsonObject b2 = fleet.getAsJsonArray("hosts").get(1).getAsJsonObject();
    assertThat(b2.get("belief").getAsString()).isEqualTo("never heard");
    assertThat(b2.get("state").isJsonNull()).isTrue();
    JsonObject rollOut = fleet.getAsJsonObject("rollout");
    assertThat(rollOut.get("running_percent").getAsDouble()).isEqualTo(100);
    assertThat(rollOut.getAsJsonArray("waves").toString()).isEqualTo("[[{\"host\":\"a1\",\"phase\":\"soaking\",\"updated\":3,\"running\":3}],"
        + "[{\"host\":\"b2\",\"phase\":\"planned\",\"updated\":0,\"running\":0}]]");
  }

  @Test
  void aConditionLeavesItsHostsAndSaysOfHowManyMoreItIsNotKnown() {
    JsonObject fleet = fleet("?where=" + encoded("site=home and running>=3"));

    assertThat(names(fleet)).containsExactly("a1");
    assertThat(fleet.get("of").getAsInt()).isEqualTo(2);
    assertThat(fleet.get("unknown").getAsInt()).as("b2 was never heard").isEqualTo(1);
    assertThat(names(fleet("?where=" + encoded("state='never heard'")))).containsExactly("b2");
    assertThat(names(fleet("?where="))).containsExactly("a1", "b2");
  }

  @ParameterizedTest
  @CsvSource(quoteCharacter = '`', value = {"dead>many|dead must be a whole number", "colour=red|there is no 'colour'", "dead>|at its end", "home|home"},
      delimiter = '|')
  void aConditionThatIsNoneIsRefusedWithWhatIsWrong(String where, String sentence) {
    HttpResponse<String> refused = get("/api/v1/fleet?where=" + encoded(where));

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(JsonParser.parseString(refused.body()).getAsJsonObject().get("detail").getAsString()).startsWith("where '" + where + "': ").contains(sentence);
  }

  @Test
  void whatWasSeenStaysWithItsAgeWhileTheFleetCannotBeReached() {
    isAway = true;

    eventually("why it is old is said", () -> fleet().get("trouble").getAsString().equals("the fleet's server does not answer"));

    assertThat(fleet().getAsJsonArray("hosts")).hasSize(2);
    clock.advance(Duration.ofHours(1));
    eventually("its hosts are not believed to be well for ever", () -> fleet().getAsJsonArray("hosts").get(0).getAsJsonObject().get("belief").getAsString()
        .equals("silent"));
    assertThat(metrics()).contains("wnm_fleet_hosts{state=\"well\"} 0.0", "wnm_fleet_hosts{state=\"silent\"} 1.0").doesNotContain("wnm_fleet_host_nodes{");
  }

  private String metrics() {
    return get("/metrics").body();
  }

  @Test
  void prometheusTakesItsMetricsAndWhatIsNotKnownIsNotInThem() throws Exception {
    String metrics = get("/metrics").body();

    assertThat(metrics).contains("wnm_fleet_hosts{state=\"never_heard\"} 1.0", "wnm_fleet_host_nodes{host=\"a1\",status=\"RUNNING\"} 3.0",
        "wnm_fleet_host_room_nodes{host=\"a1\"} 12.0").doesNotContain("host=\"b2\"");
    CommandResult checked = new ProcessCommandRunner().run(Command.of("promtool", "check", "metrics").reading(metrics));
    assertThat(checked.succeeded()).as(checked.describe()).isTrue();
    assertThat(checked.stdout() + checked.stderr()).isEmpty();
  }

  @Test
  void thePageAndItsPartsAreServedWithAPolicyThatLetsNothingElseIn() {
    for (String path : List.of("/", "/assets/fleet.js", "/assets/text.js", "/assets/page.css", "/assets/fleet.css", "/assets/icon.svg")) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(200);
    }
    assertThat(get("/").headers().firstValue("Content-Security-Policy").orElse("")).contains("default-src 'self'");
    assertThat(get("/").body()).doesNotContain("onclick", "<script>");
  }

  @Test
  void itAnswersToNoOtherNameAndTakesNoOrders() throws Exception {
    HttpResponse<String> order = client.send(HttpRequest.newBuilder(address("/api/v1/fleet")).POST(HttpRequest.BodyPublishers.ofString("{}")).build(),
        HttpResponse.BodyHandlers.ofString());
    assertThat(order.statusCode()).isEqualTo(405);
    try (Socket socket = new Socket(site.address().getAddress(), site.address().getPort())) {
      socket.getOutputStream().write("GET /api/v1/fleet HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).startsWith("HTTP/1.1 421");
    }
  }

  private JsonObject fleet() {
    return fleet("");
  }

  private JsonObject fleet(String query) {
    return JsonParser.parseString(get("/api/v1/fleet" + query).body()).getAsJsonObject();
  }

  private static List<String> names(JsonObject fleet) {
    return fleet.getAsJsonArray("hosts").asList().stream().map(host -> host.getAsJsonObject().get("name").getAsString()).toList();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private HttpResponse<String> get(String path) {
    try {
      return client.send(HttpRequest.newBuilder(address(path)).build(), HttpResponse.BodyHandlers.ofString());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:" + site.address().getPort() + path);
  }
}
