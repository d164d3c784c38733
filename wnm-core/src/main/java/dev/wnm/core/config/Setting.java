package dev.wnm.core.config;

/** An option's value and where it comes from. */
record Setting<T>(Option<T> option, T value, Origin origin) {
  String text() {
    return option.print(value);
  }

  /** For a message: {@code --cpu_remove (70, the built-in default)}. */
  @Override
  public String toString() {
    return option + " (" + text() + ", " + origin.where() + ")";
  }
}
