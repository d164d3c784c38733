package dev.wnm.core.query;

/** Where in a text something is wrong, in words. */
final class Place {
  private static final int MOST_SHOWN = 20;

  private Place() {}

  /** Such as {@code at character 7, '<5'}. */
  static String inWords(String text, int place) {
    return place >= text.length() ? "at its end" : "at character " + (place + 1) + ", '"
        + (text.length() - place > MOST_SHOWN ? text.substring(place, place + MOST_SHOWN) + "…" : text.substring(place)) + "'";
  }
}
