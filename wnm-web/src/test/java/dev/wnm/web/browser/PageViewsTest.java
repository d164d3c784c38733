package dev.wnm.web.browser;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.wnm.web.ServedColony;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(BrowserExtension.class)
class PageViewsTest {
  private static final List<String> VIEWS = List.of("#now", "#time", "#nodes", "#nodes?life=1", "#decisions", "#earnings");

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
  void aBrowser(Browser shared) {
    browser = shared;
  }

  private void view(String place) {
    browser.open(served.page() + place);
    browser.awaitText("#verdict", "All is well");
    eventually("all of " + place + " is there", () -> !browser.text("main").contains("Asking") && !browser.text("main").contains("Replaying"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"#now", "#time", "#nodes", "#nodes?life=1", "#decisions", "#earnings"})
  void noViewComplainsOrAsksAnybodyElse(String place) {
    view(place);
    PageRules.complainsNotAndAsksNobodyElse(browser, served.page());
  }

  @ParameterizedTest
  @ValueSource(strings = {"#now", "#time", "#nodes", "#nodes?life=1", "#decisions", "#earnings"})
  void onATelephoneNothingIsWiderThanTheScreen(String place) {
    PageRules.onATelephone(browser);
    view(place);
    PageRules.fitsATelephone(browser);
  }

  @Test
  void onATelephoneVerdictBarsAndProblemsComeBeforeTheCells() {
    PageRules.onATelephone(browser);
    view("#now");
    List<?> tops = (List<?>) browser.run("""
        return ['#verdict', 'section[aria-label=Resources]', 'section[aria-label=Problems]', '#strip'].map(each => document.querySelector(each).getBoundingClientRect().top);""");
    List<Double> places = new ArrayList<>();
    tops.forEach(top -> places.add(((Number) top).doubleValue()));
    assertThat(places).isSorted();
  }

  @Test
  void helpersOfTheBlindFindWhatIsThere() {
    view("#now");
    assertThat(rolesAndNames()).anyMatch(each -> each.startsWith("status")).anyMatch(each -> each.startsWith("meter CPU"))
        .anyMatch(each -> each.startsWith("image 2 nodes: 2 running")).contains("navigation Views", "link Now", "region Problems");
    view("#nodes");
    assertThat(rolesAndNames()).contains("grid Nodes", "columnheader Status", "checkbox Select antnode0001.service", "gridcell RUNNING")
        .anyMatch(each -> each.startsWith("row"));
    browser.type("?");
    assertThat(rolesAndNames()).contains("dialog Keys");
  }

  private List<String> rolesAndNames() {
    return browser.accessible().stream().map(node -> value(node, "role") + " " + value(node, "name")).toList();
  }

  private static String value(JsonObject node, String name) {
    return node.has(name) && node.getAsJsonObject(name).has("value") ? node.getAsJsonObject(name).get("value").getAsString() : "";
  }

  @Test
  void itIsLightOrDarkAsTheSystemIsUntilSomebodySaysOtherwise() {
    view("#now");
    String light = background();
    browser.media(Map.of("prefers-color-scheme", "dark"));
    String dark = background();
    assertThat(brightness(dark)).isLessThan(80).isLessThan(brightness(light));
    browser.click("#theme");
    assertThat(background()).isEqualTo(light);
    view("#nodes");
    assertThat(background()).as("it is remembered").isEqualTo(light);
    browser.run("localStorage.clear()");
  }

  private String background() {
    return String.valueOf(browser.run("return getComputedStyle(document.body).backgroundColor"));
  }

  private static int brightness(String colour) {
    return Integer.parseInt(colour.replaceAll("\\D+", " ").strip().split(" ")[0]);
  }

  @Test
  void whereTheTextIsItCanBeToldFromWhatIsBehindIt() {
    PageRules.canBeRead(browser, () -> view("#now"));
  }

  @Test
  void whoAsksForLessMotionGetsNone() {
    browser.media(Map.of("prefers-reduced-motion", "reduce"));
    view("#now");
    assertThat(browser.run("return [...document.querySelectorAll('*')].filter(each => parseFloat(getComputedStyle(each).transitionDuration) > 0 || getComputedStyle(each).animationName !== 'none').length"))
        .isEqualTo(0L);
  }

  @Test
  void goingToAndFroDoesNotUseUpTheConnections() {
    for (int i = 0; i < 12; i++) {
      view(VIEWS.get(i % VIEWS.size()));
    }
  }
}
