package dev.wnm.web.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.web.ServedColony;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The time line of a colony with more of everything than an answer holds, and with all thresholds. */
@ExtendWith(BrowserExtension.class)
class FullTimeLineTest {
  private static final long BEGIN = 1_800_000_000L;
  private static final String RANGE = "#time?from=" + (BEGIN - 600) + "&until=" + (BEGIN + 1_800);
  private static final String LOG = "section[aria-label='What was decided and done']";
  private static final String MANY = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) SELECT %s FROM n";

  @TempDir
  private Path home;
  private ServedColony served;
  private Browser browser;

  @BeforeEach
  void aColony(Browser shared) throws Exception {
    browser = shared;
    served = new ServedColony(home).grown();
  }

  @AfterEach
  void nothingIsServedAnyMore() {
    served.close();
  }

  private void storeOperations(int operations, int incidents) throws Exception {
    served.stored(List.of(
        "INSERT INTO operation (kind, node_id, service, plan, opened_at, closed_at, outcome) "
            + MANY.formatted(operations, "'START', 1, 'antnode0001.service', '{}', 1800000060 + i % 60, 1800000120, 'DONE'"),
        "INSERT INTO incident (node_id, service, kind, seen_at, cause) " + MANY.formatted(incidents, "1, 'antnode0001.service', 'DIED', 1800000060, ''")));
  }

  @Test
  void whereAListIsFullTheServedPageAndTheFileSayThatOnlyTheNewestAreShown() throws Exception {
    storeOperations(5_001, 700);
    for (String page : List.of(served.page() + RANGE, Files.writeString(home.resolve("report.html"), served.inOneFile()).toUri() + RANGE)) {
      browser.open(page);
      browser.awaitText(LOG + " [role=status]", "Of operations only the newest 5000 are shown, back to ");
      assertThat(browser.text(LOG + " [role=status]")).contains("The newest 300 are listed.").doesNotContain("in all", "Of incidents", "Of decisions");
    }
    assertThat(browser.runAndWait("Promise.all(['operations', 'incidents'].map(wnm.ask)).then(all => arguments[0](all.map(each => each.length)))"))
        .as("in the file").isEqualTo(List.of(5_000L, 700L));
  }

  @Test
  void whereNoListIsFullTheirNumberIsTold() throws Exception {
    storeOperations(1_200, 600);
    browser.open(served.page() + RANGE);
    browser.awaitText(LOG + " [role=status]", "The newest 300 of 18");
  }

  private List<?> charts() {
    browser.open(served.page() + RANGE);
    browser.awaitText("#charts", "Network in");
    browser.awaitText(LOG, "antnode0001.service: done");
    return (List<?>) browser.run("return [...document.querySelectorAll('#charts h3')].map(each => each.textContent)");
  }

  @Test
  void eachResourceIsDrawnForWhichAThresholdIsSet() throws Exception {
    served.stored(List.of("UPDATE machine SET hdio_read_less_than = 0, hdio_read_remove = 0, netio_write_less_than = 0, netio_write_remove = 0"));
    assertThat(charts()).asList().isEqualTo(List.of("Nodes by state", "CPU", "Memory", "Disk", "Load over 1 minute", "Load over 5 minutes", "Load over 15 minutes",
        "Disk writing", "Network in"));
    served.stored(List.of("UPDATE machine SET hdio_read_less_than = 1000000, hdio_read_remove = 2000000, netio_write_less_than = 3000000, netio_write_remove = 4000000"));
    assertThat(charts()).asList().contains("Disk reading", "Network out").hasSize(11);
    assertThat(browser.run("return document.querySelectorAll('#charts canvas').length")).isEqualTo(11L);
  }
}
