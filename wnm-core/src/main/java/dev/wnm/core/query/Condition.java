package dev.wnm.core.query;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A part of a query. */
interface Condition<T> {
  Truth test(T row);

  /** Whether all hold. */
  static <T> Condition<T> all(List<Condition<T>> parts) {
    return parts.size() == 1 ? parts.get(0) : row -> parts.stream().map(part -> part.test(row)).reduce(Truth.YES, Truth::and);
  }

  /** Whether any holds. */
  static <T> Condition<T> any(List<Condition<T>> parts) {
    return parts.size() == 1 ? parts.get(0) : row -> parts.stream().map(part -> part.test(row)).reduce(Truth.NO, Truth::or);
  }

  static <T> Condition<T> not(Condition<T> part) {
    return row -> part.test(row).not();
  }

  /** Whether nothing is known of a field: that itself is always known. */
  static <T, V> Condition<T> unknown(Field<T, V> field) {
    return row -> Truth.of(field.value().apply(row).isEmpty());
  }

  static <T, V> Condition<T> compared(Field<T, V> field, Operator operator, V value) {
    return row -> field.value().apply(row)
        .map(known -> Truth.of(operator.holds(field.type().order().compare(known, value)))).orElse(Truth.UNKNOWN);
  }

  static <T, V> Condition<T> contains(Field<T, V> field, String part) {
    String wanted = part.toLowerCase(Locale.ROOT);
    return row -> {
      Optional<V> known = field.value().apply(row);
      return known.map(value -> Truth.of(value.toString().toLowerCase(Locale.ROOT).contains(wanted))).orElse(Truth.UNKNOWN);
    };
  }
}
