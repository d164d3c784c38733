package dev.wnm.core.report.table;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import dev.wnm.core.query.Field;
import dev.wnm.core.query.FieldType;
import dev.wnm.spi.internal.Human;
import dev.wnm.spi.model.Version;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One column of a table, defined once: its name in {@code --columns}, {@code --sort} and {@code --filter}, its title, what a row has of
 * it, and how that is written for people, in CSV and in JSON. What is not known is {@code -}, nothing, or null there. Immutable; the methods that say
 * more give another one.
 *
 * @param <T> the row
 */
public final class Column<T> {
  /** For what is not known, and where there is nothing to say. */
  private static final String UNKNOWN = "-";
  private static final int USUAL_RANK = 50;

  private final String title;
  private final Field<T, ?> field;
  private final String jsonName;
  private final TextTable.Heading heading;
  private final String unknown;
  private final Function<T, Optional<String>> words;
  private final Function<T, Optional<String>> full;
  private final Function<T, Optional<String>> exact;
  private final Function<T, JsonElement> json;
  private final Function<T, Tone> tone;

  private Column(Field<T, ?> field, String jsonName, TextTable.Heading heading, String unknown, Function<T, Optional<String>> words,
      Function<T, Optional<String>> full, Function<T, Optional<String>> exact, Function<T, JsonElement> json, Function<T, Tone> tone) {
    this.title = heading.title();
    this.field = field;
    this.jsonName = jsonName;
    this.heading = heading;
    this.unknown = unknown;
    this.words = words;
    this.full = full;
    this.exact = exact;
    this.json = json;
    this.tone = tone;
  }

  private static <T, V> Column<T> of(String name, String title, boolean right, FieldType<V> type, Function<T, Optional<V>> value,
      Function<V, String> words, Function<V, String> exact, Function<V, JsonElement> json) {
    Function<T, Optional<String>> shown = row -> value.apply(row).map(words);
    return new Column<>(new Field<>(name, List.of(), type, value), name, new TextTable.Heading(title, right, USUAL_RANK, OptionalInt.empty()), UNKNOWN,
        shown, shown, row -> value.apply(row).map(exact),
        row -> value.apply(row).map(json).orElse(JsonNull.INSTANCE), row -> value.apply(row).isEmpty() ? Tone.FAINT : Tone.PLAIN);
  }

  /** Any text. That it is empty is known: there is nothing to say. */
  public static <T> Column<T> text(String name, String title, Function<T, Optional<String>> value) {
    return of(name, title, false, FieldType.text(), value, text -> text.isEmpty() ? UNKNOWN : text, text -> text, JsonPrimitive::new);
  }

  /** One of some words. */
  public static <T> Column<T> oneOf(String name, String title, List<String> all, Function<T, Optional<String>> value) {
    return of(name, title, false, FieldType.oneOf(all), value, word -> word, word -> word, JsonPrimitive::new);
  }

  /** A number that is a name, such as a port: it is never shortened. */
  public static <T> Column<T> number(String name, String title, Function<T, Optional<Long>> value) {
    return of(name, title, true, FieldType.whole(), value, String::valueOf, String::valueOf, JsonPrimitive::new);
  }

  /** How many of something: shortened in tables. */
  public static <T> Column<T> count(String name, String title, Function<T, Optional<Long>> value) {
    Column<T> column = of(name, title, true, FieldType.whole(), value, number -> Human.count(number), String::valueOf, JsonPrimitive::new);
    return column.inFullAs(row -> value.apply(row).map(String::valueOf));
  }

  /** A number that may have a fraction. */
  public static <T> Column<T> decimal(String name, String title, Function<T, Optional<BigDecimal>> value) {
    return of(name, title, true, FieldType.number(), value, number -> Human.decimal(number.doubleValue()), BigDecimal::toPlainString, JsonPrimitive::new);
  }

  /** Per cent. */
  public static <T> Column<T> percent(String name, String title, Function<T, Optional<BigDecimal>> value) {
    return of(name, title, true, FieldType.number(), value, number -> Human.percent(number.doubleValue()), BigDecimal::toPlainString, JsonPrimitive::new);
  }

  /** Bytes. */
  public static <T> Column<T> size(String name, String title, Function<T, Optional<Long>> value) {
    return of(name, title, true, FieldType.size(), value, bytes -> Human.bytes(bytes), String::valueOf, JsonPrimitive::new);
  }

  /** How long; whole seconds for programs. */
  public static <T> Column<T> duration(String name, String title, Function<T, Optional<Duration>> value) {
    return of(name, title, true, FieldType.duration(), value, Human::time, time -> String.valueOf(time.toSeconds()), time -> new JsonPrimitive(time.toSeconds()));
  }

  /** A time: for people how long ago that is, for programs in ISO 8601. @param now what a row's ages are reckoned from */
  public static <T> Column<T> time(String name, String title, Function<T, Optional<Instant>> value, Function<T, Instant> now) {
    Column<T> column = of(name, title, true, FieldType.time(), value, Human::at, Column::iso, time -> new JsonPrimitive(iso(time)));
    return column.shownAs(row -> value.apply(row).map(at -> Human.ago(at, now.apply(row))))
        .inFullAs(row -> value.apply(row).map(at -> Human.atAndAgo(at, now.apply(row))));
  }

  /** A version. */
  public static <T> Column<T> version(String name, String title, Function<T, Optional<Version>> value) {
    return of(name, title, false, FieldType.version(), value, Version::text, Version::text, version -> new JsonPrimitive(version.text()));
  }

  /** Yes or no. */
  public static <T> Column<T> yesNo(String name, String title, Function<T, Optional<Boolean>> value) {
    return of(name, title, false, FieldType.yesNo(), value, yes -> yes ? "yes" : "no", String::valueOf, JsonPrimitive::new);
  }

  private static String iso(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** The same with another name in JSON, by which it can be asked for, too. */
  public Column<T> inJson(String newName) {
    return aka(newName.equals(field.name()) ? List.of() : List.of(newName)).withJson(newName, json);
  }

  /** The same with another name in JSON, and another value there. */
  public Column<T> inJson(String newName, Function<T, JsonElement> value) {
    return inJson(newName).withJson(newName, value);
  }

  /** The same with further names by which it can be asked for. */
  public Column<T> aka(String... names) {
    return aka(List.of(names));
  }

  /** The same, left out of a narrow table later than those of a greater rank; 0 is never left out. Those of no rank have 50. */
  public Column<T> rank(int newRank) {
    return withHeading(new TextTable.Heading(title, heading.right(), newRank, heading.least()));
  }

  /** The same, whose cells may be cut to this many characters in a narrow table. */
  public Column<T> cutTo(int characters) {
    return withHeading(new TextTable.Heading(title, heading.right(), heading.rank(), OptionalInt.of(characters)));
  }

  /** The same under another title. */
  public Column<T> titled(String newTitle) {
    return withHeading(new TextTable.Heading(newTitle, heading.right(), heading.rank(), heading.least()));
  }

  /** The same with another word for what is not known. */
  public Column<T> whenUnknown(String word) {
    return new Column<>(field, jsonName, heading, word, words, full, exact, json, tone);
  }

  /** The same, written for people in another way; empty where it is not known. */
  public Column<T> shownAs(Function<T, Optional<String>> newWords) {
    return new Column<>(field, jsonName, heading, unknown, newWords, newWords, exact, json, tone);
  }

  /** The same, written in another way where there is room. */
  public Column<T> inFullAs(Function<T, Optional<String>> newWords) {
    return new Column<>(field, jsonName, heading, unknown, words, newWords, exact, json, tone);
  }

  /** The same in colours. */
  public Column<T> toned(Function<T, Tone> newTone) {
    return new Column<>(field, jsonName, heading, unknown, words, full, exact, json, newTone);
  }

  private Column<T> withJson(String newName, Function<T, JsonElement> value) {
    return new Column<>(field, newName, heading, unknown, words, full, exact, value, tone);
  }

  private Column<T> withHeading(TextTable.Heading newHeading) {
    return new Column<>(field, jsonName, newHeading, unknown, words, full, exact, json, tone);
  }

  private Column<T> aka(List<String> names) {
    return new Column<>(withAliases(field, names), jsonName, heading, unknown, words, full, exact, json, tone);
  }

  private static <T, V> Field<T, V> withAliases(Field<T, V> field, List<String> names) {
    return new Field<>(field.name(), Stream.concat(field.aliases().stream(), names.stream()).distinct().toList(), field.type(), field.value());
  }

  /** By which it is asked for. */
  public String name() {
    return field.name();
  }

  /** Over its cells. */
  public String title() {
    return title;
  }

  /** Its key in JSON. */
  public String jsonName() {
    return jsonName;
  }

  /** What can be asked of it. */
  public Field<T, ?> field() {
    return field;
  }

  /** For a table. */
  public String words(T row) {
    return words.apply(row).orElse(unknown);
  }

  /** For a line of its own. */
  public String inFull(T row) {
    return full.apply(row).orElse(unknown);
  }

  /** Whether a row has something of it. */
  public boolean isThere(T row) {
    return exact.apply(row).filter(text -> !text.isEmpty()).isPresent();
  }

  /** For programs; empty where it is not known. */
  String exact(T row) {
    return exact.apply(row).orElse("");
  }

  JsonElement json(T row) {
    return json.apply(row);
  }

  TextTable.Heading heading() {
    return heading;
  }

  TextTable.Cell cell(T row) {
    return new TextTable.Cell(words(row), tone.apply(row));
  }
}
