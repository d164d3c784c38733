package dev.wnm.cli.packaged;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.testkit.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page as it is packaged: found by the watch, with its files in the jar, and orders that reach nodes. */
class ServedPageIT {
  private final HttpClient client = HttpClient.newHttpClient();
  private final int port = FreePorts.next();
  private TestHost host;

  @BeforeEach
  void aMachineWithANode() throws IOException {
    host = TestHost.create();
    List<String> words = new ArrayList<>(TestHost.WIDE_LIMITS);
    words.addAll(TestHost.NO_DELAYS);
    words.addAll(List.of("--node_cap", "1"));
    host.done(host.initWords(words));
    host.done("--force_action", "add");
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    host.close();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private boolean isReady() {
    try {
      return get("/readyz").statusCode() == 200;
    } catch (Exception notYet) {
      return false;
    }
  }

  @Test
  void theWatchServesThePageAndOrdersByTokenReachNodes() throws Exception {
    WnmRun watch = host.wnm().start("--watch", "1", "--serve", Integer.toString(port));
    try {
      eventually("a cycle has ended in " + watch, this::isReady);
      assertThat(watch.out()).contains("the page is at http://127.0.0.1:" + port + "/");
      assertThat(get("/").body()).contains("<title>wnm</title>", "assets/app.js");
      assertThat(get("/assets/uplot.js").body()).contains("uPlot");
      assertThat(get("/api/v1/status").body()).contains("\"verdict\"");
      assertThat(get("/metrics").body()).contains("wnm_nodes{status=\"RUNNING\"}");

      String token = Files.readString(host.home().resolve(".local/share/autonomi/wnm-tokens")).strip().split(" ")[1];
      HttpRequest order = request("/api/v1/orders").header("Authorization", "Bearer " + token)
          .POST(HttpRequest.BodyPublishers.ofString("{\"action\":\"disable\",\"nodes\":[\"antnode0001\"]}")).build();
      assertThat(client.send(order, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(202);
      eventually("the node is disabled", () -> host.done("--report", "node-status").out().contains("DISABLED"));
      assertThat(host.done("--history", "--report_format", "csv", "--columns", "what,asked_by").out()).contains("disable,web:admin");
    } finally {
      watch.killed();
    }
  }

  @Test
  void withoutATokenAndEncryptionItIsForThisMachineAlone() {
    WnmRun refused = host.wnm().run("--watch", "1", "--serve", "0.0.0.0:" + port);
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("--serve 0.0.0.0:" + port + " would send tokens over the network unencrypted");
  }

  @Test
  void thePageInOneFileHoldsItsDataAndRunsNoScriptButItsOwn() {
    assertThat(host.done("--report", "html").out()).startsWith("<!doctype html>").contains("antnode0001", "script-src 'sha256-", "uPlot")
        .doesNotContain("src=\"assets");
  }
}
