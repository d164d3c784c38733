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
class KeyboardTest {
  @TempDir
  private static Path home;
  private static ServedColony served;
  private Browser browser;

  @BeforeAll
  static void aColony() throws Exception {
    served = new ServedColony(home).grown();
  }

  @AfterAll
  static void nothingIsServedAnyMore() {
    served.close();
  }

  @BeforeEach
  void thePage(Browser shared) {
    browser = shared;
    browser.open(served.page());
    browser.awaitText("#verdict", "All is well");
  }

  private String focused() {
    return String.valueOf(browser.run("const a = document.activeElement; return a.id || a.textContent"));
  }

  @Test
  void eachViewIsTwoKeysAway() {
    for (String[] view : new String[][] {{"t", "time"}, {"l", "nodes"}, {"d", "decisions"}, {"e", "earnings"}, {"n", "now"}}) {
      browser.type("g", view[0]);
      eventually("g " + view[0] + " goes to " + view[1], () -> browser.place().equals("#" + view[1]));
      assertThat(browser.run("return document.querySelector('[aria-current=page]').dataset.view")).isEqualTo(view[1]);
    }
  }

  @Test
  void aKeyIsForTheViewThatTheAddressNamesHoweverFastItIsTyped() {
    assertThat(browser.run("""
        for (const key of 'glj') document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
        return location.hash + ' ' + document.getElementById('row-at')?.children[1].textContent;""")).isEqualTo("#nodes antnode0001.service");
  }

  @Test
  void aNodeIsFoundOpenedOrderedAndLeftWithoutAMouse() {
    browser.type("/");
    assertThat(focused()).isEqualTo("search");
    browser.type("antnode", Keys.ENTER);
    eventually("the table has the focus", () -> focused().equals("grid"));
    browser.type("j", "k", "j");
    assertThat(browser.run("return document.getElementById('row-at').children[1].textContent")).isEqualTo("antnode0002.service");
    browser.type(Keys.ENTER);
    browser.awaitText("#life", "What was done to it");
    assertThat(browser.text("#life h2")).isEqualTo("antnode0002.service");
    browser.type(Keys.ESCAPE);
    eventually("it is closed, and the focus is back", () -> browser.all("#life[hidden]").size() == 1 && focused().equals("grid"));
    browser.type(".");
    assertThat(focused()).as("the node is chosen and the first order waits").isEqualTo("start");
    browser.type(Keys.ENTER);
    assertThat(browser.text("dialog h2")).isEqualTo("Token");
    browser.type(Keys.ESCAPE);
    eventually("the dialog is closed", () -> browser.all("dialog").isEmpty());
  }

  @Test
  void theCellsAreWalkedWithArrowsAlsoWhenTheyAreDrawnAnewInBetween() throws Exception {
    browser.run("document.getElementById('strip').focus(); document.getElementById('strip').dataset.old = 'yes'");
    browser.type(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
    assertThat(browser.run("return document.getElementById('strip').getAttribute('aria-label')")).asString().startsWith("antnode0002");
    served.cycle();
    eventually("the view is drawn anew", () -> Boolean.TRUE.equals(browser.run("return document.getElementById('strip').dataset.old !== 'yes'")));
    assertThat(browser.run("return document.getElementById('strip').getAttribute('aria-label')")).asString().startsWith("antnode0002");
    browser.type(Keys.ENTER);
    browser.awaitText("#life h2", "antnode0002");
  }

  @Test
  void theTimeLineIsWalkedReadAndZoomedWithoutAMouse() throws Exception {
    served.stored(List.of("INSERT INTO operation (kind, node_id, service, plan, opened_at, closed_at, outcome, reason) "
        + "VALUES ('RESTART', 2, 'antnode0002.service', '{}', 1800000300, 1800000310, 'DONE', 'it hung')"));
    String range = "#time?from=1799999400&until=1800001800";
    browser.open(served.page() + range);
    browser.awaitText("section[aria-label='What was decided and done']", "it hung");
    String count = browser.text("section[aria-label='What was decided and done'] [role=status]");
    for (int i = 0; i < 40 && !focused().equals("charts"); i++) {
      browser.type(Keys.TAB);
    }
    assertThat(focused()).as("it is reached by Tab").isEqualTo("charts");
    assertThat(browser.run("return document.activeElement.getAttribute('aria-label')")).asString()
        .contains("arrow keys go from mark to mark", "Enter lists its reasons", "plus and minus zoom", "Escape");
    browser.type(Keys.ARROW_RIGHT);
    String first = browser.text("#tip");
    assertThat(first).contains("add 2 nodes", "antnode0001.service: done");
    browser.type(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
    assertThat(browser.text("#tip")).contains("antnode0002.service: done, it hung").doesNotContain("add 2 nodes");
    assertThat(browser.run("return document.getElementById('said').textContent")).asString().startsWith("mark 2 of 2: ").contains("it hung");
    browser.type(Keys.ENTER);
    assertThat(browser.text("section[aria-label='What was decided and done'] [role=status]")).startsWith("1 of 4, around ");
    assertThat(browser.text("section[aria-label='What was decided and done'] table")).contains("it hung").doesNotContain("add 2 nodes");
    browser.type(Keys.ARROW_LEFT);
    assertThat(browser.text("#tip")).isEqualTo(first);
    browser.type("+");
    eventually("half the time is shown", () -> span() == 1_200);
    eventually("the mark and the focus are still there", () -> focused().equals("charts") && browser.text("#tip").equals(first));
    browser.type("-", "-");
    eventually("twice the time is shown", () -> span() == 4_800);
    browser.type(Keys.ESCAPE);
    eventually("it is as it was", () -> browser.place().equals(range) && browser.text("section[aria-label='What was decided and done'] [role=status]").equals(count));
    browser.type(Keys.TAB);
    eventually("nothing is told any more", () -> Boolean.TRUE.equals(browser.run("return document.getElementById('tip').hidden")));
  }

  @Test
  void escapeInTheTimeLineGoesBackToTheRangeThatWasChosenAndNoFurther() {
    browser.open(served.page() + "#time?last=604800");
    browser.one("#charts .u-over");
    browser.run("document.getElementById('charts').focus()");
    browser.type(Keys.ESCAPE);
    assertThat(browser.place()).isEqualTo("#time?last=604800");
    browser.type("+");
    eventually("half a week is shown", () -> browser.place().contains("from=") && span() == 302_400);
    browser.type(Keys.ESCAPE);
    eventually("the week is back", () -> browser.place().equals("#time?last=604800"));
  }

  private long span() {
    return Long.parseLong(browser.place().replaceAll(".*until=(\\d+).*", "$1")) - Long.parseLong(browser.place().replaceAll(".*from=(\\d+).*", "$1"));
  }

  @Test
  void whatIsNewDoesNotTakeTheFocusAway() throws Exception {
    browser.run("document.getElementById('strip').focus(); document.getElementById('strip').dataset.old = 'yes'");
    browser.type(Keys.ARROW_RIGHT);
    served.cycle();
    eventually("the view is drawn anew", () -> Boolean.TRUE.equals(browser.run("return document.getElementById('strip').dataset.old !== 'yes'")));
    assertThat(focused()).isEqualTo("strip");
  }

  @Test
  void questionMarkShowsTheKeysAndEscapeHidesThem() {
    browser.type("?");
    assertThat(browser.text("dialog")).contains("search", "next and previous node", "zoom in the time line");
    browser.type(Keys.ESCAPE);
    eventually("it is closed", () -> browser.all("dialog").isEmpty());
  }

  @Test
  void whereverTabLeadsTheFocusCanBeSeen() {
    for (String view : new String[] {"#now", "#time", "#nodes", "#decisions", "#earnings"}) {
      browser.open(served.page() + view);
      browser.awaitText("#verdict", "All is well");
      for (int i = 0; i < 40; i++) {
        browser.type(Keys.TAB);
        assertThat(browser.run("""
            const a = document.activeElement;
            if (a === document.body || a === document.documentElement) return '';
            const style = getComputedStyle(a), box = a.getBoundingClientRect();
            return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 && box.width > 0 && box.height > 0 ? '' : a.outerHTML.slice(0, 150);"""))
            .as("after " + i + " in " + view).isEqualTo("");
      }
    }
  }
}
