package dev.wnm.web.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Takes pictures of the page that {@code dev.wnm.cli.bench.PageBench} serves ({@code docs/bench.md} says how): all views, light and dark, wide
 * and as narrow as a telephone.
 *
 * <p>Arguments: the address of the page, a token of its token file, the folder for the pictures.
 */
public final class Screenshots {
  private static final int WIDE = 1440;
  private static final int WIDE_HEIGHT = 900;
  private static final int NARROW = 360;
  private static final int NARROW_HEIGHT = 740;

  private record View(String name, String place, String waitFor, String then) {}

  private static final List<View> VIEWS = List.of(
      new View("now", "#now", "section[aria-label=Resources]", ""),
      new View("time", "#time", "#charts .u-over", ""),
      new View("nodes", "#nodes", "#grid .line", ""),
      new View("life", "#nodes?life=4950", "#life svg[role=img]", ""),
      new View("decisions", "#decisions", "#whatif .u-over", ""),
      new View("earnings", "#earnings", "section.card table", ""),
      new View("order", "#nodes?filter=id%3E100%20and%20id%3C113", "#grid .line", """
          document.querySelector('#actions button').click();
          [...document.querySelectorAll('#actions button')].find(each => each.textContent.startsWith('stop')).click();"""));

  private Screenshots() {}

  public static void main(String[] words) throws IOException {
    String address = words[0];
    Path folder = Files.createDirectories(Path.of(words[2]));
    List<String> wanted = List.of(words).subList(3, words.length);
    try (Browser browser = new Browser()) {
      for (String theme : List.of("light", "dark")) {
        for (int width : List.of(WIDE, NARROW)) {
          browser.asUsual();
          browser.screen(width, width == WIDE ? WIDE_HEIGHT : NARROW_HEIGHT);
          browser.media(Map.of("prefers-color-scheme", theme));
          browser.open(address);
          browser.run("sessionStorage.setItem('wnm-token', arguments[0])", words[1]);
          for (View view : VIEWS) {
            if (wanted.isEmpty() || wanted.contains(view.name())) {
              browser.open(address + view.place());
              browser.one(view.waitFor());
              browser.run(view.then());
              browser.runAndWait("setTimeout(arguments[0], 400)");
              Files.write(folder.resolve(view.name() + "-" + (width == WIDE ? "wide" : "narrow") + "-" + theme + ".png"), browser.picture());
            }
          }
        }
      }
    }
  }
}
