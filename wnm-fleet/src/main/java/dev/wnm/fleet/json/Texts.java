package dev.wnm.fleet.json;

import dev.wnm.spi.internal.PlainText;

/** Texts that come from other machines, made fit to be shown. */
public final class Texts {
  private static final int LONGEST_SHOWN = 80;

  private Texts() {}

  /** Without control characters, and no longer than this. */
  public static String plain(String text, int longest) {
    String plain = PlainText.of(text);
    return plain.length() <= longest ? plain : plain.substring(0, longest - 1) + "…";
  }

  /** For messages. */
  public static String shown(String text) {
    return plain(text, LONGEST_SHOWN);
  }
}
