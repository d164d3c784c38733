package dev.wnm.core.report.table;

import java.lang.Character.UnicodeBlock;
import java.util.Set;

/** How much of a line a text takes: characters of East Asia and pictures take two places, marks on letters none. */
final class Width {
  private static final int FIRST_WIDE = 0x1100;
  private static final Set<Character.UnicodeScript> WIDE = Set.of(Character.UnicodeScript.HAN, Character.UnicodeScript.HANGUL,
      Character.UnicodeScript.HIRAGANA, Character.UnicodeScript.KATAKANA);

  private Width() {}

  static int of(String text) {
    int width = 0;
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      width += of(text.codePointAt(at));
    }
    return width;
  }

  /** The text with blanks up to a width, before it or behind it. */
  static String padded(String text, int width, boolean right) {
    String blanks = " ".repeat(Math.max(0, width - of(text)));
    return right ? blanks + text : text + blanks;
  }

  /** The text, cut with an ellipsis where it is wider. @param width 1 or more */
  static String cut(String text, int width) {
    if (of(text) <= width) {
      return text;
    }
    int used = 1;
    int at = 0;
    while (used + of(text.codePointAt(at)) <= width) {
      used += of(text.codePointAt(at));
      at += Character.charCount(text.codePointAt(at));
    }
    return text.substring(0, at) + "…";
  }

  private static int of(int codePoint) {
    if (codePoint < FIRST_WIDE) {
      return codePoint < 0x300 || !isMark(codePoint) ? 1 : 0;
    }
    return isMark(codePoint) ? 0 : isWide(codePoint) ? 2 : 1;
  }

  private static boolean isMark(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
  }

  private static boolean isWide(int codePoint) {
    UnicodeBlock block = UnicodeBlock.of(codePoint);
    return WIDE.contains(Character.UnicodeScript.of(codePoint)) || block == UnicodeBlock.HALFWIDTH_AND_FULLWIDTH_FORMS
        || block == UnicodeBlock.CJK_SYMBOLS_AND_PUNCTUATION || 0x1F300 <= codePoint && codePoint <= 0x1FAFF;
  }
}
