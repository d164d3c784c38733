package dev.wnm.web.browser;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.wnm.core.colony.Colony;
import dev.wnm.web.ServedColony;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** What a person does with the page beside orders, by hand: thresholds are tried out, a log is followed, nodes are framed and copied. */
@ExtendWith(BrowserExtension.class)
class PageUseTest {
  private static final int NODES = 4;
  private static final double CELL_PIXELS = 13;
  private static final String WHY_NOT = "section[aria-label='Why not?']";
  private static final String LOG = "#life pre.log";

  @TempDir
  private static Path home;
  private static ServedColony served;
  private Browser browser;

  @BeforeAll
  static void aColony() throws Exception {
    served = new ServedColony(home, NODES).grown();
  }

  @AfterAll
  static void nothingIsServedAnyMore() {
    served.close();
  }

  @BeforeEach
  void aBrowser(Browser shared) {
    browser = shared;
  }

  @Test
  void aThresholdIsTriedOnWhatWasRecordedAndThenStored() {
    browser.open(served.page() + "#decisions");
    browser.awaitText("#whatif", "Nodes in the end " + NODES + " " + NODES);
    assertThat(browser.text("#whatif")).doesNotContain("Store these settings");

    browser.one("input[aria-label=node_cap]").sendKeys(Keys.HOME, Keys.ARROW_RIGHT);
    browser.awaitText("#whatif", "Nodes in the end " + NODES + " 2");
    assertThat(browser.text("#whatif")).contains("wnm --what_if history --since 7d --set node_cap=2");
    browser.press("#whatif", "Store these settings");
    browser.awaitText("dialog h2", "Token");
    browser.type(served.token(), Keys.ENTER);

    browser.awaitText("#news", "wnm --node_cap=2: done");
    served.served("settings", list -> list.getAsJsonArray().asList().stream().map(JsonElement::getAsJsonObject)
        .anyMatch(setting -> setting.get("name").getAsString().equals("node_cap") && setting.get("value").getAsString().equals("2")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"start", "upgrade"})
  void whyNothingIsDoneIsToldWithTheConditionsThatAreNotMetFirst(String action) {
    browser.open(served.page() + "#decisions");
    browser.press(WHY_NOT, "Why not " + action + "?");
    JsonObject told = served.json("why-not/" + action).getAsJsonObject();
    List<JsonObject> conditions = told.getAsJsonArray("conditions").asList().stream().map(JsonElement::getAsJsonObject).toList();
    JsonObject unmet = conditions.stream().filter(condition -> condition.get("state").getAsString().equals("unmet")).findFirst().orElseThrow();

    browser.awaitText(WHY_NOT, told.get("sentence").getAsString());
    assertThat(browser.all(WHY_NOT + " tbody tr")).hasSameSizeAs(conditions);
    assertThat(browser.text(WHY_NOT + " tbody tr")).contains("✗ no", unmet.get("what").getAsString());
    assertThat(browser.text(WHY_NOT + " [aria-pressed=true]")).isEqualTo("Why not " + action + "?");
    assertThat(browser.place()).isEqualTo("#decisions?why=" + action);
  }

  @Test
  void aLogIsFollowedAndShowsTheLinesOfALevel() throws Exception {
    Path log = logOfTheFirst();
    Files.writeString(log, "INFO it begins\nWARN it is slow\nERROR it is lost\n");
    browser.open(served.page() + "#nodes?life=1");
    browser.awaitText(LOG, "INFO it begins\nWARN it is slow\nERROR it is lost");

    level("ERROR");
    assertThat(browser.text(LOG)).isEqualTo("ERROR it is lost");
    level("WARN");
    assertThat(browser.text(LOG)).isEqualTo("WARN it is slow\nERROR it is lost");

    browser.click("#life input[type=checkbox]");
    Files.writeString(log, "INFO it goes on\nWARN it is slow again\n", StandardOpenOption.APPEND);
    browser.awaitText(LOG, "ERROR it is lost\nWARN it is slow again");
    level("all");
    assertThat(browser.text(LOG)).endsWith("INFO it goes on\nWARN it is slow again");
  }

  private static Path logOfTheFirst() throws IOException {
    try (Colony colony = served.openToRead()) {
      return Files.createDirectories(colony.nodes().get(0).logDir().orElseThrow()).resolve("antnode.log");
    }
  }

  private void level(String level) {
    browser.all("select[aria-label=Level] option").stream().filter(option -> option.getText().equals(level)).findFirst().orElseThrow().click();
  }

  @Test
  void aSavedFilterLeavesItsNodesAndShowsThatItIsChosen() {
    browser.open(served.page() + "#nodes");
    browser.awaitText("#found", "4 of 4 nodes");
    assertThat(browser.text("#saved [aria-pressed=true]")).isEqualTo("All");

    browser.press("#saved", "Not running");
    browser.awaitText("#found", "0 of 4 nodes");
    assertThat(browser.text("#saved [aria-pressed=true]")).isEqualTo("Not running");
    assertThat(browser.run("return document.getElementById('search').value")).isEqualTo("status!=RUNNING");
    browser.press("#saved", "All");
    browser.awaitText("#found", "4 of 4 nodes");
  }

  @Test
  void aFrameDrawnOverCellsSelectsTheirNodesInTheTableAlsoWhenTheCellsAreDrawnAnewMeanwhile() {
    browser.open(served.page() + "#now");
    browser.one("#strip");
    browser.run("document.addEventListener('pointerdown', () => wnm.refresh(), { once: true })");
    double cell = CELL_PIXELS / ((Number) browser.run("return document.getElementById('strip').clientWidth")).doubleValue();
    browser.drag("#strip", 0.1 * cell, 1.5 * cell);

    browser.awaitText("#found", "4 of 4 nodes, 2 selected");
    assertThat(browser.run("return [...document.querySelectorAll('#grid input:checked')].map(each => each.getAttribute('aria-label')).join()"))
        .isEqualTo("Select antnode0001.service,Select antnode0002.service");
  }

  @Test
  void whatIsShownIsCopiedAsCsvForASpreadsheet() {
    browser.open(served.page() + "#nodes");
    browser.type("/", "id>2");
    browser.awaitText("#found", "2 of 4 nodes");
    browser.press("#actions", "Copy as CSV");
    browser.awaitText("#news", "Copied.");

    browser.run("const sheet = document.createElement('textarea'); sheet.id = 'sheet'; document.body.append(sheet); sheet.focus()");
    browser.typeTogether(Keys.CONTROL, "v");
    List<String> lines = eventually("it is pasted",
        () -> Optional.of(String.valueOf(browser.run("return document.getElementById('sheet').value")).lines().toList()).filter(pasted -> !pasted.isEmpty()));
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).startsWith("service,status,age,version,group,port,");
    assertThat(lines.get(1)).startsWith("antnode0003.service,RUNNING,").contains(",0.4.17,");
    assertThat(lines.get(2)).startsWith("antnode0004.service,RUNNING,");
  }
}
