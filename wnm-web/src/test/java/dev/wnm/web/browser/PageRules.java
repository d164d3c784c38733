package dev.wnm.web.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

/** What holds for every page of wnm's, in whatever view it is. */
public final class PageRules {
  private static final int TELEPHONE_WIDTH = 360;
  private static final int TELEPHONE_HEIGHT = 740;

  private PageRules() {}

  /** Nothing was written to the console, and nobody asked but the page's own server, since the browser was last as usual. */
  public static void complainsNotAndAsksNobodyElse(Browser browser, String page) {
    assertThat(browser.console()).isEmpty();
    assertThat(browser.requests()).isNotEmpty().allMatch(address -> address.startsWith(page) || address.startsWith("about:"));
  }

  /** Makes the screen as small as a telephone's. */
  public static void onATelephone(Browser browser) {
    browser.screen(TELEPHONE_WIDTH, TELEPHONE_HEIGHT);
  }

  /** Nothing is wider than the screen of a telephone, but for what scrolls in itself. */
  public static void fitsATelephone(Browser browser) {
    assertThat(browser.run("return document.documentElement.scrollWidth")).isEqualTo((long) TELEPHONE_WIDTH);
    assertThat((List<?>) browser.run("""
        const inside = element => element && (getComputedStyle(element).overflowX !== 'visible' || inside(element.parentElement));
        return [...document.querySelectorAll('main *, header *, #life *')].filter(each => each.getClientRects().length
            && each.getBoundingClientRect().right > arguments[0] + 1
            && !inside(each.parentElement) && !each.closest('.hidden, .skip')).map(each => each.outerHTML.slice(0, 120));""", TELEPHONE_WIDTH)).isEmpty();
  }

  /** In light and dark, texts stand out from what is behind them by 4.5 to 1. @param view brings the page there */
  public static void canBeRead(Browser browser, Runnable view) {
    for (String scheme : List.of("light", "dark")) {
      browser.media(Map.of("prefers-color-scheme", scheme));
      view.run();
      assertThat((List<?>) browser.run("""
          const light = colour => { const [r, g, b] = colour.match(/[\\d.]+/g).map(v => v / 255).map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b; };
          const probe = document.createElement('i'); document.body.append(probe);
          const named = name => { probe.style.color = 'var(--' + name + ')'; return light(getComputedStyle(probe).color); };
          return ['text', 'faint', 'good', 'busy', 'bad', 'accent'].filter(name => { const [a, b] = [named(name), named('card')].sort((x, y) => y - x); return (a + .05) / (b + .05) < 4.5; });"""))
          .as(scheme).isEmpty();
    }
  }
}
