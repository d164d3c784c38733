package dev.wnm.core.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tables of the Python wnm 0.5.0 and how they came about, from {@code python-0.5.0.sql}. */
final class PythonModels {
  /** Its schema's revisions, the oldest first. */
  static final List<String> CHAIN = List.of("eeec2af7114c", "62bd2784638c", "abc5afa09a61", "ade8fcd1fc9a", "7c5a573319da",
      "44f23f078686", "3249fcc20390", "fa0ca0abff5c", "00dd80bcd645", "67fe02809d26", "ba757077b6b0", "752bf4495eaa",
      "e2f4a512d24c");
  static final List<String> TABLES = List.of("machine", "container", "node");

  private static final Pattern COLUMN =
      Pattern.compile("    (?<name>\\w+) (?<declaration>[^,\\n]+?),?(?: -- (?<since>\\w+) ?(?<clause>.*))?");
  private static final String SCRIPT = read();

  private PythonModels() {}

  /**
   * @param declaration in a new file
   * @param since the revision whose migration adds it to older files; empty for one that was always there; {@code never}
   * @param clause behind its type where a migration has added it
   */
  record Column(String name, String declaration, Optional<String> since, String clause) {
    String type() {
      return declaration.replaceFirst(" .*", "");
    }

    /** Whether a file that was new at this revision has it. */
    boolean isIn(String revision) {
      return since.isEmpty() || !isNeverAdded() && CHAIN.indexOf(since.get()) <= CHAIN.indexOf(revision);
    }

    boolean isNeverAdded() {
      return since.filter("never"::equals).isPresent();
    }

    String addTo(String table) {
      return "ALTER TABLE " + table + " ADD COLUMN " + name + " " + type() + " " + clause;
    }
  }

  static String createTable(String table) {
    int start = SCRIPT.indexOf("CREATE TABLE " + table + " (");
    return SCRIPT.substring(start, SCRIPT.indexOf(";", start));
  }

  static List<String> createIndexes() {
    return SCRIPT.lines().filter(line -> line.startsWith("CREATE INDEX")).toList();
  }

  static List<Column> columns(String table) {
    List<Column> columns = new ArrayList<>();
    createTable(table).lines().map(COLUMN::matcher).filter(Matcher::matches).forEach(column -> columns.add(new Column(
        column.group("name"), column.group("declaration"), Optional.ofNullable(column.group("since")),
        Optional.ofNullable(column.group("clause")).orElse(""))));
    return columns;
  }

  private static String read() {
    try (var in = PythonModels.class.getResourceAsStream("python-0.5.0.sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
