package dev.wnm.core.store;

import dev.wnm.spi.internal.Reason;
import dev.wnm.spi.internal.files.ParentFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/** Turns SQLite's result codes into sentences that say which file, what is wrong and what helps. */
final class SqliteErrors {
  /** The low byte of an extended result code is the primary one (sqlite.org/rescode.html). */
  private static final int PRIMARY = 0xff;
  private static final Pattern DRIVERS_LINE = Pattern.compile("\\[SQLITE_\\w+] [^(]*\\((.+)\\)");

  private SqliteErrors() {}

  static StoreException explain(Path file, Exception error) {
    SQLException cause = sqlCause(error);
    if (cause == null) {
      return new StoreException("database " + file + ": " + Reason.of(error), error);
    }
    return code(cause) == SQLiteErrorCode.SQLITE_CONSTRAINT ? new StoreException.RefusedException(sentence(file, cause), error)
        : new StoreException(sentence(file, cause), error);
  }

  static boolean isCannotOpen(SQLException error) {
    return code(error) == SQLiteErrorCode.SQLITE_CANTOPEN;
  }

  private static String sentence(Path file, SQLException error) {
    return switch (code(error)) {
      case SQLITE_FULL -> full(file);
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH -> "the database " + file + " cannot be written: the file, its folder "
          + file.getParent() + " or the file system is read-only";
      case SQLITE_BUSY, SQLITE_LOCKED -> "the database " + file
          + " is in use by another program that has held it too long; try again when that program is done";
      case SQLITE_CORRUPT -> "the database " + file + " is damaged (" + detail(error)
          + "); put back a backup, or move the file away and start anew with --init";
      case SQLITE_NOTADB -> notADatabase(file);
      case SQLITE_CANTOPEN -> "the database " + file + " cannot be opened: no permission to use the file or to write in "
          + file.getParent();
      // The index of the write-ahead log cannot grow on a full disk, for which SQLite has no better word.
      case SQLITE_IOERR -> isDiskFull(file) ? full(file) : "the database " + file + " cannot be read or written: input/output error (" + detail(error) + ")";
      case SQLITE_CONSTRAINT -> "the database " + file + " refused a change that breaks its rules (" + detail(error) + ")";
      default -> "database " + file + ": " + detail(error);
    };
  }

  private static String full(Path file) {
    return "no space left for the database " + file + ": the disk that holds " + file.getParent()
        + " is full; what was being written is not in it";
  }

  private static boolean isDiskFull(Path file) {
    try {
      return Files.getFileStore(ParentFolder.of(file)).getUsableSpace() == 0;
    } catch (IOException unknown) {
      return false;
    }
  }

  static String notADatabase(Path file) {
    return "the file " + file + " is not a SQLite database; name another with --dbpath, or move it away";
  }

  private static SQLiteErrorCode code(SQLException error) {
    return SQLiteErrorCode.getErrorCode(error.getErrorCode() & PRIMARY);
  }

  /** SQLite's own words; the driver puts them in brackets behind a line of its own. */
  private static String detail(SQLException error) {
    String text = Reason.of(error).replaceAll("\\s+", " ").strip();
    Matcher driver = DRIVERS_LINE.matcher(text);
    return driver.matches() ? driver.group(1) : text;
  }

  /** The innermost SQLException: a batch wraps the one that has the code. */
  private static @Nullable SQLException sqlCause(Throwable error) {
    SQLException found = null;
    for (Throwable t = error; t != null; t = t.getCause()) {
      if (t instanceof SQLException e && (found == null || e.getErrorCode() != 0)) {
        found = e;
      }
    }
    return found;
  }
}
