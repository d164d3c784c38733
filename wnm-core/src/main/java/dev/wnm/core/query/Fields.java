package dev.wnm.core.query;

import dev.wnm.spi.internal.Known;
import dev.wnm.spi.internal.NearestWord;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that can be asked of rows of one kind.
 *
 * @param <T> the row
 */
public final class Fields<T> {
  private static final int MOST_SUGGESTED = 4;

  private final Map<String, Field<T, ?>> byName = new LinkedHashMap<>();
  private final List<Field<T, ?>> all;

  /**
   * @param fields in the order in which they are named
   * @throws IllegalArgumentException when two have one name
   */
  public Fields(List<? extends Field<T, ?>> fields) {
    all = List.copyOf(fields);
    fields.forEach(field -> Stream.concat(Stream.of(field.name()), field.aliases().stream()).forEach(name -> {
      if (byName.put(name, field) != null) {
        throw new IllegalArgumentException("two fields are called " + name);
      }
    }));
  }

  /** The field of a name or another name of it, in capitals or not, with {@code -} or {@code _}. */
  public Optional<Field<T, ?>> find(String name) {
    return Optional.ofNullable(byName.get(Field.plain(name)));
  }

  /**
   * Reads a condition such as {@code status=RUNNING and peers<5}.
   *
   * @param now what {@code 3h ago} is reckoned from
   * @throws QueryException when it is none
   */
  public Query<T> query(String text, Instant now) {
    return new Parser<>(this, text, now).parse();
  }

  /**
   * Reads an order of rows such as {@code peers,-age}: by the first field, of those that are equal by the next; a {@code -} puts the
   * greatest first. Rows of which a field is unknown come last.
   *
   * @throws QueryException when it is none
   */
  public Comparator<T> order(String text) {
    return names(text).stream().map(word -> {
      boolean isReversed = word.startsWith("-");
      String name = isReversed ? word.substring(1) : word;
      return find(name).orElseThrow(() -> new QueryException(Math.max(0, text.indexOf(name)), none(name))).order(isReversed);
    }).reduce(Comparator::thenComparing).orElseThrow(() -> new QueryException(0, "it names no field"));
  }

  /** The words between commas. */
  public static List<String> names(String text) {
    return Stream.of(text.split(",")).map(String::strip).filter(word -> !word.isEmpty()).toList();
  }

  /** That there is no field of this name, and which are near or all that there are. */
  public String none(String name) {
    List<String> near = near(Field.plain(name));
    return "there is no '" + (name.length() > Quantities.LONGEST ? name.substring(0, Quantities.LONGEST) + "…" : name) + "'; " + (near.isEmpty()
        ? "there are " + all.stream().map(Field::name).collect(Collectors.joining(", "))
        : "did you mean " + String.join(", ", near.subList(0, near.size() - 1)) + (near.size() > 1 ? " or " : "") + near.get(near.size() - 1) + "?");
  }

  private List<String> near(String name) {
    return Stream.concat(NearestWord.to(name, byName.keySet()).stream(), byName.keySet().stream()
            .filter(known -> name.length() > 2 && (known.contains(name) || name.contains(known) && known.length() > 2)))
        .map(known -> Known.of(byName, known).name()).distinct().limit(MOST_SUGGESTED).toList();
  }

  /** A comparison that could be asked. */
  String example() {
    return all.get(0).name() + "=" + (all.get(0).type().takes(Operator.CONTAINS) ? "a" : "1");
  }
}
