package dev.wnm.core.store;

import dev.wnm.spi.internal.files.ParentFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.sqlite.SQLiteConfig;

/** Makes connections to one file. */
final class Connections {
  private final Path file;
  private final Duration busyTimeout;

  /** @param busyTimeout how long a statement waits for another program's lock */
  Connections(Path file, Duration busyTimeout) {
    this.file = file;
    this.busyTimeout = busyTimeout;
    NativeLibrary.prepare();
  }

  Connection forWriting() throws SQLException {
    return config().createConnection(url(""));
  }

  /**
   * A connection that never writes to the database. Reading a write-ahead log needs its index beside the file; where none is
   * and none can be made, and there is no log to read either, the file alone is the whole database.
   */
  Connection forReading() throws SQLException {
    boolean fileAlone = !hasLog() && !Files.isWritable(ParentFolder.of(file));
    SQLiteConfig config = config();
    config.setReadOnly(true);
    return config.createConnection(url(fileAlone ? "?mode=ro&immutable=1" : "?mode=ro"));
  }

  /** Lets readers and the writer work at the same time. Kept in the file, so asked for only where it is not yet so. */
  static void useWriteAheadLog(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
    }
  }

  private boolean hasLog() {
    return Files.exists(file.resolveSibling(file.getFileName() + "-wal"));
  }

  private SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout((int) busyTimeout.toMillis());
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    return config;
  }

  /** As a URI, so that no character of the path means something to the driver. */
  private String url(String parameters) {
    return "jdbc:sqlite:file:" + file.toUri().getRawPath() + parameters;
  }
}
