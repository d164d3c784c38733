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

  /**
   * What a picture is taken of.
   *
   * @param name the first part of the picture's name
   * @param place what follows the address of the page
   * @param waitFor what is there once it can be taken, as a selector
   * @param then a script that is run before it is; may be empty
   */
  public record View(String name, String place, String waitFor, String then) {}

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
    List<String> wanted = List.of(words).subList(3, words.length);
    take(words[0], Map.of("wnm-token", words[1]), VIEWS.stream().filter(view -> wanted.isEmpty() || wanted.contains(view.name())).toList(), Path.of(words[2]));
  }

  /**
   * Takes pictures of a page of wnm's, light and dark, wide and narrow.
   *
   * @param kept what the page has kept for this tab
   * @param folder where they go; it is made where it is not there
   */
  public static void take(String address, Map<String, String> kept, List<View> views, Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Browser browser = new Browser()) {
      for (String theme : List.of("light", "dark")) {
        for (int width : List.of(WIDE, NARROW)) {
          browser.asUsual();
          browser.screen(width, width == WIDE ? WIDE_HEIGHT : NARROW_HEIGHT);
          browser.media(Map.of("prefers-color-scheme", theme));
          browser.open(address);
          kept.forEach((name, value) -> browser.run("sessionStorage.setItem(arguments[0], arguments[1])", name, value));
          for (View view : views) {
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
