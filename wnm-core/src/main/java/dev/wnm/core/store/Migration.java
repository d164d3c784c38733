package dev.wnm.core.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One file of {@code db/migration} on the class path.
 *
 * @param version its number, from 1
 * @param name the file's, {@code V<number>__<words>.sql}
 */
record Migration(long version, String name) {
  private static final String FOLDER = "/db/migration/";
  /** The names of all files beside it, one a line: made by the build, because a class path has no folders to list. */
  static final String INDEX = "index";
  private static final Pattern NAME = Pattern.compile("V(\\d+)__.+\\.sql");

  /** All there are, the oldest first. */
  static List<Migration> all() {
    return read(INDEX).lines().filter(line -> !line.isBlank()).map(Migration::of)
        .sorted(Comparator.comparingLong(Migration::version)).toList();
  }

  /** What it does, in order. */
  List<String> statements() {
    return SqlScript.statements(read(name));
  }

  private static Migration of(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      throw new IllegalStateException("db/migration/" + name + " is not named V<number>__<words>.sql");
    }
    return new Migration(Long.parseLong(matcher.group(1)), name);
  }

  private static String read(String name) {
    try (InputStream in = Migration.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("there is no " + FOLDER + name + " on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
