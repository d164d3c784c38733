package dev.wnm.web;

import dev.wnm.web.http.Answer;
import dev.wnm.web.http.Handler;
import dev.wnm.web.http.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The files of the page, all from the jar: it works without the internet. */
final class Assets {
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";
  private static final String PAGE = "/dev/wnm/web/page/";
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/" + uplotVersion() + "/dist/";
  /** In the order in which they are loaded. */
  private static final Map<String, String> SCRIPTS = files("uplot.js", UPLOT + "uPlot.iife.min.js", "text.js", "query.js", "data.js", "dialog.js",
      "now.js", "time.js", "nodes.js", "life.js", "decisions.js", "earnings.js", "app.js");

  void addTo(Routes routes) {
    Answer index = Answer.of("text/html; charset=utf-8", bytes(PAGE + "index.html"));
    routes.get("/", request -> index);
    SCRIPTS.forEach((name, resource) -> routes.get("/assets/" + name, always(Answer.of(SCRIPT, bytes(resource)))));
    routes.get("/assets/uplot.css", always(Answer.of(STYLE, bytes(UPLOT + "uPlot.min.css"))));
    routes.get("/assets/page.css", always(Answer.of(STYLE, bytes(PAGE + "page.css"))));
    routes.get("/assets/icon.svg", always(Answer.of("image/svg+xml", bytes(PAGE + "icon.svg"))));
  }

  /** The page's own text. */
  static String index() {
    return new String(bytes(PAGE + "index.html"), StandardCharsets.UTF_8);
  }

  /** All scripts, in the order in which they are loaded. */
  static List<String> scripts() {
    return SCRIPTS.values().stream().map(resource -> new String(bytes(resource), StandardCharsets.UTF_8)).toList();
  }

  /** All style sheets, in the order in which they are loaded. */
  static List<String> styles() {
    return List.of(UPLOT + "uPlot.min.css", PAGE + "page.css").stream().map(resource -> new String(bytes(resource), StandardCharsets.UTF_8)).toList();
  }

  private static Handler always(Answer answer) {
    return request -> answer;
  }

  /** The first has a place of its own. */
  private static Map<String, String> files(String first, String resource, String... others) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(first, resource);
    for (String other : others) {
      files.put(other, PAGE + other);
    }
    return files;
  }

  private static byte[] bytes(String resource) {
    try (InputStream in = Assets.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("this build lacks " + resource);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String uplotVersion() {
    Properties build = new Properties();
    try (InputStream in = Assets.class.getResourceAsStream("/dev/wnm/web/build.properties")) {
      if (in == null) {
        throw new IllegalStateException("this build lacks its build.properties");
      }
      build.load(in);
      return build.getProperty("uplot");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
