package dev.wnm.web.browser;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.wnm.web.ServedColony;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All texts that the page gets are hostile here, which wnm itself would not let through: the page does not rely on that. */
@ExtendWith(BrowserExtension.class)
class HostilePageTest {
  private static final String HOSTILE = "<img src=x onerror=window.ran=1>\"><script>window.ran=1</script>'); window.ran=1; (' \u202egpj.exe {{7*7}} ${7*7} "
      + "javascript:window.ran=1 " + "x".repeat(10_000);
  /** What the page goes by rather than shows. */
  private static final Set<String> KEPT = Set.of("status", "verdict", "state", "type", "target", "version", "kind", "rewards", "name");

  @TempDir
  private static Path home;
  private static Path file;
  private Browser browser;

  @BeforeAll
  static void aReportOfHostileTexts() throws Exception {
    try (ServedColony served = new ServedColony(home).grown()) {
      String page = served.inOneFile();
      String data = page.substring(page.indexOf("window.WNM_DATA=") + "window.WNM_DATA=".length(), page.indexOf(";\n", page.indexOf("window.WNM_DATA=")));
      file = Files.writeString(home.resolve("report.html"), ServedColony.inOneFile(poisoned("", JsonParser.parseString(data)).toString()));
    }
  }

  @AfterAll
  static void theFileIsGone() throws IOException {
    Files.delete(file);
  }

  @BeforeEach
  void aBrowser(Browser shared) {
    browser = shared;
  }

  private static JsonElement poisoned(String name, JsonElement clean) {
    if (clean instanceof JsonObject object) {
      JsonObject all = new JsonObject();
      object.entrySet().forEach(entry -> all.add(entry.getKey(), poisoned(entry.getKey(), entry.getValue())));
      return all;
    } else if (clean instanceof JsonArray array) {
      JsonArray all = new JsonArray();
      array.forEach(each -> all.add(poisoned(name, each)));
      return all;
    }
    return clean instanceof JsonPrimitive text && text.isString() && !KEPT.contains(name) || name.equals("last_error") ? new JsonPrimitive(HOSTILE) : clean;
  }

  @ParameterizedTest
  @ValueSource(strings = {"#now", "#time", "#nodes", "#nodes?life=1", "#decisions", "#earnings"})
  void theyStayTextAndRunNothing(String place) {
    browser.screen(360, 740);
    browser.open(file.toUri() + place);
    browser.awaitText("#verdict", "<img src=x onerror=window.ran=1>");
    eventually("the view is there", () -> !browser.text("main").contains("Asking"));
    assertThat(browser.run("return window.ran === undefined && document.querySelectorAll('img, iframe, main script, a[href^=javascript]').length")).isEqualTo(0L);
    assertThat(browser.run("return document.documentElement.scrollWidth")).as("width").isEqualTo(360L);
    assertThat(browser.console()).isEmpty();
  }
}
