package dev.wnm.cli.top;

/**
 * A key that was pressed.
 *
 * @param name which it is
 * @param character of {@link Name#CHARACTER}, what it writes; else 0
 */
record Key(Name name, int character) {
  /** Which it is. */
  enum Name { CHARACTER, ENTER, ESCAPE, BACKSPACE, UP, DOWN, PAGE_UP, PAGE_DOWN, HOME, END, OTHER }

  static Key of(int character) {
    return new Key(Name.CHARACTER, character);
  }

  static Key of(Name name) {
    return new Key(name, 0);
  }
}
