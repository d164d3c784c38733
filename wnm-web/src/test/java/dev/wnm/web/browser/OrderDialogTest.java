package dev.wnm.web.browser;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.web.ServedColony;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

@ExtendWith(BrowserExtension.class)
class OrderDialogTest {
  private static final int NODES = 11;

  @TempDir
  private Path home;
  private ServedColony served;
  private Browser browser;

  @BeforeEach
  void theTableOfElevenNodes(Browser shared) throws Exception {
    browser = shared;
    served = new ServedColony(home, NODES).grown();
    browser.open(served.page() + "#nodes");
    browser.awaitText("#found", "11 of 11 nodes");
  }

  @AfterEach
  void nothingIsServedAnyMore() {
    served.close();
  }

  private void giveToken() {
    assertThat(browser.text("dialog h2")).isEqualTo("Token");
    browser.type(served.token(), Keys.ENTER);
  }

  private void select(String filter) {
    browser.type("/", filter, Keys.ENTER);
    eventually("all that match can be selected", () -> Boolean.TRUE.equals(browser.run("""
        const button = document.querySelector('#actions button');
        if (button.textContent === 'Select all ' + document.getElementById('found').textContent.split(' ')[0]) button.click();
        return document.getElementById('found').textContent.endsWith('selected');""")));
  }

  private String state(int id) {
    return served.json("nodes/" + id).getAsJsonObject().getAsJsonObject("node").get("status").getAsString();
  }

  @Test
  void aStopAsksForTheTokenTellsWhatItDoesAndStreamsItsResultIn() {
    select("id=1");
    browser.press("#actions", "stop");
    giveToken();
    browser.awaitText("dialog h2", "Stop 1 node?");
    assertThat(browser.text("dialog")).contains("Keys and data stay", "antnode0001.service", "wnm --force_action stop --service_name antnode0001.service")
        .doesNotContain("Type the number");
    browser.press("dialog", "Stop 1 node");
    browser.awaitText("#news", "done");
    assertThat(browser.text("#news")).contains("antnode0001");
    eventually("the page shows it by itself", () -> String.valueOf(browser.run("return document.querySelector('#grid .line').textContent")).contains("STOPPED"));
    assertThat(state(1)).isEqualTo("STOPPED");
  }

  @Test
  void moreThanTenNodesAreConfirmedByTheirNumber() {
    browser.run("sessionStorage.setItem('wnm-token', arguments[0])", served.token());
    select("status=RUNNING");
    browser.press("#actions", "disable");
    browser.awaitText("dialog", "Type the number of nodes");
    assertThat(browser.one("dialog button.main").isEnabled()).isFalse();
    browser.type("10", Keys.ENTER);
    assertThat(browser.one("dialog button.main").isEnabled()).isFalse();
    browser.type(Keys.BACK_SPACE, "1");
    assertThat(browser.one("dialog button.main").isEnabled()).isTrue();
    browser.type(Keys.ESCAPE);
    eventually("it is closed", () -> browser.all("dialog").isEmpty());
    assertThat(served.json("orders").getAsJsonArray()).as("nothing was ordered").isEmpty();
  }

  @Test
  void anyRemovalIsConfirmedByItsNumberAndSaysThatItIsForGood() {
    browser.run("sessionStorage.setItem('wnm-token', arguments[0])", served.token());
    select("id=2");
    browser.press("#actions", "remove");
    browser.awaitText("dialog", "deleted for good");
    assertThat(browser.one("dialog button.main").isEnabled()).isFalse();
    browser.type("1", Keys.ENTER);
    browser.awaitText("#news", "done");
    browser.awaitText("#found", "of 10 nodes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"add …", "start"})
  void whatGoesBeyondTheLimitsSaysSoAndDoesSo(String action) throws Exception {
    browser.run("sessionStorage.setItem('wnm-token', arguments[0]); wnm.order('orders', { action: 'stop', nodes: ['1'], confirm: 1 })", served.token());
    browser.awaitText("#grid", "STOPPED");
    served.stored(List.of("UPDATE machine SET node_cap = 5"));
    browser.open(served.page() + "#nodes");
    select("id=1");
    browser.press("#actions", action);
    assertThat(browser.text("dialog")).contains("whatever node_cap and the thresholds say", "While the machine is above a threshold, wnm stops or removes nodes again")
        .doesNotContain("still hold", "max_concurrent_starts");
    browser.press("dialog", action.equals("start") ? "Start 1 node" : "Add 1 node");
    browser.awaitText("#news", action.equals("start") ? "started antnode0001" : "added antnode0012");
  }

  @Test
  void aRefusalIsSaidAndStays() {
    browser.run("sessionStorage.setItem('wnm-token', 'no such token, but long enough for one')");
    select("id=1");
    browser.press("#actions", "stop");
    browser.press("dialog", "Stop 1 node");
    browser.awaitText("#news", "this token is not in the token file");
    browser.click("#news button");
    eventually("it goes when it was read", () -> browser.all("#news .item").isEmpty());
    assertThat(state(1)).isEqualTo("RUNNING");
  }

  @Test
  void theTokenIsNeitherInTheAddressNorInThePageNorLeftBehind() {
    browser.click("#token");
    giveToken();
    eventually("it is kept", () -> served.token().equals(browser.run("return sessionStorage.getItem('wnm-token')")));
    assertThat(browser.address()).doesNotContain(served.token());
    assertThat(browser.run("return document.documentElement.outerHTML + [...document.querySelectorAll('input')].map(each => each.value)")).asString()
        .doesNotContain(served.token());
    assertThat(browser.run("return JSON.stringify(localStorage) + document.cookie")).asString().doesNotContain(served.token());
    assertThat(browser.requests()).noneMatch(address -> address.contains(served.token()));
    browser.newTab(served.page());
    assertThat(browser.run("return sessionStorage.getItem('wnm-token')")).as("in another tab").isNull();
    browser.closeTab();
  }
}
