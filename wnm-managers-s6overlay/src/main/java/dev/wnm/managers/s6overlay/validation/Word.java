package dev.wnm.managers.s6overlay.validation;

import java.util.List;

/**
 * A word of a command.
 *
 * @param text as the command gets it, as far as that is known
 * @param isKnown whether it is that, whatever variables hold
 * @param block the words between braces when it is a block of execline; else empty
 * @param isBlock whether it is one
 */
record Word(String text, boolean isKnown, List<Word> block, boolean isBlock) {
  Word {
    block = List.copyOf(block);
  }

  static Word known(String text) {
    return new Word(text, true, List.of(), false);
  }

  static Word unknown(String text) {
    return new Word(text, false, List.of(), false);
  }

  static Word ofBlock(List<Word> words) {
    return new Word("{", false, words, true);
  }

  /** Whether it is surely this text. */
  boolean is(String other) {
    return isKnown && text.equals(other);
  }
}
