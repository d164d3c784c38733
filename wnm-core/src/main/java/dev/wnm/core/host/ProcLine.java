package dev.wnm.core.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.StringTokenizer;

/** The words of one line of the kernel's text files. What is missing is {@code ""} or empty. */
final class ProcLine {
  private static final int MOST_DIGITS = 18;

  private final List<String> words = new ArrayList<>();

  ProcLine(String line) {
    StringTokenizer tokens = new StringTokenizer(line);
    while (tokens.hasMoreTokens()) {
      words.add(tokens.nextToken());
    }
  }

  /** The lines of a file; empty when it cannot be read. */
  static Optional<List<String>> read(Path file) {
    try {
      // Any byte is a Latin-1 character, so a strange device name does no harm.
      return Optional.of(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The first line that begins with this word; an empty line when there is none. */
  static ProcLine named(List<ProcLine> lines, String name) {
    for (ProcLine line : lines) {
      if (line.word(0).equals(name)) {
        return line;
      }
    }
    return new ProcLine("");
  }

  boolean isEmpty() {
    return words.isEmpty();
  }

  /** The word at this index, from 0. */
  String word(int index) {
    return index < words.size() ? words.get(index) : "";
  }

  /** The whole number at this index; 0 when there is none. */
  long number(int index) {
    return find(index).orElse(0);
  }

  /** The whole number at this index; empty when there is none, or another word. */
  OptionalLong find(int index) {
    String word = word(index);
    if (word.isEmpty() || word.length() > MOST_DIGITS) {
      return OptionalLong.empty();
    }
    long number = 0;
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) < '0' || word.charAt(i) > '9') {
        return OptionalLong.empty();
      }
      number = number * 10 + word.charAt(i) - '0';
    }
    return OptionalLong.of(number);
  }

  /** The number, not negative, at this index; empty when there is none. */
  OptionalDouble decimal(int index) {
    String word = word(index);
    return word.matches("\\d{1,9}(\\.\\d{1,9})?") ? OptionalDouble.of(Double.parseDouble(word)) : OptionalDouble.empty();
  }
}
