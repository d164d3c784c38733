package dev.wnm.core.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The one connection, used by one thread at a time, and where every error of SQLite becomes a {@link StoreException}.
 * Writes are transactions that take the write lock at once: one that began by reading could not wait for another writer.
 *
 * <p>Work takes either the plain connection ({@link Sql} says for what) or jOOQ, which is made when it is first asked for.
 */
final class Database implements AutoCloseable {
  private final Path file;
  private final Connection connection;
  private @Nullable DSLContext sql;

  Database(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /** The file that it is. */
  Path file() {
    return file;
  }

  /** jOOQ on the connection: within {@link #transaction}, part of that transaction. */
  synchronized DSLContext sql() {
    DSLContext made = sql;
    if (made == null) {
      made = DSL.using(connection, SQLDialect.SQLITE,
          new Settings().withExecuteLogging(false).withRenderSchema(false).withReflectionCaching(false));
      sql = made;
    }
    return made;
  }

  /** What {@code query} finds. */
  synchronized <T> T query(Work<T> query) {
    try {
      return query.on(connection);
    } catch (SQLException | DataAccessException e) {
      throw SqliteErrors.explain(file, e);
    }
  }

  /** Does all of {@code work} or, when it throws, nothing of it. */
  synchronized <T> T transaction(Work<T> work) {
    try {
      return Sql.inTransaction(connection, () -> work.on(connection));
    } catch (SQLException | DataAccessException e) {
      throw SqliteErrors.explain(file, e);
    }
  }

  /** The same where nothing comes back. */
  void change(Change change) {
    transaction(any -> {
      change.on(any);
      return true;
    });
  }

  /** As {@link #change}, with jOOQ. */
  void run(Consumer<DSLContext> work) {
    change(any -> work.accept(sql()));
  }

  /** What is asked or done. */
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /** What is done. */
  interface Change {
    void on(Connection connection) throws SQLException;
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
