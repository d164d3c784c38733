package dev.wnm.testkit.antnode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The pages of the stand-in's metrics server, filled in without running it. Immutable, safe for many threads. */
public final class AntnodePages {
  private static final Pattern SECTION = Pattern.compile("(?m)^== (\\w+)\\n");
  private static final Pattern BLANK = Pattern.compile("@(\\w+)(?::([^@]*))?@");

  private final Map<String, String> sections = new HashMap<>();

  private AntnodePages(String script) {
    Matcher section = SECTION.matcher(script);
    String name = "";
    int from = 0;
    while (section.find()) {
      sections.put(name, script.substring(from, section.start()));
      name = section.group(1);
      from = section.end();
    }
    sections.put(name, script.substring(from));
  }

  /** The sample answers at the end of the stand-in's script. */
  public static AntnodePages load() {
    try {
      return new AntnodePages(StandInAntnode.script());
    } catch (IOException e) {
      throw new UncheckedIOException("the stand-in antnode cannot be read from its jar", e);
    }
  }

  /**
   * A page as the stand-in serves it.
   *
   * @param path {@code /metadata}, {@code /metrics} or {@code /metrics_extended}
   * @param values what to say by name, such as {@code version}, {@code peer_id}, {@code uptime}: the names between {@code @}
   *     and {@code :} in the script's sample; the others have the values given there
   * @return empty for any other path
   */
  public Optional<String> page(String path, Map<String, String> values) {
    return switch (path) {
      case "/metadata" -> Optional.of(fill("metadata", values) + "# EOF\n");
      case "/metrics" -> Optional.of(fill("metrics", values) + "# EOF\n");
      case "/metrics_extended" -> Optional.of(fill("metrics", values) + fill("extended", values) + "# EOF\n");
      default -> Optional.empty();
    };
  }

  private String fill(String section, Map<String, String> values) {
    return BLANK.matcher(sections.get(section)).replaceAll(blank -> Matcher.quoteReplacement(
        values.getOrDefault(blank.group(1), blank.group(2) == null ? "" : blank.group(2))));
  }
}
