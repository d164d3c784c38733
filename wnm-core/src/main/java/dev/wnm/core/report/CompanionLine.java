package dev.wnm.core.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import dev.wnm.core.report.table.Column;
import dev.wnm.core.report.table.Columns;
import dev.wnm.core.report.table.Tone;
import dev.wnm.spi.internal.PlainText;
import dev.wnm.spi.manager.CompanionView;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A row of the report {@code companions}: a service beside the nodes of a group.
 *
 * @param group the group
 * @param view how the service is doing
 * @param now what ages are reckoned from
 */
public record CompanionLine(String group, CompanionView view, Instant now) {
  private static final String UNKNOWN = "?";
  /** Of something that a service does not have. */
  private static final String NONE = "-";
  private static final int MOST_WORDS = 100;
  private static final int PERCENT = 100;

  /** All that there is to tell, in the order of JSON. */
  public static final Columns<CompanionLine> ALL = new Columns<>(List.of(
      Column.text("service", "Service", (CompanionLine line) -> Optional.of(line.group + "/" + line.view.service()))
          .inJson("service", line -> new JsonPrimitive(line.view.service())).aka("name").rank(0).cutTo(8),
      Column.oneOf("state", "State", Stream.of(CompanionView.State.values()).map(CompanionLine::word).toList(),
          (CompanionLine line) -> Optional.of(line.view.state()).filter(state -> state != CompanionView.State.UNKNOWN).map(CompanionLine::word))
          .whenUnknown("unknown").inJson("state", line -> new JsonPrimitive(word(line.view.state()))).aka("status").rank(0).toned(CompanionLine::tone),
      Column.time("since", "Since", (CompanionLine line) -> line.view.since(), CompanionLine::now).whenUnknown(UNKNOWN)
          .inJson("since", epoch(line -> line.view.since())),
      Column.<CompanionLine>duration("for", "For", line -> line.view.since().map(since -> notNegative(Duration.between(since, line.now)))).whenUnknown(UNKNOWN)
          .inJson("seconds").rank(10),
      Column.number("pid", "PID", (CompanionLine line) -> number(line.view.pid())),
      Column.yesNo("ready", "Ready", (CompanionLine line) -> line.view.ready()).rank(20),
      Column.count("restarts", "Restarts", (CompanionLine line) -> number(line.view.restarts())).whenUnknown(UNKNOWN).rank(30),
      text("why", "Why", line -> line.view.why()),
      text("lacks", "Lacks", line -> line.view.lacks()),
      text("health", "Health", line -> line.view.health().map(CompanionView.Health::state)).rank(25),
      Column.time("health_since", "Health since", (CompanionLine line) -> line.view.health().flatMap(CompanionView.Health::since), CompanionLine::now)
          .inJson("health_since", epoch(line -> line.view.health().flatMap(CompanionView.Health::since))),
      text("health_words", "Health words", line -> line.view.health().map(CompanionView.Health::words)),
      list("limits", "Limits", line -> line.view.limits()),
      list("rights", "Rights", line -> line.view.rights()),
      text("last_words", "Last words", line -> line.view.lastWords()).cutTo(20),
      ofProcess(Column.<CompanionLine>size("memory", "Memory", line -> number(line.view.facts().memoryBytes())).inJson("memory_bytes").rank(40)),
      ofProcess(Column.<CompanionLine>percent("cpu", "CPU", CompanionLine::share).inJson("cpu_percent").rank(45)),
      Column.<CompanionLine>duration("cpu_time", "CPU time", line -> line.view.facts().cpu())
          .inJson("cpu_ms", line -> line.view.facts().cpu().<JsonElement>map(cpu -> new JsonPrimitive(cpu.toMillis())).orElse(JsonNull.INSTANCE)),
      ofProcess(Column.count("threads", "Threads", (CompanionLine line) -> number(line.view.facts().threads()))),
      ofProcess(Column.<CompanionLine>count("open_files", "Open files", line -> number(line.view.facts().openFiles())).rank(60)),
      ofProcess(Column.<CompanionLine>count("connections", "TCP", line -> number(line.view.connections())).aka("tcp").rank(65)),
      Column.<CompanionLine>text("words", "Words", line -> Optional.of(line.words())).cutTo(20).rank(70),
      Column.<CompanionLine>text("group", "Group", line -> Optional.of(line.group)).aka("container")));

  /** Why it does not run or is ill, else what it said last. */
  private String words() {
    List<String> words = new ArrayList<>();
    view.why().ifPresent(words::add);
    view.lacks().filter(lacks -> !view.why().equals(Optional.of(lacks))).ifPresent(lacks -> words.add("lacks: " + lacks));
    view.health().filter(health -> !health.state().equals("well") && !health.words().isBlank())
        .ifPresent(health -> words.add("check: " + health.words()));
    view.lastWords().ifPresent(said -> words.add("said: " + said));
    String text = PlainText.of(words.isEmpty() ? NONE : String.join("; ", words));
    return text.length() > MOST_WORDS ? text.substring(0, MOST_WORDS) + "…" : text;
  }

  /** What is empty where there is none: no reason, no check. */
  private static Column<CompanionLine> text(String name, String title, Function<CompanionLine, Optional<String>> value) {
    return Column.<CompanionLine>text(name, title, line -> Optional.of(value.apply(line).orElse(""))).inJson(name, line -> Json.text(value.apply(line)));
  }

  private static Column<CompanionLine> list(String name, String title, Function<CompanionLine, List<String>> value) {
    return Column.<CompanionLine>text(name, title, line -> Optional.of(String.join(", ", value.apply(line)))).inJson(name, line -> {
      JsonArray array = new JsonArray();
      value.apply(line).forEach(array::add);
      return array;
    });
  }

  /** What a service does not have whose process does not run. */
  private static Column<CompanionLine> ofProcess(Column<CompanionLine> column) {
    return column.shownAs(line -> column.isThere(line) && line.isRunning() ? Optional.of(column.words(line))
        : Optional.of(line.isRunning() ? UNKNOWN : NONE));
  }

  private boolean isRunning() {
    return view.pid().isPresent();
  }

  /** Of one processor, over its whole life. */
  private static Optional<BigDecimal> share(CompanionLine line) {
    return line.view.facts().up().filter(up -> !up.isZero()).flatMap(up -> line.view.facts().cpu()
        .map(cpu -> BigDecimal.valueOf((double) PERCENT * cpu.toMillis() / up.toMillis()).setScale(2, RoundingMode.HALF_UP)));
  }

  private static Function<CompanionLine, JsonElement> epoch(Function<CompanionLine, Optional<Instant>> time) {
    return line -> time.apply(line).<JsonElement>map(at -> new JsonPrimitive(at.getEpochSecond())).orElse(JsonNull.INSTANCE);
  }

  private static Duration notNegative(Duration time) {
    return time.isNegative() ? Duration.ZERO : time;
  }

  private static Optional<Long> number(OptionalLong value) {
    return value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty();
  }

  private static Optional<Long> number(OptionalInt value) {
    return value.isPresent() ? Optional.of((long) value.getAsInt()) : Optional.empty();
  }

  private static String word(CompanionView.State state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Tone tone(CompanionLine line) {
    return switch (line.view.state()) {
      case UP -> Tone.GOOD;
      case LACKING, WAITING -> Tone.BUSY;
      case GIVEN_UP -> Tone.BAD;
      case DOWN, ENDED, NOT_STARTED -> Tone.PLAIN;
      case UNKNOWN -> Tone.FAINT;
    };
  }
}
