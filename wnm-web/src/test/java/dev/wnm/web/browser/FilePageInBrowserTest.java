package dev.wnm.web.browser;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.web.ServedColony;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --report html}, opened from the disk while no wnm runs. */
@ExtendWith(BrowserExtension.class)
class FilePageInBrowserTest {
  @TempDir
  private static Path home;
  private static Path file;
  private Browser browser;

  @BeforeAll
  static void aReport() throws Exception {
    try (ServedColony served = new ServedColony(home).grown()) {
      file = Files.writeString(home.resolve("report.html"), served.inOneFile());
    }
  }

  @BeforeEach
  void aBrowser(Browser shared) {
    browser = shared;
  }

  private void view(String place) {
    browser.open(file.toUri() + place);
    browser.awaitText("#verdict", "All is well");
    eventually("all of " + place + " is there", () -> !browser.text("main").contains("Asking"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"#now", "#time", "#nodes", "#nodes?life=1", "#decisions", "#earnings"})
  void eachViewShowsWhatWasAndAsksNobody(String place) {
    view(place);
    assertThat(browser.console()).isEmpty();
    assertThat(browser.requests()).allMatch(address -> address.startsWith("file:") || address.startsWith("about:") || address.startsWith("data:"));
    assertThat(browser.text("#age")).startsWith("as of ");
    assertThat(browser.all("main p.bad")).isEmpty();
  }

  @Test
  void theTimeLineAndTheLifeOfANodeTellItsOperations() {
    view("#nodes?life=1");
    browser.awaitText("#life", "add done");
    view("#time");
    browser.one("#charts .u-over");
    browser.awaitText("section[aria-label='What was decided and done']", "antnode0001.service: done");
  }

  @Test
  void nothingCanBeOrderedFromIt() {
    view("#nodes");
    browser.press("#actions", "add …");
    browser.awaitText("#news", "nothing can be ordered from here");
  }
}
