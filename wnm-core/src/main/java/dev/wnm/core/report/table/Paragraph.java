package dev.wnm.core.report.table;

import dev.wnm.spi.internal.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Running text behind a head, over as many lines as it takes: those after the first are indented to where the first one's text begins. */
public final class Paragraph {
  /** Less than that is no line to read. */
  private static final int NARROWEST = 20;
  private static final int INDENT = 4;
  /** A number and its unit stay together. */
  private static final Pattern BETWEEN_WORDS = Pattern.compile(" (?!%|(?:[kMGT]?B(?:/s)?|ms|s|min|h|d)\\b)");

  private Paragraph() {}

  /**
   * Its lines, one where the screen has no width. A word that is longer than a line stays whole.
   *
   * @param head begins the first line; whatever steers a terminal is taken out of both
   */
  public static List<String> lines(String head, String text, Screen screen) {
    String plainHead = PlainText.of(head);
    String plain = PlainText.of(text);
    if (screen.width().isEmpty()) {
      return List.of((plainHead + plain).stripTrailing());
    }
    int width = screen.width().getAsInt();
    List<String> lines = new ArrayList<>();
    boolean isBeside = width - Width.of(plainHead) >= Math.min(NARROWEST, Width.of(plain));
    if (!isBeside) {
      lines.add(plainHead.stripTrailing());
    }
    String indent = " ".repeat(isBeside ? Width.of(plainHead) : INDENT);
    StringBuilder line = new StringBuilder(isBeside ? plainHead : indent);
    boolean isFresh = true;
    for (String word : BETWEEN_WORDS.split(plain)) {
      if (!isFresh && Width.of(line.toString()) + 1 + Width.of(word) > width) {
        lines.add(line.toString().stripTrailing());
        line = new StringBuilder(indent);
        isFresh = true;
      }
      line.append(isFresh ? "" : " ").append(word);
      isFresh = false;
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }
}
