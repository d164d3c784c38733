package dev.wnm.core.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/**
 * The one connection, used by one thread at a time, and where every error of SQLite becomes a {@link StoreException}.
 * Writes are transactions that take the write lock at once: one that began by reading could not wait for another writer.
 */
final class Database implements AutoCloseable {
  private final Path file;
  private final Connection connection;
  private final DSLContext sql;

  /** The file that it is. */
  Path file() {
    return file;
  }

  Database(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
    this.sql = DSL.using(connection, SQLDialect.SQLITE,
        new Settings().withExecuteLogging(false).withRenderSchema(false).withReflectionCaching(false));
  }

  /** What {@code query} finds. */
  synchronized <T> T read(Function<DSLContext, T> query) {
    try {
      return query.apply(sql);
    } catch (DataAccessException e) {
      throw SqliteErrors.explain(file, e);
    }
  }

  /** Does all of {@code work} or, when it throws, nothing of it. */
  synchronized <T> T write(Function<DSLContext, T> work) {
    try {
      return Sql.inTransaction(connection, () -> work.apply(sql));
    } catch (SQLException | DataAccessException e) {
      throw SqliteErrors.explain(file, e);
    }
  }

  synchronized void run(Consumer<DSLContext> work) {
    write(context -> {
      work.accept(context);
      return null;
    });
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw SqliteErrors.explain(file, e);
    }
  }
}
