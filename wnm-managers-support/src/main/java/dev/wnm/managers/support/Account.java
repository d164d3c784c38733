package dev.wnm.managers.support;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An account of the system that nodes run as.
 *
 * @param name its login name
 * @param uid its user number
 * @param gid the number of its own group
 * @param home its home folder
 */
public record Account(String name, int uid, int gid, Path home) {
  /** The one that nodes of the whole system run as. */
  public static final String OF_NODES = "ant";

  /** Reads a line of the account database, as {@code getent passwd NAME} prints it. */
  static Account parse(String line) {
    String[] fields = line.strip().split(":", -1);
    if (fields.length < 7) {
      throw new IllegalArgumentException("'" + line.strip() + "' is no line of the account database");
    }
    return new Account(fields[0], Integer.parseInt(fields[2]), Integer.parseInt(fields[3]), Path.of(fields[5]));
  }

  /** Reads what {@code dscacheutil -q user} prints on macOS, lines such as {@code uid: 501}; empty for an empty answer. */
  static Optional<Account> parseDirectory(String answer) {
    Map<String, String> fields = answer.lines().map(line -> line.split(": ", 2)).filter(field -> field.length == 2)
        .collect(Collectors.toMap(field -> field[0], field -> field[1].strip(), (first, second) -> first));
    return fields.keySet().containsAll(List.of("name", "uid", "gid", "dir"))
        ? Optional.of(new Account(fields.get("name"), Integer.parseInt(fields.get("uid")),
            Integer.parseInt(fields.get("gid")), Path.of(fields.get("dir")))) : Optional.empty();
  }
}
