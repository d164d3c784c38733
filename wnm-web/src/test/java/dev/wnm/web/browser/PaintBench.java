package dev.wnm.web.browser;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How long the page takes in a browser to show all nodes for the first time, and to filter them; {@code docs/bench.md} says how to call it.
 *
 * <p>Arguments: the address of the page, rounds (7 when left out).
 */
public final class PaintBench {
  /** When the cells of the view have been painted: two frames after they are there. */
  private static final String PAINTED = """
      const done = arguments[arguments.length - 1];
      const look = () => {
        const there = document.querySelector(location.hash === '#nodes' ? '#grid .line' : '#strip');
        if (there) requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())));
        else setTimeout(look, 2);
      };
      look();""";
  private static final String FILTERED = """
      const done = arguments[arguments.length - 1];
      const search = document.getElementById('search');
      search.value = arguments[0];
      const begin = performance.now();
      search.dispatchEvent(new Event('input'));
      const ran = performance.now() - begin;
      requestAnimationFrame(() => setTimeout(() => done([ran, performance.now() - begin]), 0));""";

  private PaintBench() {}

  public static void main(String[] words) throws IOException {
    int rounds = words.length > 1 ? Integer.parseInt(words[1]) : 7;
    try (Browser browser = new Browser()) {
      for (String view : List.of("#now", "#nodes")) {
        List<Double> took = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
          browser.open(words[0] + view);
          took.add(number(browser.runAndWait(PAINTED)));
        }
        say("first paint of " + view, took);
      }
      for (String filter : List.of("0", "antnode00", "peers>5 and status=RUNNING", "status!=RUNNING", "")) {
        List<Double> ran = new ArrayList<>();
        List<Double> painted = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
          List<?> both = (List<?>) browser.runAndWait(FILTERED, filter);
          ran.add(number(both.get(0)));
          painted.add(number(both.get(1)));
          browser.runAndWait(FILTERED, "zzz");
        }
        say("filter '" + filter + "', its script", ran);
        say("filter '" + filter + "', painted", painted);
      }
    }
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  private static void say(String what, List<Double> took) {
    took.sort(null);
    System.out.println(String.format(Locale.ROOT, "%-45s best %5.0f ms, median %5.0f ms, worst %5.0f ms", what, took.get(0), took.get(took.size() / 2),
        took.get(took.size() - 1)));
  }
}
