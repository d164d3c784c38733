package dev.wnm.core.query;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * One thing that can be asked of a row.
 *
 * @param <T> the row
 * @param <V> the value
 * @param name in lower-case letters, digits and {@code _}
 * @param aliases other names of it, written in the same way
 * @param type what its values are
 * @param value what a row has of it; empty where that is unknown
 */
public record Field<T, V>(String name, List<String> aliases, FieldType<V> type, Function<T, Optional<V>> value) {
  public Field {
    aliases = List.copyOf(aliases);
  }

  boolean isCalled(String word) {
    String plain = plain(word);
    return plain.equals(name) || aliases.contains(plain);
  }

  /** A name as it is compared: {@code Last-Error} is {@code last_error}. */
  static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  /** Rows whose value is unknown come last, whichever way round the others are. */
  Comparator<T> order(boolean greatestFirst) {
    Comparator<V> known = greatestFirst ? type.order().reversed() : type.order();
    return (one, other) -> {
      Optional<V> left = value.apply(one);
      Optional<V> right = value.apply(other);
      return left.isPresent() && right.isPresent() ? known.compare(left.get(), right.get())
          : Boolean.compare(right.isPresent(), left.isPresent());
    };
  }
}
