package dev.wnm.fleet.site;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.fleet.model.HostName;
import dev.wnm.fleet.model.HostStateJson;
import dev.wnm.fleet.model.WantedProgram;
import dev.wnm.fleet.rollout.Gate;
import dev.wnm.fleet.rollout.RollOut;
import dev.wnm.fleet.transport.FleetException;
import dev.wnm.fleet.transport.Received;
import dev.wnm.fleet.transport.ScriptedDesk;
import dev.wnm.fleet.view.HostBook;
import dev.wnm.web.browser.Browser;
import dev.wnm.web.browser.BrowserExtension;
import dev.wnm.web.browser.PageRules;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

@ExtendWith(BrowserExtension.class)
class FleetPageInBrowserTest {
  private static final int HOSTS = 40;
  @TempDir
  private Path folder;
  private final Map<HostName, ScriptedDesk> desks = new TreeMap<>();
  private volatile boolean isAway;
  private HostBook book;
  private FleetSite site;
  private Browser browser;

  @BeforeEach
  void aFleetWithARollOut(Browser shared) throws Exception {
    browser = shared;
    for (int i = 1; i <= HOSTS; i++) {
      desks.put(new HostName("host-" + i), new ScriptedDesk("host-" + i).running(i));
    }
    book = new HostBook(desks.keySet());
    hearAllButTheLast();
    List<HostName> hosts = List.copyOf(desks.keySet());
    RollOut rollOut = new RollOut("r1", new RollOut.Order(new WantedProgram("0.4.17", "ab".repeat(32)), new Gate("running>=97%"), Duration.ofMinutes(30),
        Duration.ofDays(1), 50), List.of(hosts.subList(0, 1), hosts.subList(1, 9), hosts.subList(9, HOSTS)), 1, RollOut.Stage.SOAKING, Instant.now(),
        RollOut.State.RUNNING, "", "anna", Map.of(hosts.get(0), 3), Map.of());
    site = FleetSite.open(() -> {
      if (isAway) {
        throw new FleetException("the fleet's server does not answer");
      }
      return new Sight(Instant.now(), book.rows(Instant.now()), Optional.of(rollOut));
    }, Clock.systemUTC(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), folder.resolve("tokens"), Duration.ofMillis(200));
    open();
  }

  private void hearAllButTheLast() {
    List<HostName> hosts = new ArrayList<>(desks.keySet());
    hosts.remove(new HostName("host-" + HOSTS));
    hosts.forEach(host -> book.hear(new Received(host, HostStateJson.write(desks.get(host).state()), Instant.now())));
  }

  private void open() {
    browser.open(page());
    browser.awaitText("#verdict", HOSTS + " hosts: ");
  }

  private String page() {
    return "http://127.0.0.1:" + site.address().getPort() + "/";
  }

  @AfterEach
  void end() {
    site.close();
  }

  @Test
  void itComplainsNotAndAsksNobodyElseWhateverHostsSay() {
    browser.run("document.querySelector('[data-host=host-1]').click()");
    browser.awaitText("#one", "<b>ä</b>");
    assertThat(browser.text("#one")).contains("a1 with 17 nodes; at most 200 in each; blocks: any");

    assertThat(browser.all("#one b")).as("what a host says stays text").isEmpty();
    PageRules.complainsNotAndAsksNobodyElse(browser, page());
  }

  @Test
  void itFitsATelephone() {
    PageRules.onATelephone(browser);
    open();
    browser.run("document.querySelector('[data-host=host-1]').click()");
    browser.awaitText("#one", "node_cap 20");

    PageRules.fitsATelephone(browser);
  }

  @Test
  void itCanBeReadInLightAndDark() {
    PageRules.canBeRead(browser, this::open);
  }

  @Test
  void aHostIsFoundOpenedAndSortedByKeys() {
    browser.type("/", "host-1");
    eventually("those are left that have it", () -> browser.text("#found").equals("11 of 40 hosts"));
    browser.type(Keys.TAB);
    browser.run("document.activeElement.blur()");
    browser.type("j", "j");
    assertThat(browser.run("return document.activeElement.dataset.host")).isEqualTo("host-10");
    browser.type(Keys.ENTER);
    browser.awaitText("#one h2", "host-10");
    assertThat(browser.run("return document.activeElement.dataset.host")).as("who is there stays there").isEqualTo("host-10");

    browser.press("#hosts thead", "Nodes");
    browser.press("#hosts thead", "Nodes \u2191");
    assertThat(browser.run("return document.querySelector('#hosts tbody tr').dataset.host")).isEqualTo("host-19");
    assertThat(browser.run("return document.querySelector('[aria-sort]').getAttribute('aria-sort')")).isEqualTo("descending");
  }

  @Test
  void aConditionLeavesItsHostsAsWhereDoesAndNewOnesComeByThemselves() {
    browser.type("/", "running>38 and site=home");
    eventually("it leaves one, and says that one was never heard", () -> browser.text("#found").equals("1 of 40 hosts; of 1 that is not known"));
    assertThat(shown()).isEqualTo(List.of("host-39"));
    assertThat(browser.text("#verdict")).as("it is of all hosts").startsWith("40 hosts: ");

    desks.get(new HostName("host-7")).running(77);
    hearAllButTheLast();
    eventually("one more is so now", () -> shown().equals(List.of("host-7", "host-39")));
  }

  @Test
  void aConditionThatIsNoneIsSaidBesideTheFieldAndLeavesTheHosts() {
    browser.type("/", "dead>many");
    browser.awaitText("#wrong", "dead must be a whole number");
    assertThat(browser.run("return document.getElementById('search').getAttribute('aria-invalid')")).isEqualTo("true");
    assertThat(shown()).hasSize(HOSTS);

    browser.typeTogether(Keys.CONTROL, "a");
    browser.type("host-39");
    eventually("a text is looked for again", () -> shown().equals(List.of("host-39")));
    assertThat(browser.all("#wrong").get(0).getText()).isEmpty();
  }

  private List<?> shown() {
    return (List<?>) browser.run("return [...document.querySelectorAll('#hosts tbody tr')].map(row => row.dataset.host)");
  }

  @Test
  void whatIsNewIsShownByItselfAndTheFocusStays() {
    browser.run("document.querySelector('[data-host=host-7]').focus()");
    desks.get(new HostName("host-7")).running(77);
    hearAllButTheLast();

    eventually("the table has it", () -> String.valueOf(browser.run("return document.querySelector('[data-host=host-7]').textContent")).contains("77"));
    assertThat(browser.run("return document.activeElement.dataset.host")).isEqualTo("host-7");
  }

  @Test
  void whileTheFleetCannotBeReachedWhatWasSeenStaysAndItsAgeIsSaid() {
    isAway = true;

    browser.awaitText("#age.old", "the fleet's server does not answer; looked at ");
    assertThat(browser.all("#hosts tbody tr")).hasSize(HOSTS);
  }

  @Test
  void theLaneShowsWhichWaveEachHostIsIn() {
    assertThat(browser.text("#rollout")).contains("Wave 1, 1 host", "Wave 2, 8 hosts", "Wave 3, 31 hosts", "running>=97%");
    assertThat(browser.run("return [...document.querySelectorAll('.lane > div:nth-child(3) li')].every(each => each.textContent.startsWith('planned'))")).isEqualTo(true);
  }

  @Test
  void whoHasScrolledTheLaneStaysThereWhenItIsDrawnAnew() {
    PageRules.onATelephone(browser);
    open();
    browser.run("const lane = document.querySelector('.lane'); lane.dataset.old = 'yes'; lane.scrollLeft = 150; lane.querySelectorAll('ul')[2].scrollTop = 40");

    eventually("it is drawn anew", () -> Boolean.TRUE.equals(browser.run("return document.querySelector('.lane').dataset.old !== 'yes'")));
    assertThat(browser.run("const lane = document.querySelector('.lane'); return lane.scrollLeft + ' ' + lane.querySelectorAll('ul')[2].scrollTop")).isEqualTo("150 40");
  }
}
