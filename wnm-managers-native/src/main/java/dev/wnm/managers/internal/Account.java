package dev.wnm.managers.internal;

import java.nio.file.Path;

/**
 * An account of the system that nodes run as.
 *
 * @param name its login name
 * @param uid its user number
 * @param gid the number of its own group
 * @param home its home folder
 */
public record Account(String name, int uid, int gid, Path home) {
  /** Reads a line of the account database, as {@code getent passwd NAME} prints it. */
  static Account parse(String line) {
    String[] fields = line.strip().split(":", -1);
    if (fields.length < 7) {
      throw new IllegalArgumentException("'" + line.strip() + "' is no line of the account database");
    }
    return new Account(fields[0], Integer.parseInt(fields[2]), Integer.parseInt(fields[3]), Path.of(fields[5]));
  }
}
