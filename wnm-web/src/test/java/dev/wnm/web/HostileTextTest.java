package dev.wnm.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.wnm.core.colony.Colony;
import dev.wnm.testkit.manager.Operation;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names, errors and log lines come from programs of others: whatever is in them stays text. */
class HostileTextTest {
  private static final String HOSTILE = "\u001b[31mred\u001b]0;title\u0007 </script><script>alert(1)</script><!-- "
      + "\u2028\u2029 \u202egpj.exe ]]> ' \" \\ &lt; \0 end";

  @TempDir
  private Path home;
  private ServedColony served;

  @BeforeEach
  void aColonyOfHostileNodes() throws Exception {
    served = new ServedColony(home).grown();
    served.machine.failNext(Operation.STOP, HOSTILE, false);
    HttpResponse<String> order = served.post("orders", "{\"action\": \"stop\", \"nodes\": [1]}");
    assertThat(order.statusCode()).isEqualTo(202);
    served.served("orders/1", json -> json.getAsJsonObject().get("state").getAsString().equals("failed"));
    try (Colony colony = served.openToRead()) {
      Path folder = colony.nodes().get(0).logDir().orElseThrow();
      Files.writeString(Files.createDirectories(folder).resolve("antnode.log"), "first\n" + HOSTILE.replace("\0", "") + "\nlast\n");
    }
    served.served("nodes", json -> json.toString().contains("alert(1)"));
  }

  @AfterEach
  void nothingIsServedAnyMore() {
    served.close();
  }

  @Test
  void inEachAnswerItIsTextOfJsonAndSteersNoTerminal() {
    for (String path : List.of("nodes", "nodes/1", "nodes/1/log", "operations", "orders", "status")) {
      HttpResponse<String> answer = served.get("/api/v1/" + path);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(answer.body()).as(path).matches("[ -~\\n]+");
      assertThat(texts(JsonParser.parseString(answer.body()))).as(path).contains("<script>alert(1)</script>");
    }
  }

  /** All texts of a document, unescaped. */
  private static String texts(JsonElement json) {
    if (json instanceof JsonObject object) {
      return String.join("|", object.asMap().values().stream().map(HostileTextTest::texts).toList());
    }
    return json.isJsonArray() ? String.join("|", json.getAsJsonArray().asList().stream().map(HostileTextTest::texts).toList())
        : json.isJsonNull() ? "" : json.getAsString();
  }

  @Test
  void linesOfALogStayLines() {
    JsonObject log = served.json("nodes/1/log").getAsJsonObject();
    assertThat(log.getAsJsonArray("lines").asList()).hasSize(3);
    assertThat(log.getAsJsonArray("lines").get(1).getAsString()).startsWith("red").endsWith("end").doesNotContainPattern("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");
  }

  @Test
  void metricsStayLines() {
    assertThat(served.get("/metrics").body().lines()).allMatch(line -> line.startsWith("#") || line.startsWith("wnm_"));
  }

  @Test
  void whatIsAskedForComesBackAsText() {
    for (String path : List.of("nodes/%3Cscript%3E", "nodes?filter=%3Cscript%3E%1B[31m", "%3Cscript%3E", "nodes?%1B=1", "orders/%E2%80%A8")) {
      HttpResponse<String> answer = served.get("/api/v1/" + path.replace("[", "%5B"));
      assertThat(answer.headers().firstValue("Content-Type")).as(path).contains("application/problem+json");
      assertThat(JsonParser.parseString(answer.body()).isJsonObject()).isTrue();
      assertThat(answer.body()).matches("[ -~\\n]+");
    }
  }

  @Test
  void inThePageOfOneFileTheyCannotEndItsScriptAndItsPolicyAllowsThatScriptAlone() throws Exception {
    String page;
    try (Colony colony = served.openToRead()) {
      page = new FilePage().write(colony);
    }
    assertThat(page).contains("alert(1)");
    holds(page);
    holds(FilePage.page("{\"a\": \"" + "</script><script>alert(1)</script></SCRIPT ><!--<script>\u2028\u2029</style></body></head><title>" + "\"}"));
  }

  private static void holds(String page) throws Exception {
    List<String> scripts = inside("script", page);
    assertThat(scripts).as("only its own").hasSize(1);
    assertThat(scripts.get(0)).startsWith("window.WNM_DATA=").doesNotContain("<!--", "\u2028", "\u2029");
    List<String> styles = inside("style", page);
    assertThat(styles).hasSize(1);
    Matcher policy = Pattern.compile("<meta http-equiv=\"Content-Security-Policy\" content=\"([^\"]+)\">").matcher(page);
    assertThat(policy.find()).isTrue();
    assertThat(policy.group(1)).contains("default-src 'none'", "script-src 'sha256-" + digest(scripts.get(0)) + "'",
        "style-src 'sha256-" + digest(styles.get(0)) + "'").doesNotContain("unsafe");
    assertThat(page.indexOf("Content-Security-Policy")).as("it counts for what follows").isLessThan(page.indexOf("<script"))
        .isLessThan(page.indexOf("<style"));
    assertThat(page).as("nothing is loaded").doesNotContainPattern("<(link|img|iframe)[^>]+(href|src)=\"(?!data:)")
        .doesNotContain("<script src", "<script defer");
  }

  /** What stands in the elements of that name, as a browser finds their ends. */
  private static List<String> inside(String element, String page) {
    return Pattern.compile("<" + element + "[^>]*>(.*?)</" + element, Pattern.DOTALL | Pattern.CASE_INSENSITIVE).matcher(page).results()
        .map(found -> found.group(1)).toList();
  }

  private static String digest(String text) throws Exception {
    return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}
