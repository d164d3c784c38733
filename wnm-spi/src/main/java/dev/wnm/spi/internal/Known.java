package dev.wnm.spi.internal;

import java.util.Map;

/** Looks up what must be there: where it is not, whoever filled the map has broken its promise, and that is said at once. */
public final class Known {
  private Known() {}

  /**
   * The value of a key that the map holds.
   *
   * @throws IllegalStateException when it does not, which is a defect of wnm
   */
  public static <K, V> V of(Map<K, V> values, K key) {
    V value = values.get(key);
    if (value == null) {
      throw new IllegalStateException("nothing is known of " + key);
    }
    return value;
  }
}
