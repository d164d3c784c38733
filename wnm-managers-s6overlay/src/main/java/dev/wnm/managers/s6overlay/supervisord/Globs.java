package dev.wnm.managers.s6overlay.supervisord;

import dev.wnm.core.config.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** File names with {@code *}, {@code ?} and {@code […]} in any part, as Python's glob finds them; sorted. */
final class Globs {
  private Globs() {}

  /**
   * @param patterns separated by blanks, relative ones to {@code folder}
   * @param missing told each pattern that matches nothing
   */
  static List<Path> find(String patterns, Path folder, Consumer<String> missing) {
    List<Path> all = new ArrayList<>();
    for (String pattern : patterns.strip().split("\\s+")) {
      List<Path> found = List.of(pattern.startsWith("/") ? Path.of("/") : folder);
      for (String part : pattern.split("/+")) {
        List<Path> next = new ArrayList<>();
        for (Path at : found) {
          next.addAll(step(at, part));
        }
        found = next;
      }
      List<Path> files = found.stream().filter(Files::isRegularFile).sorted().toList();
      if (files.isEmpty()) {
        missing.accept(pattern);
      }
      all.addAll(files);
    }
    return all;
  }

  private static List<Path> step(Path folder, String part) {
    if (part.isEmpty()) {
      return List.of(folder);
    }
    if (!part.matches(".*[*?\\[].*")) {
      Path next = folder.resolve(part).normalize();
      return Files.exists(next) ? List.of(next) : List.of();
    }
    Pattern pattern = Pattern.compile(regex(part), Pattern.DOTALL);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> part.startsWith(".") || !entry.getFileName().toString().startsWith("."))
          .filter(entry -> pattern.matcher(entry.getFileName().toString()).matches())
          .toList();
    } catch (IOException e) {
      throw new BadInputException("the folder " + folder + " cannot be read: " + e.getMessage());
    }
  }

  private static String regex(String glob) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      int end = c == '[' ? glob.indexOf(']', i + 2) : -1;
      if (c == '*') {
        regex.append(".*");
      } else if (c == '?') {
        regex.append('.');
      } else if (end > 0) {
        String set = glob.substring(i + 1, end).replaceAll("[\\\\\\[\\]&^]", "\\\\$0");
        regex.append('[').append(set.startsWith("!") ? "^" + set.substring(1) : set).append(']');
        i = end;
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return regex.toString();
  }
}
