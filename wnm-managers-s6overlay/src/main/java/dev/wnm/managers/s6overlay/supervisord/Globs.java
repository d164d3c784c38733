package dev.wnm.managers.s6overlay.supervisord;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** File names with {@code *}, {@code ?} and {@code […]} in any part, as Python's glob finds them; sorted. */
final class Globs {
  private Globs() {}

  /**
   * @param patterns separated by blanks, relative ones to {@code folder}
   * @param odd told each pattern or folder that gave nothing, and why; the others still count
   */
  static List<Path> find(String patterns, Path folder, BiConsumer<String, String> odd) {
    List<Path> all = new ArrayList<>();
    for (String pattern : patterns.isBlank() ? new String[0] : patterns.strip().split("\\s+")) {
      try {
        List<Path> files = matching(pattern, folder, odd).stream().filter(Files::isRegularFile).sorted().toList();
        if (files.isEmpty()) {
          odd.accept(pattern, "matches no file");
        }
        all.addAll(files);
      } catch (InvalidPathException | PatternSyntaxException e) {
        odd.accept(pattern, "cannot be the name of files here: " + e.getMessage().lines().findFirst().orElse(""));
      }
    }
    return all;
  }

  private static List<Path> matching(String pattern, Path folder, BiConsumer<String, String> odd) {
    List<Path> found = List.of(pattern.startsWith("/") ? Path.of("/") : folder);
    for (String part : pattern.split("/+")) {
      List<Path> next = new ArrayList<>();
      for (Path at : found) {
        next.addAll(step(at, part, odd));
      }
      found = next;
    }
    return found;
  }

  private static List<Path> step(Path folder, String part, BiConsumer<String, String> odd) {
    if (part.isEmpty()) {
      return List.of(folder);
    }
    if (!part.matches(".*[*?\\[].*")) {
      Path next = folder.resolve(part).normalize();
      if (Files.exists(next)) {
        return List.of(next);
      }
      if (Files.isDirectory(folder) && !Files.isExecutable(folder)) {
        odd.accept(folder.toString(), "may not be entered by this user");
      }
      return List.of();
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
    } catch (AccessDeniedException e) {
      odd.accept(folder.toString(), "may not be read by this user");
      return List.of();
    } catch (IOException | UncheckedIOException e) {
      odd.accept(folder.toString(), "cannot be read: " + e.getMessage());
      return List.of();
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
