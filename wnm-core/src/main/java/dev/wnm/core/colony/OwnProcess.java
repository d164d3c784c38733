package dev.wnm.core.colony;

import dev.wnm.core.store.NativeLibrary;

/**
 * What a program does that has the JVM to itself, as wnm's command line has. A program with wnm in it may do so too; without it,
 * nothing of the JVM that others share is changed, SQLite's library is unpacked at each start, and jOOQ greets the log.
 */
public final class OwnProcess {
  private OwnProcess() {}

  /** Sets system properties of jOOQ now, and one of SQLite's driver when a database is first opened. */
  public static void prepare() {
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
    NativeLibrary.keepUnpacked();
  }
}
