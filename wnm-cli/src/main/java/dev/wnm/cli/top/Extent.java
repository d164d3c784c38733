package dev.wnm.cli.top;

/**
 * The size of a terminal, in characters.
 *
 * @param columns 1 or more
 * @param rows 1 or more
 */
record Extent(int columns, int rows) {
  /** Of a terminal that does not say. */
  static final Extent USUAL = new Extent(80, 24);

  Extent {
    if (columns < 1 || rows < 1) {
      throw new IllegalArgumentException(columns + " columns and " + rows + " rows are no size");
    }
  }
}
