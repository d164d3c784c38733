package dev.wnm.core.host;

import java.util.EnumMap;
import java.util.Map;

/** What could not be seen in one look at the machine, with the source and what it said. Not for use by several threads. */
final class Doubts {
  private static final int LONGEST_QUOTE = 60;

  private final Map<Sense, String> sentences = new EnumMap<>(Sense.class);

  /** @param why what is wrong, a clause that names the source; the first one of a sense is kept */
  void about(Sense sense, String why) {
    sentences.putIfAbsent(sense, sense.words() + " is unknown: " + why);
  }

  /** A sentence on each sense that failed. */
  Map<Sense, String> sentences() {
    return sentences;
  }

  /** What a source said, for a clause: short, in one line, and never empty. */
  static String said(String text) {
    String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    return line.isEmpty() ? "is empty"
        : "says '" + (line.length() > LONGEST_QUOTE ? line.substring(0, LONGEST_QUOTE) + "…" : line) + "'";
  }
}
