package dev.wnm.web.browser;

import static dev.wnm.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wnm.web.ServedColony;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(BrowserExtension.class)
class LiveStreamTest {
  @TempDir
  private Path home;
  private ServedColony served;
  private Browser browser;

  @BeforeEach
  void thePageOfAColony(Browser shared) throws Exception {
    browser = shared;
    served = new ServedColony(home).grown();
    browser.open(served.page());
    browser.awaitText("#verdict", "All is well");
  }

  @AfterEach
  void nothingIsServedAnyMore() {
    served.close();
  }

  private Object snapshot() {
    return browser.run("return wnm.data.status.time");
  }

  @Test
  void whatACycleFoundIsShownByItself() throws Exception {
    Object before = snapshot();
    served.machine.kill(1);
    served.cycle();
    eventually("there is something new", () -> !before.equals(snapshot()));
  }

  @Test
  void whenWnmIsGoneItSaysSoAndWhenItIsBackItGoesOn() throws Exception {
    served.serveNoMore();
    browser.awaitText("#age.old", "wnm does not answer; what is shown is of ");
    assertThat(browser.text("#verdict")).as("what was known is still there").contains("All is well");
    Object before = snapshot();
    served.serveAgain();
    served.cycle();
    eventually("there is something new", () -> !before.equals(snapshot()));
    eventually("it does not say so any more", () -> !browser.text("#age").contains("does not answer"));
    Object back = snapshot();
    served.cycle();
    eventually("events come again", () -> !back.equals(snapshot()));
  }
}
