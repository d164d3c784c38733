package dev.wnm.managers.s6overlay.supervisord;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One section as it is written; of options given twice the last counts, as supervisord has it.
 *
 * @param name what stands between the brackets, such as {@code program:web}
 * @param place where its header is
 * @param values in the order of the file
 */
record IniSection(String name, Place place, Map<String, Value> values) {
  /** A value, unexpanded. */
  record Value(String text, Place place) {}

  IniSection(String name, Place place) {
    this(name, place, new LinkedHashMap<>());
  }

  Optional<Value> find(String option) {
    return Optional.ofNullable(values.get(option));
  }

  /** What stands before the colon: {@code program} of {@code program:web}; the whole name where there is none. */
  String kind() {
    int colon = name.indexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }

  /** What stands after the colon, or nothing. */
  String id() {
    int colon = name.indexOf(':');
    return colon < 0 ? "" : name.substring(colon + 1).strip();
  }
}
