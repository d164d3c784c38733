package dev.wnm.web.browser;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.web.ServedColony;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

@ExtendWith(BrowserExtension.class)
class TableInBrowserTest {
  @TempDir
  private static Path home;
  private static ServedColony served;
  private Browser browser;

  @BeforeAll
  static void aColonyWithADeadNode() throws Exception {
    served = new ServedColony(home, 4).grown();
  }

  @AfterAll
  static void nothingIsServedAnyMore() {
    served.close();
  }

  @BeforeEach
  void theTable(Browser shared) {
    browser = shared;
    browser.open(served.page() + "#nodes");
    browser.awaitText("#found", "4 of 4 nodes");
  }

  private List<?> names() {
    return (List<?>) browser.run("return [...document.querySelectorAll('#grid .line')].map(line => line.children[1].textContent.replace('.service', ''))");
  }

  @Test
  void aTextOrAConditionLeavesTheRowsThatMatchAndIsInTheAddress() {
    browser.type("/", "0003");
    eventually("one row is left", () -> names().equals(List.of("antnode0003")));
    assertThat(browser.text("#found")).isEqualTo("1 of 4 nodes");
    browser.typeTogether(Keys.CONTROL, "a");
    browser.type("id>1 and status=RUNNING");
    eventually("three rows are left", () -> names().equals(List.of("antnode0002", "antnode0003", "antnode0004")));
    assertThat(browser.place()).isEqualTo("#nodes?filter=id%3E1+and+status%3DRUNNING");
    browser.open(browser.address());
    browser.awaitText("#found", "3 of 4 nodes");
  }

  @Test
  void aConditionThatCannotBeReadIsSaidAndLeavesTheRows() {
    browser.type("/", "colour=red");
    browser.awaitText("#found", "there is no 'colour'");
    assertThat(names()).hasSize(4);
  }

  @Test
  void aColumnSortsUpAndThenDownAndSaysSo() {
    browser.press("#grid .head", "Port");
    browser.press("#grid .head", "Port ▴");
    assertThat(names()).first().isEqualTo("antnode0004");
    assertThat(browser.run("return document.querySelector('[aria-sort]').textContent + document.querySelector('[aria-sort]').getAttribute('aria-sort')"))
        .isEqualTo("Port ▾descending");
  }

  @Test
  void whatIsNewLeavesFilterSelectionAndFocusAlone() throws Exception {
    browser.type("/", "000", Keys.ENTER, "j", "x");
    browser.awaitText("#found", "1 selected");
    Object before = browser.run("return document.querySelector('#grid .line .cell:nth-child(2)').parentElement.dataset.old = 'yes'");
    assertThat(before).isEqualTo("yes");
    served.cycle();
    eventually("the rows are drawn anew", () -> Boolean.TRUE.equals(browser.run("return document.querySelector('#grid .line').dataset.old !== 'yes'")));
    assertThat(browser.run("return document.activeElement.id")).isEqualTo("grid");
    assertThat(browser.text("#found")).isEqualTo("4 of 4 nodes, 1 selected");
    assertThat(browser.run("return document.querySelector('#row-at').textContent")).asString().contains("antnode0002");
  }
}
