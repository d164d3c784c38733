package dev.wnm.core.managers;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Finds what is missing in answers: Java lets a plug-in put null where the interface promises a value. */
final class Whole {
  private Whole() {}

  /**
   * The same value, with nothing missing in it.
   *
   * @throws IncompleteException when it is null, or a part of it is
   */
  static <T> T checked(T value) {
    return checked(value, "the answer");
  }

  /** The same. @param name what the value is, for the sentence */
  static <T> T checked(T value, String name) {
    check(value, name);
    return value;
  }

  /** An answer with a hole; the message names it. */
  static final class IncompleteException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    IncompleteException(String message) {
      super(message);
    }
  }

  private static void check(Object value, String name) {
    if (value == null) {
      throw new IncompleteException(name + " is null");
    }
    if (value instanceof Optional<?> optional) {
      optional.ifPresent(content -> check(content, name));
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((key, entry) -> {
        check(key, "a key of " + name);
        check(entry, "an entry of " + name);
      });
    } else if (value instanceof Collection<?> collection) {
      collection.forEach(entry -> check(entry, "an entry of " + name));
    } else if (value instanceof Record answer) {
      for (RecordComponent part : answer.getClass().getRecordComponents()) {
        check(part(answer, part), "'" + part.getName() + "' of " + answer.getClass().getSimpleName());
      }
    }
  }

  private static Object part(Record answer, RecordComponent part) {
    try {
      return part.getAccessor().invoke(answer);
    } catch (ReflectiveOperationException e) {
      throw new IncompleteException("'" + part.getName() + "' of " + answer.getClass().getSimpleName() + " cannot be read");
    }
  }
}
