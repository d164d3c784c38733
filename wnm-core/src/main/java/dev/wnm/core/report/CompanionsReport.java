package dev.wnm.core.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.wnm.spi.internal.PlainText;
import dev.wnm.spi.manager.CompanionView;
import dev.wnm.spi.manager.GroupCompanions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The report {@code companions}: the services that run beside the nodes of groups. What is not known is {@code ?} or null. */
public final class CompanionsReport {
  private static final List<String> HEADER =
      List.of("Service", "State", "For", "Ready", "Restarts", "Health", "Memory", "CPU", "Files", "TCP", "Words");
  private static final String UNKNOWN = "?";
  /** Of something that a service does not have. */
  private static final String NONE = "-";
  private static final int MOST_WORDS = 100;

  private CompanionsReport() {}

  /** @param groups what each group has, in the order in which they are to be shown */
  public static String print(Map<String, GroupCompanions> groups, ReportFormat format, Instant now) {
    return format.isJson() ? json(groups, now) : text(groups, now);
  }

  private static String text(Map<String, GroupCompanions> groups, Instant now) {
    List<List<String>> rows = new ArrayList<>(List.of(HEADER));
    List<String> notes = new ArrayList<>();
    groups.forEach((group, companions) -> {
      if (companions instanceof GroupCompanions.Unknown unknown) {
        notes.add(group + ": not known: " + PlainText.of(unknown.reason()));
      } else if (companions instanceof GroupCompanions.Known known) {
        known.companions().forEach(companion -> rows.add(row(group, companion, now)));
        if (known.companions().isEmpty()) {
          notes.add(group + ": no services beside nodes");
        }
      }
    });
    if (groups.isEmpty()) {
      notes.add("there are no container groups yet");
    }
    List<String> lines = new ArrayList<>(rows.size() > 1 ? TextTable.lines(rows) : List.of());
    lines.addAll(notes);
    return String.join("\n", lines);
  }

  private static List<String> row(String group, CompanionView view, Instant now) {
    boolean runs = view.pid().isPresent();
    return List.of(group + "/" + PlainText.of(view.service()), word(view.state()),
        view.since().map(since -> age(Duration.between(since, now))).orElse(UNKNOWN),
        view.ready().map(ready -> ready ? "yes" : "no").orElse(NONE), text(view.restarts()),
        view.health().map(health -> PlainText.of(health.state())).orElse(NONE),
        runs ? memory(view.facts().memoryBytes()) : NONE,
        runs ? view.facts().cpu().map(cpu -> share(cpu, view.facts().up())).orElse(UNKNOWN) : NONE,
        runs ? text(view.facts().openFiles()) : NONE, runs ? text(view.connections()) : NONE, words(view));
  }

  /** Why it does not run or is ill, else what it said last. */
  private static String words(CompanionView view) {
    List<String> words = new ArrayList<>();
    view.why().ifPresent(words::add);
    view.lacks().filter(lacks -> !view.why().equals(Optional.of(lacks))).ifPresent(lacks -> words.add("lacks: " + lacks));
    view.health().filter(health -> !health.state().equals("well") && !health.words().isBlank())
        .ifPresent(health -> words.add("check: " + health.words()));
    view.lastWords().ifPresent(said -> words.add("said: " + said));
    String text = PlainText.of(words.isEmpty() ? NONE : String.join("; ", words));
    return text.length() > MOST_WORDS ? text.substring(0, MOST_WORDS) + "…" : text;
  }

  private static String json(Map<String, GroupCompanions> groups, Instant now) {
    JsonArray array = new JsonArray();
    groups.forEach((group, companions) -> {
      JsonObject entry = new JsonObject();
      entry.addProperty("group", group);
      entry.addProperty("known", companions instanceof GroupCompanions.Known);
      entry.add("why_not_known", Json.text(companions instanceof GroupCompanions.Unknown unknown
          ? Optional.of(unknown.reason()) : Optional.empty()));
      JsonElement services = JsonNull.INSTANCE;
      if (companions instanceof GroupCompanions.Known known) {
        JsonArray list = new JsonArray();
        known.companions().forEach(view -> list.add(json(view, now)));
        services = list;
      }
      entry.add("services", services);
      array.add(entry);
    });
    return Json.pretty(array);
  }

  private static JsonObject json(CompanionView view, Instant now) {
    JsonObject json = new JsonObject();
    json.addProperty("service", view.service());
    json.addProperty("state", word(view.state()));
    json.add("since", view.since().<JsonElement>map(time -> new JsonPrimitive(time.getEpochSecond())).orElse(JsonNull.INSTANCE));
    json.add("seconds", view.since().<JsonElement>map(time -> new JsonPrimitive(Math.max(0, Duration.between(time, now).toSeconds())))
        .orElse(JsonNull.INSTANCE));
    json.add("pid", Json.number(view.pid()));
    json.add("ready", view.ready().<JsonElement>map(JsonPrimitive::new).orElse(JsonNull.INSTANCE));
    json.add("restarts", number(view.restarts()));
    json.add("why", Json.text(view.why()));
    json.add("lacks", Json.text(view.lacks()));
    json.add("health", Json.text(view.health().map(CompanionView.Health::state)));
    json.add("health_since", view.health().flatMap(CompanionView.Health::since)
        .<JsonElement>map(time -> new JsonPrimitive(time.getEpochSecond())).orElse(JsonNull.INSTANCE));
    json.add("health_words", Json.text(view.health().map(CompanionView.Health::words)));
    json.add("limits", list(view.limits()));
    json.add("rights", list(view.rights()));
    json.add("last_words", Json.text(view.lastWords()));
    json.add("memory_bytes", Json.number(view.facts().memoryBytes()));
    json.add("cpu_ms", view.facts().cpu().<JsonElement>map(cpu -> new JsonPrimitive(cpu.toMillis())).orElse(JsonNull.INSTANCE));
    json.add("threads", number(view.facts().threads()));
    json.add("open_files", number(view.facts().openFiles()));
    json.add("connections", number(view.connections()));
    return json;
  }

  private static JsonArray list(List<String> texts) {
    JsonArray list = new JsonArray();
    texts.forEach(list::add);
    return list;
  }

  private static JsonElement number(OptionalInt value) {
    return value.isPresent() ? new JsonPrimitive(value.getAsInt()) : JsonNull.INSTANCE;
  }

  private static String text(OptionalInt value) {
    return value.isPresent() ? Integer.toString(value.getAsInt()) : UNKNOWN;
  }

  private static String word(CompanionView.State state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String memory(OptionalLong bytes) {
    if (bytes.isEmpty()) {
      return UNKNOWN;
    }
    double megabytes = bytes.getAsLong() / 1_000_000.0;
    return String.format(Locale.ROOT, megabytes < 10 ? "%.1f MB" : "%.0f MB", megabytes);
  }

  /** Of one processor, over its whole life. */
  private static String share(Duration cpu, Optional<Duration> up) {
    return up.filter(time -> !time.isZero()).map(time -> String.format(Locale.ROOT, "%.1f %%", 100.0 * cpu.toMillis() / time.toMillis()))
        .orElse(UNKNOWN);
  }

  /** Such as {@code 3 h 12 min}. */
  private static String age(Duration time) {
    long seconds = Math.max(0, time.toSeconds());
    Duration whole = Duration.ofSeconds(seconds);
    if (whole.toDays() > 0) {
      return parts(whole.toDays(), "d", whole.toHoursPart(), "h");
    }
    return whole.toHours() > 0 ? parts(whole.toHours(), "h", whole.toMinutesPart(), "min")
        : whole.toMinutes() > 0 ? parts(whole.toMinutes(), "min", whole.toSecondsPart(), "s") : seconds + " s";
  }

  private static String parts(long large, String largeUnit, int small, String smallUnit) {
    return List.of(large + " " + largeUnit, small + " " + smallUnit).stream().limit(small == 0 ? 1 : 2).collect(Collectors.joining(" "));
  }
}
