package dev.wnm.managers.support;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How far the log of a node was read.
 *
 * @param files how far each of the files that keep their names
 * @param log how far its newest log file
 * @param logFile that file's name; empty where there was none
 * @param printed how far what it printed elsewhere, in words of whoever keeps that
 */
record LogPlace(List<FilePlace> files, FilePlace log, String logFile, String printed) {
  /** Nothing was read yet. */
  static final LogPlace START = new LogPlace(List.of(), FilePlace.START, "", "");

  private static final Pattern WORDS = Pattern.compile(
      "((?:PLACE)(?:,PLACE)*)? (PLACE) ([^\n]*)\n(.*)".replace("PLACE", FilePlace.PATTERN), Pattern.DOTALL);

  LogPlace {
    files = List.copyOf(files);
  }

  /** @throws IllegalArgumentException when it is none of these texts */
  static LogPlace parse(String text) {
    Matcher words = WORDS.matcher(text);
    if (!words.matches()) {
      throw new IllegalArgumentException("'" + text + "' is no position in a log");
    }
    List<FilePlace> files = words.group(1) == null ? List.of() : Stream.of(words.group(1).split(",")).map(FilePlace::parse).toList();
    return new LogPlace(files, FilePlace.parse(words.group(2)), words.group(3), words.group(4));
  }

  /** How far the file of this number was read. */
  FilePlace file(int number) {
    return number < files.size() ? files.get(number) : FilePlace.START;
  }

  @Override
  public String toString() {
    return files.stream().map(FilePlace::toString).collect(Collectors.joining(",")) + " " + log + " " + logFile + "\n" + printed;
  }
}
