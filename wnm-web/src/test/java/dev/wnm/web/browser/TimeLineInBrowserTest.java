package dev.wnm.web.browser;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.web.ServedColony;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(BrowserExtension.class)
class TimeLineInBrowserTest {
  /** When the colony of the tests began. */
  private static final long BEGIN = 1_800_000_000L;
  private static final String MARKS = """
      const chart = document.querySelector('#charts .chart canvas');
      if (!chart) return 0;
      const pixels = chart.getContext('2d').getImageData(0, 0, chart.width, chart.height).data;
      const probe = document.createElement('i'); document.body.append(probe); probe.style.color = 'var(--text)';
      const [r, g, b] = getComputedStyle(probe).color.match(/\\d+/g).map(Number); probe.remove();
      let count = 0;
      for (let i = 0; i < pixels.length; i += 4) if (pixels[i] === r && pixels[i + 1] === g && pixels[i + 2] === b) count++;
      return count;""";

  @TempDir
  private static Path home;
  private static ServedColony served;
  private Browser browser;

  @BeforeAll
  static void aColonyOneOfWhoseNodesDied() throws Exception {
    served = new ServedColony(home).grown();
    served.advance(Duration.ofMinutes(10));
    served.machine.kill(1);
    served.cycle();
  }

  @AfterAll
  static void nothingIsServedAnyMore() {
    served.close();
  }

  @BeforeEach
  void theTimeLine(Browser shared) {
    browser = shared;
    browser.open(served.page() + "#time?from=" + (BEGIN - 600) + "&until=" + (BEGIN + 1_800));
    browser.one("#charts .u-over");
  }

  private long marks() {
    return (Long) browser.run(MARKS);
  }

  @Test
  void drawingAFrameBringsItsRangeIntoTheAddressAndKeepsTheMarks() {
    eventually("decisions are marked", () -> marks() > 0);
    browser.drag("#charts .u-over", 0.1, 0.6);
    eventually("the range is in the address", () -> !browser.place().contains("from=" + (BEGIN - 600)));
    long from = Long.parseLong(browser.place().replaceAll(".*from=(\\d+).*", "$1"));
    long until = Long.parseLong(browser.place().replaceAll(".*until=(\\d+).*", "$1"));
    assertThat(from).isBetween(BEGIN - 450, BEGIN - 270);
    assertThat(until).isBetween(BEGIN + 750, BEGIN + 930);
    eventually("decisions are still marked", () -> marks() > 0);
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void theLogTellsEachOperationWithItsReasonAndAClickLeavesThoseOfThatMoment() {
    browser.awaitText("section[aria-label='What was decided and done']", "antnode0001.service: done");
    String count = browser.text("section[aria-label='What was decided and done'] [role=status]");
    browser.run("""
        const over = document.querySelector('#charts .u-over'), box = over.getBoundingClientRect();
        const first = [...document.querySelectorAll('main table time')].pop().textContent;
        window.markAt = box.left + box.width * (600 + (new Date(first.replace(' ', 'T')).getTime() / 1000 - 1800000000)) / 2400;
        window.markY = box.top + 20;""");
    browser.clickAt(((Number) browser.run("return markAt")).intValue(), ((Number) browser.run("return markY")).intValue());
    eventually("some are left", () -> browser.text("section[aria-label='What was decided and done'] [role=status]").contains(" of "));
    browser.press("section[aria-label='What was decided and done']", "Show all");
    assertThat(browser.text("section[aria-label='What was decided and done'] [role=status]")).isEqualTo(count);
  }
}
