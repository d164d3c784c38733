package dev.wnm.core.query;

import dev.wnm.spi.model.Version;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What kind of value a field has: how such a value is written in a query, and which of two comes first.
 *
 * @param <V> what its values are
 */
public final class FieldType<V> {
  /** For programs that read the language themselves, as the page does. */
  public enum Kind {
    TEXT,
    WORDS,
    WHOLE,
    NUMBER,
    SIZE,
    DURATION,
    TIME,
    VERSION,
    YES_NO
  }

  private final Kind kind;
  private final List<String> words;
  private final String allowed;
  private final boolean ordered;
  private final boolean worded;
  private final boolean severalWords;
  private final Comparator<V> order;
  private final BiFunction<String, Instant, Optional<V>> reader;

  private FieldType(Kind kind, String allowed, boolean ordered, boolean worded, boolean severalWords, Comparator<V> order,
      BiFunction<String, Instant, Optional<V>> reader) {
    this(kind, List.of(), allowed, ordered, worded, severalWords, order, reader);
  }

  private FieldType(Kind kind, List<String> words, String allowed, boolean ordered, boolean worded, boolean severalWords, Comparator<V> order,
      BiFunction<String, Instant, Optional<V>> reader) {
    this.kind = kind;
    this.words = List.copyOf(words);
    this.allowed = allowed;
    this.ordered = ordered;
    this.worded = worded;
    this.severalWords = severalWords;
    this.order = order;
    this.reader = reader;
  }

  /** Any text; sorted so that {@code a2} comes before {@code a10}. */
  public static FieldType<String> text() {
    return new FieldType<>(Kind.TEXT, "a text, in quotes where it has blanks or signs", false, true, false, new NaturalOrder(),
        (text, now) -> Optional.of(text));
  }

  /** One of some words, in capitals or not. @param words as the field's values are written */
  public static FieldType<String> oneOf(List<String> words) {
    return new FieldType<>(Kind.WORDS, words, "one of " + String.join(", ", words), false, true, false, Comparator.<String>naturalOrder(),
        (text, now) -> words.stream().filter(text::equalsIgnoreCase).findFirst());
  }

  /** A whole number such as {@code 12}, or {@code 1.5k}, which is 1500. */
  public static FieldType<Long> whole() {
    return number(Kind.WHOLE, "a whole number such as 12 or 1.5k", Quantities::whole);
  }

  /** A number that may have a fraction; {@code %} behind it says nothing more. */
  public static FieldType<BigDecimal> number() {
    return number(Kind.NUMBER, "a number such as 0.5, 12 or 1.5k", text -> Quantities.number(text.endsWith("%") ? text.substring(0, text.length() - 1) : text));
  }

  /** Bytes, such as {@code 5GB} or {@code 512 KiB}. */
  public static FieldType<Long> size() {
    return number(Kind.SIZE, "a size such as 500MB, 5GB or 2GiB", Quantities::bytes);
  }

  /** How long, such as {@code 90s}, {@code 30m}, {@code 3h}, {@code 1h30m} or {@code 2d}. */
  public static FieldType<Duration> duration() {
    return number(Kind.DURATION, "a length of time such as 90s, 30m, 3h, 1h30m or 2d", Quantities::duration);
  }

  /** A time, such as {@code 2026-11-30}, {@code 2026-11-30T10:15} (UTC unless it says more) or {@code 3h ago}. */
  public static FieldType<Instant> time() {
    return new FieldType<>(Kind.TIME, "a time such as 2026-11-30, 2026-11-30T10:15 or 3h ago", true, false, true, Comparator.<Instant>naturalOrder(),
        Quantities::time);
  }

  /** A version such as {@code 0.4.17}, ordered as semantic versions are. */
  public static FieldType<Version> version() {
    return new FieldType<>(Kind.VERSION, "a version such as 0.4.17", true, true, false, Comparator.<Version>naturalOrder(), (text, now) -> Version.parse(text));
  }

  /** Yes or no; such a field may also stand alone. */
  public static FieldType<Boolean> yesNo() {
    return new FieldType<>(Kind.YES_NO, "yes or no", false, false, false, Comparator.<Boolean>naturalOrder(), (text, now) -> Quantities.yesNo(text));
  }

  private static <V extends Comparable<? super V>> FieldType<V> number(Kind kind, String allowed, Function<String, Optional<V>> reader) {
    return new FieldType<>(kind, allowed, true, false, true, Comparator.<V>naturalOrder(),
        (text, now) -> reader.apply(text.replace(" ", "")));
  }

  /** How its values are written and compared. */
  public Kind kind() {
    return kind;
  }

  /** The words that there are, as the field's values are written; none but for one of {@link Kind#WORDS}. */
  public List<String> words() {
    return words;
  }

  /** What a value must be, to follow "must be". */
  public String allowed() {
    return allowed;
  }

  /** The signs with which it may be compared, and {@code in}. */
  List<String> signs() {
    return Stream.concat(Stream.of(Operator.values()).filter(this::takes).map(Operator::toString), Stream.of("in")).toList();
  }

  boolean takes(Operator operator) {
    return operator.isOfOrder() ? ordered : operator != Operator.CONTAINS || worded;
  }

  /** Whether a value may be of several words without quotes, such as {@code 5 GB} or {@code 3 h ago}. */
  boolean isOfSeveralWords() {
    return severalWords;
  }

  /** The least first. */
  public Comparator<V> order() {
    return order;
  }

  /** @param now what times are reckoned from */
  Optional<V> read(String text, Instant now) {
    return reader.apply(text, now);
  }
}
