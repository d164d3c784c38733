package dev.wnm.core.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The limits that Linux sets this process and the machine. What cannot be read, or cannot be true, is unknown.
 *
 * @param proc the folder {@code /proc}
 */
record KernelLimits(Path proc) {
  /** Fewer no kernel allows. */
  private static final long LOWEST_FILES = 256;
  private static final long LOWEST_PIDS = 301;

  /** How many files a process may open: a number, or {@code unlimited}. Java lifts it as far as it may, for its children too. */
  Optional<String> openFiles() {
    return limit("Max open files");
  }

  /** How many processes and threads the account may have: a number, or {@code unlimited}. */
  Optional<String> processes() {
    return limit("Max processes");
  }

  /** How many files all processes together may open. */
  OptionalLong openFilesOfAll() {
    return number("sys/fs/file-max", LOWEST_FILES);
  }

  /** How many processes and threads the machine may have. */
  OptionalLong processesOfAll() {
    return number("sys/kernel/pid_max", LOWEST_PIDS);
  }

  private Optional<String> limit(String name) {
    try {
      Matcher line = Pattern.compile("(?m)^" + name + " +([0-9]{1,18}|unlimited) ").matcher(Files.readString(proc.resolve("self/limits")));
      return line.find() ? Optional.of(line.group(1)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private OptionalLong number(String path, long lowest) {
    try {
      String text = Files.readString(proc.resolve(path)).strip();
      // Newer kernels say 2^63 - 1 for no limit, 19 digits.
      long number = text.matches("[0-9]{1,19}") ? Long.parseLong(text) : 0;
      return number >= lowest ? OptionalLong.of(number) : OptionalLong.empty();
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
