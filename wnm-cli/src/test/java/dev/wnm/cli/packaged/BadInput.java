package dev.wnm.cli.packaged;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One way to get it wrong.
 *
 * @param name what is wrong
 * @param words the command line; {@code @init} stands for the words of a right {@code --init} with a database in the case's
 *     folder, {@code @} for that folder
 * @param exit the exit code
 * @param sentence what wnm says of it, {@code ~} being HOME, with … where it depends on the machine
 * @param preparation makes the scene
 * @param needsRoot whether only root can make it
 */
record BadInput(String name, List<String> words, int exit, String sentence, Preparation preparation, boolean needsRoot) {
  static final int FAILED = 1;
  static final int REFUSED = 2;
  static final int NO_MANAGER = 3;
  static final int NO_DATABASE = 4;

  /** Makes what the case is about. */
  @FunctionalInterface
  interface Preparation {
    void of(Scene scene) throws Exception;
  }

  /** @param words without blanks in them */
  static BadInput of(int exit, String name, String words, String sentence) {
    return new BadInput(name, List.of(words.split(" ")), exit, sentence, scene -> {}, false);
  }

  static BadInput refused(String name, String words, String sentence) {
    return of(REFUSED, name, words, sentence);
  }

  /** With words that hold blanks. */
  BadInput saying(String... moreWords) {
    return new BadInput(name, List.of(moreWords), exit, sentence, preparation, needsRoot);
  }

  BadInput where(Preparation made) {
    return new BadInput(name, words, exit, sentence, made, needsRoot);
  }

  BadInput asRoot() {
    return new BadInput(name, words, exit, sentence, preparation, true);
  }

  /** Whether this, which HOME has been taken out of, is the sentence. */
  boolean isSaidBy(String printed) {
    return printed.matches(Stream.of(sentence.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
  }

  @Override
  public String toString() {
    return name;
  }
}
