package dev.wnm.core.query;

/** A text that is no query. Its message is one sentence without a full stop: where in the text it goes wrong, and what is allowed there. */
public final class QueryException extends IllegalArgumentException {
  private final int place;

  QueryException(int place, String sentence) {
    super(sentence);
    this.place = place;
  }

  /** Where it goes wrong: 0 for the first character. */
  public int place() {
    return place;
  }
}
