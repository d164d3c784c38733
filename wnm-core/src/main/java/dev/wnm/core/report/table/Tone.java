package dev.wnm.core.report.table;

/** How something is coloured where there are colours. Colour never says what the words do not. */
public enum Tone {
  PLAIN(""),
  /** A heading. */
  STRONG("1"),
  /** As it should be. */
  GOOD("32"),
  /** On its way, or near a limit. */
  BUSY("33"),
  /** Wrong. */
  BAD("31"),
  /** Not known, or of less weight: neither good nor bad. */
  FAINT("90");

  private final String code;

  Tone(String code) {
    this.code = code;
  }

  String paint(String text) {
    return code.isEmpty() || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
