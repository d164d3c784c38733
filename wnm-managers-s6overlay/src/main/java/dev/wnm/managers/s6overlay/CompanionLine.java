package dev.wnm.managers.s6overlay;

import dev.wnm.spi.manager.CompanionView;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A line of {@code wnm-companions status}: see {@code view} of the image. Words that are not known are left out. */
final class CompanionLine {
  private static final int FIXED = 3;
  private static final int HEALTH_WORDS = 5;

  private CompanionLine() {}

  /** @throws IllegalArgumentException when it is no such line */
  static CompanionView parse(String line) {
    List<String> words = List.of(line.split("\t", -1));
    if (words.size() < FIXED) {
      throw new IllegalArgumentException("not a line of wnm-companions status: " + line);
    }
    Map<String, String> values = new HashMap<>();
    words.subList(FIXED, words.size()).forEach(word -> {
      int equals = word.indexOf('=');
      if (equals > 0) {
        values.put(word.substring(0, equals), word.substring(equals + 1));
      }
    });
    CompanionView.Builder view = CompanionView.builder(words.get(0), state(words.get(1)));
    long pid = Long.parseLong(words.get(2));
    if (pid > 0) {
      view.pid(pid);
    }
    find(values, "since").ifPresent(seconds -> view.since(Instant.ofEpochSecond(Long.parseLong(seconds))));
    find(values, "ready").ifPresent(ready -> view.ready(ready.equals("yes")));
    find(values, "restarts").ifPresent(count -> view.restarts(Integer.parseInt(count)));
    find(values, "why").ifPresent(view::why);
    find(values, "lacks").ifPresent(view::lacks);
    find(values, "words").ifPresent(view::lastWords);
    find(values, "health").ifPresent(health -> health(view, health));
    view.limits(clauses(values, "limits")).rights(clauses(values, "rights"));
    find(values, "facts").ifPresent(facts -> {
      view.facts(NodeView.facts(facts));
      connections(facts).ifPresent(view::connections);
    });
    return view.build();
  }

  private static Optional<String> find(Map<String, String> values, String key) {
    return Optional.ofNullable(values.get(key));
  }

  private static List<String> clauses(Map<String, String> values, String key) {
    return find(values, key).map(text -> Arrays.stream(text.split("; ")).filter(clause -> !clause.isBlank()).toList()).orElse(List.of());
  }

  /** That of a newer image may be one that this wnm does not know. */
  private static CompanionView.State state(String word) {
    String name = word.toUpperCase(Locale.ROOT).replace('-', '_');
    return Arrays.stream(CompanionView.State.values()).filter(state -> state.name().equals(name)).findFirst()
        .orElse(CompanionView.State.UNKNOWN);
  }

  /** STATE SINCE FAILURES RESTARTS WORDS. */
  private static void health(CompanionView.Builder view, String text) {
    String[] words = text.split(" ", HEALTH_WORDS);
    Optional<Instant> since = words.length > 1 && words[1].matches("\\d{1,12}") ? Optional.of(Instant.ofEpochSecond(Long.parseLong(words[1])))
        : Optional.empty();
    view.health(words[0], since, words.length == HEALTH_WORDS ? words[HEALTH_WORDS - 1] : "");
  }

  private static Optional<Integer> connections(String facts) {
    return Arrays.stream(facts.split(" ")).filter(word -> word.matches("tcp=\\d{1,9}")).map(word -> Integer.valueOf(word.substring(4)))
        .findFirst();
  }
}
