package dev.wnm.web.browser;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.wnm.web.ServedColony;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a page of somebody else's can do in the browser of who has the page open, too: nothing. */
@ExtendWith(BrowserExtension.class)
class AttacksInBrowserTest {
  private static final String ORDER = "{\"action\": \"stop\", \"nodes\": [\"1\"]}";

  @TempDir
  private Path home;
  private ServedColony served;
  private Browser browser;
  private HttpServer other;

  @BeforeEach
  void aColonyAndAPageOfSomebodyElse(Browser shared) throws Exception {
    browser = shared;
    served = new ServedColony(home).grown();
    other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext("/", exchange -> {
      byte[] page = ("<!doctype html><title>evil</title><iframe src='" + served.page() + "'></iframe>").getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/html");
      exchange.sendResponseHeaders(200, page.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(page);
      }
    });
    other.start();
  }

  @AfterEach
  void nothingIsServedAnyMore() {
    other.stop(0);
    served.close();
  }

  private void openTheirs() throws IOException {
    browser.open("http://127.0.0.1:" + other.getAddress().getPort() + "/");
  }

  private String fetched(String address, String options) {
    return String.valueOf(browser.runAndWait("""
        const done = arguments[arguments.length - 1];
        fetch(arguments[0], JSON.parse(arguments[1])).then(answer => answer.text().then(text => done(answer.type + ' ' + answer.status + ' ' + text)), wrong => done('refused'));""",
        address, options));
  }

  @Test
  void itReadsNothing() throws IOException {
    openTheirs();
    for (String path : new String[] {"api/v1/status", "api/v1/events", "metrics"}) {
      assertThat(fetched(served.page() + path, "{}")).as(path).isEqualTo("refused");
      assertThat(fetched(served.page() + path, "{\"mode\": \"no-cors\"}")).as(path).satisfiesAnyOf(answer -> assertThat(answer).isEqualTo("refused"),
          answer -> assertThat(answer.strip()).isEqualTo("opaque 0"));
    }
  }

  @Test
  void itOrdersNothingEvenIfItKnewTheToken() throws IOException {
    openTheirs();
    String withToken = "{\"method\": \"POST\", \"headers\": {\"Authorization\": \"Bearer " + served.token() + "\"}, \"body\": " + quoted(ORDER) + "}";
    assertThat(fetched(served.page() + "api/v1/orders", withToken)).isEqualTo("refused");
    fetched(served.page() + "api/v1/orders", "{\"method\": \"POST\", \"mode\": \"no-cors\", \"body\": " + quoted(ORDER) + "}");
    browser.run("""
        const form = document.createElement('form');
        form.method = 'post'; form.enctype = 'text/plain'; form.action = arguments[0];
        const field = document.createElement('input');
        field.name = '{"action": "stop", "nodes": ["1"], "x": "'; field.value = '"}';
        form.append(field); document.body.append(form); form.submit();""", served.page() + "api/v1/orders");
    browser.awaitText("body", "may not ask this server");
    assertThat(served.json("orders").getAsJsonArray()).isEmpty();
  }

  private static String quoted(String json) {
    return "\"" + json.replace("\"", "\\\"") + "\"";
  }

  @Test
  void itShowsThePageInNoFrame() throws IOException {
    openTheirs();
    eventually("the frame was refused", () -> browser.console().stream().anyMatch(line -> line.contains("frame-ancestors")));
  }

  @Test
  void aNameOfSomebodyElseThatLeadsHereIsRefused() {
    browser.open("http://" + Browser.REBOUND + ":" + served.port() + "/");
    browser.awaitText("body", "this server is not called '" + Browser.REBOUND + "'");
    assertThat(fetched("/api/v1/status", "{}")).contains("421").doesNotContain("verdict");
  }

  @Test
  void aPageThatOpensItHasNoHoldOfIt() throws IOException {
    openTheirs();
    browser.run("window.theirs = open(arguments[0])", served.page());
    assertThat(String.valueOf(browser.runAndWait("""
        const done = arguments[arguments.length - 1];
        const look = () => { if (theirs.closed) done('no hold'); else setTimeout(look, 50); };
        look();"""))).isEqualTo("no hold");
    browser.closeOthers();
  }
}
