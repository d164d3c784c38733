package dev.wnm.core.query;

/**
 * A condition on rows, read from a text by {@link Fields#query}.
 *
 * @param <T> the row
 */
public final class Query<T> {
  private final Condition<T> condition;

  Query(Condition<T> condition) {
    this.condition = condition;
  }

  /** Whether it holds of a row, as far as what is known of the row tells. */
  public Truth test(T row) {
    return condition.test(row);
  }
}
