package dev.wnm.core.store;

import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** Turns SQLite's result codes into sentences that say which file, what is wrong and what helps. */
final class SqliteErrors {
  /** The low byte of an extended result code is the primary one (sqlite.org/rescode.html). */
  private static final int PRIMARY = 0xff;

  private SqliteErrors() {}

  static StoreException explain(Path file, Exception error) {
    SQLException cause = sqlCause(error);
    if (cause == null) {
      return new StoreException("database " + file + ": " + error.getMessage(), error);
    }
    return new StoreException(sentence(file, cause), error);
  }

  static boolean isCannotOpen(SQLException error) {
    return code(error) == SQLiteErrorCode.SQLITE_CANTOPEN;
  }

  private static String sentence(Path file, SQLException error) {
    return switch (code(error)) {
      case SQLITE_FULL -> "no space left for the database " + file + ": the disk that holds " + file.getParent()
          + " is full; nothing was changed";
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH -> "the database " + file + " cannot be written: the file, its folder "
          + file.getParent() + " or the file system is read-only";
      case SQLITE_BUSY, SQLITE_LOCKED -> "the database " + file
          + " is in use by another program that has held it too long; try again when that program is done";
      case SQLITE_CORRUPT -> "the database " + file + " is damaged (" + detail(error)
          + "); put back a backup, or move the file away and start anew with --init";
      case SQLITE_NOTADB -> notADatabase(file);
      case SQLITE_CANTOPEN -> "the database " + file + " cannot be opened: no permission to use the file or to write in "
          + file.getParent();
      case SQLITE_IOERR -> "the database " + file + " cannot be read or written: input/output error (" + detail(error) + ")";
      case SQLITE_CONSTRAINT -> "the database " + file + " refused a change that breaks its rules (" + detail(error) + ")";
      default -> "database " + file + ": " + detail(error);
    };
  }

  static String notADatabase(Path file) {
    return "the file " + file + " is not a SQLite database; name another with --dbpath, or move it away";
  }

  private static SQLiteErrorCode code(SQLException error) {
    return SQLiteErrorCode.getErrorCode(error.getErrorCode() & PRIMARY);
  }

  /** SQLite's own words; the driver puts them in brackets behind a line of its own. */
  private static String detail(SQLException error) {
    return String.valueOf(error.getMessage()).replaceAll("\\s+", " ").strip();
  }

  /** The innermost SQLException: a batch wraps the one that has the code. */
  private static SQLException sqlCause(Throwable error) {
    SQLException found = null;
    for (Throwable t = error; t != null; t = t.getCause()) {
      if (t instanceof SQLException e && (found == null || e.getErrorCode() != 0)) {
        found = e;
      }
    }
    return found;
  }
}
